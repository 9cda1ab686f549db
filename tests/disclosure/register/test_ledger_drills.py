"""Tamper drills T-1 … T-12 of security.md §11: done as the tables' owner would, each told within one run."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.template import engines
from PIL import Image

from disclosure import tasks
from disclosure.models import DisclosureRecord, InnerLeaf, RegisterCheckpoint, RegisterContent, RegisterLeaf
from disclosure.queries.ledger_check import Report, verify
from disclosure.register.leaf import Entry, leaf_bytes
from disclosure.register.note import Signer, signed_note
from disclosure.register.tree import leaf_hash
from lishu_law.web.uploads.store import store_upload
from tests.disclosure.register import scenes
from tests.disclosure.register.scenes import Scene, as_owner

RECORD, LEAF = "disclosure_disclosurerecord", "disclosure_registerleaf"


@pytest.fixture
def scene(db: None) -> Any:
    """Eight leaves, checkpoints of 5, 6 and 7."""
    made = scenes.grown()
    with time_machine.travel(scenes.START, tick=False):
        assert verify().faults == []
        yield made


def told(report: Report) -> set[tuple[str, str, str]]:
    return {(fault.table, fault.row, fault.column) for fault in report.faults}


def png(shade: int) -> bytes:
    """A picture that is like no other."""
    made = BytesIO()
    Image.new("RGB", (8, 8), (shade, 0, 0)).save(made, "PNG")
    return made.getvalue()


def test_an_honest_register_verifies(scene: Scene) -> None:
    said = StringIO()
    call_command("verify_ledger", stdout=said)
    assert said.getvalue().strip() == "登记簿完好：8 条登记，3 个检查点，5 条公示过的记录。"
    assert verify().last_good == 7


def test_t1_edited_amount(scene: Scene) -> None:
    record = scene.records["company"]
    as_owner(f"""UPDATE {RECORD} SET content = jsonb_set(content, '{{fine}}', '"10.00"') WHERE id = {record.pk}""")
    report = verify()
    assert told(report) == {(RECORD, record.public_id, "content.fine")}
    assert "10.00" in report.faults[0].text
    assert report.last_good is None  # its leaf is the first one
    with pytest.raises(CommandError, match="content.fine 列(.|\n)*最后一个完好的检查点：没有"):
        call_command("verify_ledger")


def test_t1_edited_amount_in_the_register_too(scene: Scene) -> None:
    record = scene.records["big"]
    as_owner(
        f"""UPDATE {RECORD} SET content = jsonb_set(content, '{{fine}}', '"10.00"') WHERE id = {record.pk}""",
        """UPDATE disclosure_registercontent SET content = jsonb_set(content, '{fine}', '"10.00"') WHERE leaf_id = 6""",
    )
    report = verify()
    assert told(report) == {("disclosure_registercontent", "6", "salt, content")}
    assert report.last_good == 6


def test_t2_edited_date(scene: Scene) -> None:
    record = scene.records["person"]
    as_owner(f"UPDATE {RECORD} SET decided_on = '2026-04-01', display_until = '2027-12-31' WHERE id = {record.pk}")
    assert told(verify()) >= {(RECORD, record.public_id, "decided_on"), (RECORD, record.public_id, "display_until")}
    scene_at = DisclosureRecord.objects.get(pk=scene.records["company"].pk)
    as_owner(f"UPDATE {RECORD} SET published_at = published_at - interval '3 days' WHERE id = {scene_at.pk}")
    assert (RECORD, scene_at.public_id, "published_at") in told(verify())


def test_t3_deleted_row(scene: Scene) -> None:
    record = scene.records["company"]
    as_owner(
        f"DELETE FROM disclosure_delivery WHERE record_id = {record.pk}",
        f"DELETE FROM disclosure_recordevent WHERE record_id = {record.pk}",
        f"DELETE FROM disclosure_recordchannel WHERE record_id = {record.pk}",
        f"UPDATE {LEAF} SET record_id = {scene.records['big'].pk} WHERE record_id = {record.pk}",
        f"DELETE FROM {RECORD} WHERE id = {record.pk}",
    )
    assert told(verify()) == {(RECORD, record.public_id, "public_id"), (LEAF, "0", "record_id")}


def test_t3_deleted_leaf(scene: Scene) -> None:
    as_owner("DELETE FROM disclosure_registercontent WHERE leaf_id = 1", f"DELETE FROM {LEAF} WHERE seq = 1")
    report = verify()
    assert (LEAF, "2", "seq") in told(report)
    assert (RECORD, scene.records["person"].public_id, "public_id") in told(report)
    assert report.last_good is None


def test_t4_swapped_rows(scene: Scene) -> None:
    one, other = scene.records["company"], scene.records["big"]
    as_owner(
        f"UPDATE {RECORD} a SET content = b.content, content_digest = b.content_digest FROM {RECORD} b "
        f"WHERE (a.id, b.id) IN (({one.pk}, {other.pk}), ({other.pk}, {one.pk}))"
    )
    rows = {row for _table, row, _column in told(verify())}
    assert rows == {one.public_id, other.public_id}


def test_t4_swapped_leaves(scene: Scene) -> None:
    one, other = (RegisterLeaf.objects.get(seq=seq) for seq in (0, 1))
    as_owner(*(
        f"UPDATE {LEAF} SET leaf = '{new.leaf}', leaf_hash = '\\x{bytes(new.leaf_hash).hex()}', rid = 'x{new.rid[1:]}', "
        f"commit = '{new.commit}' WHERE seq = {old.seq}"
        for old, new in ((one, other), (other, one))
    ))  # fmt: skip
    report = verify()
    assert {(LEAF, "0", "seq"), (LEAF, "1", "seq"), ("disclosure_registernode", "1/0", "hash")} <= told(report)


def test_t5_back_dated_record_without_a_leaf(scene: Scene) -> None:
    record = scene.records["company"]
    columns = [
        field.column
        for field in DisclosureRecord._meta.fields
        if field.column not in ("id", "decision_id", "public_id")
    ]
    names = ", ".join(columns)
    as_owner(
        f"INSERT INTO {RECORD} (public_id, {names}) SELECT '2026-aaaaaaaaaa', {names} FROM {RECORD} WHERE id = {record.pk}"
    )
    assert told(verify()) == {(RECORD, "2026-aaaaaaaaaa", "public_id")}


def test_t5_back_dated_leaf(scene: Scene) -> None:
    """A leaf put at the end with an earlier time, hash and edge right."""
    last = RegisterLeaf.objects.get(seq=7)
    entry = Entry(last.rid, last.ver, last.ev, last.commit)
    leaf = leaf_bytes(7, scenes.START.replace(hour=1), entry)
    as_owner(
        f"UPDATE {LEAF} SET leaf = '{leaf.decode()}', leaf_hash = '\\x{leaf_hash(leaf).hex()}', at = '2026-04-13 01:00+00' "
        "WHERE seq = 7"
    )
    assert (LEAF, "7", "at") in told(verify())


def test_t6_truncated_log(scene: Scene) -> None:
    rids = ", ".join(f"'{scene.records[name].public_id}'" for name in ("big", "warned"))
    as_owner(
        "DELETE FROM disclosure_registercontent WHERE leaf_id >= 6",
        f"DELETE FROM {LEAF} WHERE seq >= 6",
        "DELETE FROM disclosure_registernode WHERE (level, index) IN ((1, 3), (2, 1), (3, 0))",
        f"UPDATE {RECORD} SET state = 'draft', published_at = NULL WHERE public_id IN ({rids})",
    )
    report = verify()
    assert ("disclosure_registercheckpoint", "7", "size") in told(report)
    assert report.last_good == 6


def older_backup() -> None:
    """Everything after checkpoint 5 gone, consistently: what an older backup looks like."""
    as_owner(
        "DELETE FROM disclosure_registercontent WHERE leaf_id >= 5",
        "DELETE FROM disclosure_delivery WHERE record_id IN (SELECT record_id FROM disclosure_registerleaf WHERE seq >= 6)",
        "DELETE FROM disclosure_recordevent WHERE record_id IN (SELECT record_id FROM disclosure_registerleaf WHERE seq >= 6)",
        f"UPDATE {RECORD} SET state = 'draft', published_at = NULL WHERE id IN (SELECT record_id FROM {LEAF} WHERE seq >= 5)",
        f"DELETE FROM {LEAF} WHERE seq >= 5",
        "DELETE FROM disclosure_registernode WHERE (level, index) IN ((1, 2), (1, 3), (2, 1), (3, 0))",
        "DELETE FROM disclosure_registercheckpoint WHERE size > 5",
    )


def test_t7_older_backup(scene: Scene, kept: Path) -> None:
    older_backup()
    report = verify()
    assert {(str(kept / "6.txt"), "1", "size"), (str(kept / "7.txt"), "1", "size")} <= told(report)


def test_t8_replaced_checkpoint(scene: Scene, kept: Path) -> None:
    forged = signed_note(6, bytes(32), [Signer(scenes.ORIGIN, b"f" * 32)])
    (kept / "6.txt").write_text(forged, encoding="utf-8")
    assert {(str(kept / "6.txt"), "1", "note"), (str(kept / "6.txt"), "1", "root")} == told(verify())
    own = signed_note(5, bytes(32), [Signer(scenes.ORIGIN, bytes.fromhex(scenes.SEED))])  # by somebody with the key
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE disclosure_registercheckpoint DISABLE TRIGGER USER")
    RegisterCheckpoint.objects.filter(size=5).update(note=own, root=bytes(32))
    report = verify()
    assert ("disclosure_registercheckpoint", "5", "root") in told(report)
    assert (str(kept / "5.txt"), "1", "note") in told(report)


def test_t9_changed_salt(scene: Scene) -> None:
    salt = bytearray(RegisterContent.objects.get(leaf_id=6).salt)
    salt[31] ^= 1
    as_owner(f"UPDATE disclosure_registercontent SET salt = '\\x{salt.hex()}' WHERE leaf_id = 6")
    assert told(verify()) == {("disclosure_registercontent", "6", "salt, content")}
    as_owner("DELETE FROM disclosure_registercontent WHERE leaf_id = 6")
    assert told(verify()) == {("disclosure_registercontent", "6", "content")}


def test_t10_changed_html_only(scene: Scene, settings: Any, tmp_path: Path) -> None:
    """The page's template prints another amount; tables and data files are untouched."""
    folder = tmp_path / "templates" / "portal"
    folder.mkdir(parents=True)
    honest = Path(settings.ROOT, "templates/portal/_record.html").read_text(encoding="utf-8")
    (folder / "_record.html").write_text(
        honest.replace("{{ value|linebreaksbr }}", "{{ value|slice:':3' }}"), encoding="utf-8"
    )
    templates = [{**settings.TEMPLATES[0], "DIRS": [folder.parent, *settings.TEMPLATES[0]["DIRS"]]}]
    settings.TEMPLATES = templates
    assert engines["django"].dirs[0] == folder.parent
    columns = {column for _table, _row, column in told(verify())}
    assert {"页面 data-field=facts", "页面 data-field=fine"} <= columns
    assert verify(pages=False).faults == []


def test_t11_changed_evidence_byte(scene: Scene, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    one, other = (store_upload(SimpleUploadedFile(f"{n}.png", png(n)), scene.by) for n in (1, 2))
    with time_machine.travel(scenes.START + timedelta(days=1), tick=False):
        tasks.make_checkpoint()
        assert InnerLeaf.objects.count() == 2
        assert verify().faults == []
        path = settings.MEDIA_ROOT / one.stored_path
        honest = path.read_bytes()
        path.chmod(0o600)
        path.write_bytes(honest[:-1] + bytes([honest[-1] ^ 1]))
        assert told(verify()) == {("registry_storedfile", str(one.pk), "stored_path")}
        assert verify(files=False).faults == []
        path.unlink()
        assert told(verify()) == {("registry_storedfile", str(one.pk), "stored_path")}
        path.write_bytes(honest)
        assert verify().faults == []
        as_owner(f"UPDATE registry_storedfile SET sha256 = '{'0' * 64}' WHERE id = {other.pk}")
        assert ("registry_storedfile", str(other.pk), "sha256") in told(verify())
        as_owner(f"UPDATE disclosure_innerleaf SET digest = '{'0' * 64}' WHERE object_id = {other.pk}")
        anchor = RegisterLeaf.objects.filter(rid="ledger").latest("seq")
        assert ("disclosure_innerleaf", "2", "digest") in told(verify())
        assert f"第 {anchor.seq} 号叶子" in str(verify().faults[0])


def test_t12_trigger_off_then_edit(scene: Scene) -> None:
    as_owner(f"UPDATE {LEAF} SET commit = repeat('0', 64) WHERE seq = 6")
    report = verify()
    assert (LEAF, "6", "commit") in told(report)
    assert report.last_good == 6
    as_owner("UPDATE disclosure_registernode SET hash = '\\x00' WHERE level = 2 AND index = 0")
    assert ("disclosure_registernode", "2/0", "hash") in told(verify())


def test_a_leaf_in_other_words_is_noticed(scene: Scene) -> None:
    leaf = RegisterLeaf.objects.get(seq=6).leaf.replace('"v":1', '"v": 1')
    as_owner(f"UPDATE {LEAF} SET leaf = '{leaf}', leaf_hash = '\\x{leaf_hash(leaf.encode()).hex()}' WHERE seq = 6")
    assert (LEAF, "6", "leaf") in told(verify())


def test_what_should_be_destroyed_and_is_not_is_noticed(scene: Scene) -> None:
    as_owner(
        "INSERT INTO disclosure_registercontent (leaf_id, salt, content) VALUES (2, '\\x00', '{}')",
        f"""UPDATE {RECORD} SET content = '{{"a": "b"}}' WHERE id = {scene.records["shop"].pk}""",
    )
    assert told(verify()) == {
        ("disclosure_registercontent", "2", "salt"), (RECORD, scene.records["shop"].public_id, "content"),
    }  # fmt: skip


def test_a_changed_journal_is_noticed_at_its_anchor(scene: Scene) -> None:
    anchor = RegisterLeaf.objects.get(rid="journal")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_journalentry DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_journalentry SET hash = repeat('0', 64) WHERE seq = %s", [anchor.ver])
        cursor.execute("ALTER TABLE audit_journalentry ENABLE TRIGGER USER")
    assert told(verify()) == {("audit_journalentry", str(anchor.ver), "hash")}


def test_forged_key_and_note_are_noticed_by_the_kept_copy(scene: Scene, kept: Path) -> None:
    """Whoever replaces key, note and root together still has the copies against him."""
    thief = Signer(scenes.ORIGIN, b"t" * 32)
    forged = signed_note(6, bytes(RegisterCheckpoint.objects.get(size=6).root), [thief])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE disclosure_registercheckpoint DISABLE TRIGGER USER")
        cursor.execute("INSERT INTO disclosure_registerkey (verifier, since) VALUES (%s, now())", [str(thief.verifier)])
        cursor.execute("UPDATE disclosure_registercheckpoint SET note = %s WHERE size = 6", [forged])
    assert told(verify()) == {(str(kept / "6.txt"), "1", "note")}


def test_growing_on_from_an_older_backup_is_a_fork(scene: Scene, kept: Path) -> None:
    older_backup()
    scene.publish("again", scenes.decision(decision_id=9, number="吉梨交罚〔2026〕0009号"))
    tasks.make_checkpoint()
    assert {(str(kept / "6.txt"), "1", "root"), (str(kept / "7.txt"), "1", "size")} <= told(verify())

"""The programs for outsiders as processes of their own against a live server: honest, and after each kind of tampering."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from psycopg2.extras import Json
from pytest_django.live_server_helper import LiveServer

from disclosure import tasks
from disclosure.actions import ledger as acts
from disclosure.models import RegisterContent, RegisterLeaf
from disclosure.register import tools
from disclosure.register.note import parsed, verifier_of
from disclosure.register.tree import leaf_hash
from tests.disclosure.facts import decision
from tests.disclosure.register import scenes
from tests.disclosure.register.scenes import Scene, as_owner
from tests.disclosure.register.test_ledger_drills import RECORD, older_backup

TOOLS = Path(tools.__file__).parent
PYTHON, NODE = "verify_register.py", "verify_register.mjs"


@pytest.fixture
def scene(transactional_db: None) -> Any:
    """The server lives in April 2026; the programs are processes of their own and live today."""
    made = scenes.grown()
    with time_machine.travel(scenes.START, tick=True):
        yield made


def run(server: LiveServer, program: str, *more: str) -> tuple[int, str]:
    """Exit code and what the program says; it gets no environment of ours."""
    if program == NODE:
        words = ["node", str(TOOLS / program), server.url, scenes.KEY, *more]
    else:
        words = [sys.executable, "-I", "-B", str(TOOLS / program), server.url, "--key", scenes.KEY, *more]
    clean = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=clean, timeout=60)
    return done.returncode, done.stdout + done.stderr


def both(server: LiveServer) -> list[tuple[int, str]]:
    return [run(server, PYTHON), run(server, NODE)]


def test_both_verifiers_and_the_witness_agree_with_an_honest_register(
    live_server: LiveServer, scene: Scene, tmp_path: Path
) -> None:
    scenes.expired(scene.records["company"])
    tasks.make_checkpoint()
    assert both(live_server) == [(0, "校验一致：9 条登记，5 条公示\n")] * 2
    saved = tmp_path / "last"
    assert run(live_server, PYTHON, "--save", str(saved))[0] == 0
    assert parsed(saved.read_text(encoding="utf-8")).size == 9
    assert run(live_server, PYTHON, "--last", str(saved), "--record", scene.records["person"].public_id)[0] == 0
    assert run(live_server, NODE, str(saved))[0] == 0


def test_a_fresh_record_may_wait_for_its_checkpoint_for_an_hour(live_server: LiveServer, scene: Scene) -> None:
    """The uncovered leaf of the scene is of April 2026; by the programs' clock its hour is long over."""
    tasks.make_checkpoint()
    now = datetime.fromtimestamp(time_machine.escape_hatch.time.time(), tz=UTC)
    day = now.date()
    facts = decision(decision_id=9, number="吉梨交罚〔2026〕0009号", decided_on=day, filed_on=day, served_on=day)
    with time_machine.travel(now, tick=False):
        scene.publish("now", facts)
    assert [code for code, _said in both(live_server)] == [0, 0]
    with time_machine.travel(now - timedelta(minutes=61), tick=False):
        acts.make_checkpoint()
        scene.publish("late", replace(facts, decision_id=10, number="吉梨交罚〔2026〕0010号"))
    assert RegisterLeaf.objects.latest("seq").at > now - timedelta(minutes=2)  # never before the leaf in front of it
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE disclosure_registerleaf DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE disclosure_registerleaf SET at = at - interval '2 hours' WHERE seq = (SELECT max(seq) FROM disclosure_registerleaf)"
        )
        cursor.execute("ALTER TABLE disclosure_registerleaf ENABLE TRIGGER USER")
    for code, said in both(live_server):
        assert (code, said.count("一小时")) == (1, 1), said


def edited_amount(scene: Scene) -> None:
    as_owner(
        f"""UPDATE {RECORD} SET content = jsonb_set(content, '{{fine}}', '"10.00"')""",
        """UPDATE disclosure_registercontent SET content = jsonb_set(content, '{fine}', '"10.00"') WHERE leaf_id = 6""",
    )


def changed_salt(scene: Scene) -> None:
    as_owner("UPDATE disclosure_registercontent SET salt = decode(repeat('00', 32), 'hex') WHERE leaf_id = 6")


def shown_again(scene: Scene) -> None:
    """A withdrawn record put on show again with what it said."""
    honest = RegisterContent.objects.get(leaf_id=0).content
    record = scene.records["shop"]
    said = Json(honest).getquoted().decode()
    as_owner(
        f"UPDATE {RECORD} a SET state = 'published', content = b.content FROM {RECORD} b "
        f"WHERE a.id = {record.pk} AND b.id = {scene.records['company'].pk}",
        f"UPDATE disclosure_registercontent SET content = {said} WHERE leaf_id = 5",
    )


def rewritten_leaf(scene: Scene) -> None:
    row = RegisterLeaf.objects.get(seq=1)
    leaf = row.leaf.replace('"ver":1', '"ver":2')
    as_owner(
        f"UPDATE disclosure_registerleaf SET leaf = '{leaf}', leaf_hash = '\\x{leaf_hash(leaf.encode()).hex()}' WHERE seq = 1"
    )


def hidden_record(scene: Scene) -> None:
    as_owner(f"UPDATE {RECORD} SET published_at = NULL, state = 'draft' WHERE id = {scene.records['person'].pk}")


def deleted_leaf(scene: Scene) -> None:
    as_owner(
        "DELETE FROM disclosure_registerleaf WHERE seq = 3",
    )


def put_on_show_without_a_leaf(scene: Scene) -> None:
    names = "content, corrections, content_digest, case_no, number, state, version, held_for, party_display, is_person, uscc_search, number_search, search_text, violation, domain, types, fine, confiscated, tier, year, decided_on, handlers, credit_class, exclusion_code, publish_due, is_due_provisional, display_until, published_at, is_late, late_reason, withdrawal_reason, created_at, updated_at"  # noqa: E501
    as_owner(
        f"INSERT INTO {RECORD} (public_id, {names}) SELECT '2026-aaaaaaaaaa', {names} FROM {RECORD} "
        f"WHERE id = {scene.records['big'].pk}",
        f"UPDATE {RECORD} SET display_until = '2099-01-01' WHERE public_id = '2026-aaaaaaaaaa'",
    )


@pytest.mark.parametrize(
    "tamper",
    [edited_amount, changed_salt, shown_again, rewritten_leaf, hidden_record, deleted_leaf, put_on_show_without_a_leaf],
)
def test_tampering_is_seen_from_outside_by_both(live_server: LiveServer, scene: Scene, tamper: Any) -> None:
    tasks.make_checkpoint()
    assert [code for code, _said in both(live_server)] == [0, 0]
    tamper(scene)
    for code, said in both(live_server):
        assert code == 1, said
        assert "不一致：" in said
        assert "Traceback" not in said


def test_changed_page_only_is_seen_from_outside(
    live_server: LiveServer, scene: Scene, settings: Any, tmp_path: Path
) -> None:
    tasks.make_checkpoint()
    folder = tmp_path / "templates" / "portal"
    folder.mkdir(parents=True)
    honest = Path(settings.ROOT, "templates/portal/_record.html").read_text(encoding="utf-8")
    forged = honest.replace("{{ value|linebreaksbr }}", "{{ value|slice:':3' }}")
    (folder / "_record.html").write_text(forged, encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [folder.parent, *settings.TEMPLATES[0]["DIRS"]]}]
    for code, said in both(live_server):
        assert code == 1
        assert "页面上的 fine" in said


def test_a_wrong_key_is_refused(live_server: LiveServer, scene: Scene) -> None:
    other = scenes.KEY.replace("jt.lishu", "jt.other")
    words = [sys.executable, "-I", "-B", str(TOOLS / PYTHON), live_server.url, "--key", other]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "公钥" in done.stdout) == (1, True)


def test_the_witness_signs_what_grows_and_refuses_what_shrinks_or_forks(
    live_server: LiveServer, scene: Scene, tmp_path: Path, kept: Path
) -> None:
    folder = tmp_path / "witness"
    asked = ("--name", "witness.example/lishu", "--folder", str(folder))

    def witness() -> tuple[int, str]:
        clean = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
        words = [sys.executable, "-B", str(TOOLS / "witness.py"), live_server.url, "--key", scenes.KEY, *asked]
        done = subprocess.run(words, capture_output=True, text=True, check=False, env=clean, timeout=60)
        return done.returncode, done.stdout + done.stderr

    code, said = witness()
    assert code == 0, said
    note = parsed((folder / "checkpoint").read_text(encoding="utf-8"))
    key = verifier_of(said.splitlines()[0].removeprefix("见证公钥："))
    assert note.is_signed_by(key)
    assert note.is_signed_by(verifier_of(scenes.KEY))
    assert (folder / "secret.hex").stat().st_mode & 0o777 == 0o600
    tasks.make_checkpoint()
    code, said = witness()
    assert code == 0, said
    before = (folder / "checkpoint").read_bytes()
    older_backup()
    code, said = witness()
    assert (code, "变短" in said) == (1, True), said
    for place in range(9, 14):
        facts = decision(decision_id=place, number=f"吉梨交罚〔2026〕{place:04d}号", served_on=scenes.START.date())
        scene.publish(f"fork{place}", facts)
    tasks.make_checkpoint()
    code, said = witness()
    assert (code, "不是从上次" in said) == (1, True), said
    assert (folder / "checkpoint").read_bytes() == before

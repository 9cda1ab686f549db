"""Every publication, withdrawal and expiry is one leaf of its own transaction; what has ended is destroyed."""

from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction

from disclosure import tasks
from disclosure.actions import ledger as acts
from disclosure.actions.draft import draft
from disclosure.actions.publish import publish
from disclosure.actions.retry import retry_delivery
from disclosure.demo import seed_records
from disclosure.models import (
    Delivery,
    DisclosureRecord,
    RecordEvent,
    RegisterCheckpoint,
    RegisterContent,
    RegisterKey,
    RegisterLeaf,
    RegisterNode,
)
from disclosure.queries import ledger
from disclosure.queries.ledger_check import verify
from disclosure.register.leaf import commit
from disclosure.register.note import parsed, verifier_of
from disclosure.register.tree import leaf_hash
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.audit.models import JournalEntry
from lishu_law.registry.roles import Role
from tests.disclosure.facts import COMPANY, PERSON, decision, user
from tests.disclosure.register import by_the_book, scenes


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(scenes.START, tick=False):
        yield


@pytest.mark.django_db
def test_publishing_writes_a_leaf_that_commits_to_what_is_shown() -> None:
    scene = scenes.grown()
    record = scene.records["company"]
    said = RegisterContent.objects.get(leaf__rid=record.public_id)
    assert json.loads(said.leaf.leaf) == {
        "v": 1, "seq": 0, "rid": record.public_id, "ver": 1, "ev": "publish", "at": "2026-04-13T10:00:00+08:00",
        "commit": record.content_digest,
    }  # fmt: skip
    assert commit(bytes(said.salt), said.content) == record.content_digest
    assert said.content["version"] == 1
    assert said.content["files"] == []
    assert said.content["fine"] == "1000.00"
    assert said.content["types"] == ["罚款"]
    assert all(isinstance(value, (str, int, list)) for value in said.content.values())
    event = RecordEvent.objects.get(record=record, kind="publish")
    assert (event.digest_before, event.digest_after) == ("", record.content_digest)
    entry = json.loads(JournalEntry.objects.filter(action="disclosure.publish").order_by("seq")[0].body)
    assert entry["details"]["digest"] == record.content_digest


@pytest.mark.django_db
def test_no_unsalted_digest_of_a_draft_is_kept_anywhere() -> None:
    record = draft(COMPANY)
    plain = acts.hashlib.sha256(journal.canonical(record.content).encode()).hexdigest()
    assert record.content_digest == ""
    assert not RecordEvent.objects.exclude(digest_before="", digest_after="").exists()
    assert not any(plain in body for body in JournalEntry.objects.values_list("body", flat=True))


@pytest.mark.django_db
def test_the_tree_is_the_one_of_the_book() -> None:
    scenes.grown()
    leaves = [row.leaf.encode() for row in RegisterLeaf.objects.order_by("seq")]
    assert len(leaves) == 8
    assert [json.loads(leaf)["ev"] for leaf in leaves] == [
        "publish", "publish", "publish", "anchor", "anchor", "withdraw", "publish", "publish",
    ]  # fmt: skip
    for row in RegisterCheckpoint.objects.all():
        note = parsed(row.note)
        assert note.root == bytes(row.root) == by_the_book.mth(leaves[: row.size])
        assert note.is_signed_by(verifier_of(scenes.KEY))
    assert list(RegisterCheckpoint.objects.order_by("size").values_list("size", flat=True)) == [5, 6, 7]
    assert RegisterNode.objects.count() == 7
    assert ledger.root_of(8) == by_the_book.mth(leaves)


@pytest.mark.django_db
def test_withdrawal_destroys_salt_and_content_and_leaves_the_leaf() -> None:
    scene = scenes.grown()
    record = DisclosureRecord.objects.get(pk=scene.records["shop"].pk)
    kept = RegisterContent.objects.get(leaf__rid=record.public_id)
    assert kept.leaf.ev == "withdraw"
    assert kept.content == {
        "notice": "已撤回", "number": record.number, "organ": "梨树县交通运输局", "date": "2026-04-14",
        "reason": scenes.REASON, "version": 2, "files": [],
    }  # fmt: skip
    assert RegisterLeaf.objects.filter(rid=record.public_id).count() == 2
    assert (record.content, record.party_display, record.search_text, record.uscc_search) == ({}, "", "", "")
    assert (record.number, record.types, record.domain) == (scenes.FACTS["shop"].number, ["02"], "道路货运")


@pytest.mark.django_db
def test_expiry_by_the_calendar_at_midnight_and_only_once() -> None:
    scene = scenes.grown()
    record = scene.records["company"]  # shown until 2026-07-08
    with time_machine.travel(datetime(2026, 7, 8, 15, 59, 59, tzinfo=UTC), tick=False):
        assert tasks.expire_records() == 0
    with time_machine.travel(datetime(2026, 7, 8, 16, 0, tzinfo=UTC), tick=False):
        assert tasks.expire_records() > 0
        assert tasks.expire_records() == 0
        record.refresh_from_db()
        assert (record.state, record.content) == ("expired", {})
        said = RegisterContent.objects.get(leaf__rid=record.public_id)
        assert (said.leaf.ev, said.content["notice"], said.content["date"]) == ("expire", "公示期满", "2026-07-08")
        assert JournalEntry.objects.latest("seq").action == "disclosure.expire"
        assert verify().faults == []


@pytest.mark.django_db
def test_a_rejected_message_is_made_again_after_the_content_is_gone() -> None:
    scene = scenes.grown()
    record = scene.records["company"]
    before = json.loads(bytes(Delivery.objects.get(record=record).body))["data"]
    Delivery.objects.filter(record=record).update(state="FIX", last_code="4221", next_at=None)
    scenes.expired(record)
    row = Delivery.objects.get(record=record)
    retry_delivery(delivery_id=row.pk, by=user("X009", Role.DISCLOSURE_CHECKER), reason="平台目录已更新", facts=COMPANY)
    after = json.loads(bytes(Delivery.objects.filter(record=record).latest("data_version").body))["data"]
    assert after["public"] == before["public"]


@pytest.mark.django_db
def test_what_cannot_follow_is_refused() -> None:
    scene = scenes.grown()
    shown, gone = scene.records["company"], scene.records["shop"]
    at = clock.now()
    for record, ev in ((shown, "publish"), (gone, "correct"), (gone, "expire"), (gone, "publish")):
        with pytest.raises(ValueError, match="event|follows"), transaction.atomic():
            acts.append_core(acts.Event(record, ev, {"a": "b"}, at))
    unknown = draft(decision(PERSON, decision_id=9))
    with pytest.raises(ValueError, match="first"), transaction.atomic():
        acts.append_core(acts.Event(unknown, "withdraw", {"a": "b"}, at))
    row = acts.append_core(acts.Event(shown, "correct", {"a": "b"}, at - timedelta(days=3)))
    assert (row.ver, row.at) == (2, datetime(2026, 4, 14, 1, tzinfo=UTC))  # never earlier than the leaf before
    assert RegisterContent.objects.filter(leaf__rid=shown.public_id).count() == 2


@pytest.mark.django_db
def test_one_checkpoint_per_size_and_one_anchor_a_day(kept: Path) -> None:
    scenes.grown()
    assert tasks.make_checkpoint() == 8
    assert tasks.make_checkpoint() == 0
    assert sorted(path.name for path in kept.iterdir()) == ["5.txt", "6.txt", "7.txt", "8.txt"]
    assert (kept / "5.txt").read_text(encoding="utf-8") == RegisterCheckpoint.objects.get(size=5).note
    with time_machine.travel(scenes.START + timedelta(days=1), tick=False):
        assert tasks.make_checkpoint() == 10  # the anchor makes each day's size new
    anchors = RegisterLeaf.objects.filter(ev="anchor").order_by("seq")
    assert [row.rid for row in anchors] == ["ledger", "journal"] * 2
    for row in anchors.filter(rid="journal"):
        assert JournalEntry.objects.get(seq=row.ver).hash == row.commit


@pytest.mark.django_db
def test_a_change_of_key_is_signed_twice_for_its_time(settings: Any) -> None:
    scenes.grown()
    settings.REGISTER_OLD_KEY, settings.REGISTER_KEY = f"{scenes.SEED}@2026-05-13", "ab" * 32
    tasks.make_checkpoint()
    note = parsed(RegisterCheckpoint.objects.latest("size").note)
    keys = [verifier_of(text) for text in ledger.verifier_keys()]
    assert len(note.signatures) == 2
    assert all(note.is_signed_by(key) for key in keys)
    assert str(keys[1]) == scenes.KEY
    with time_machine.travel(datetime(2026, 5, 13, 17, 0, tzinfo=UTC), tick=False):
        tasks.make_checkpoint()
        assert len(parsed(RegisterCheckpoint.objects.latest("size").note).signatures) == 1
    settings.REGISTER_ORIGIN = "elsewhere.example/register"  # the name is for the log's life
    assert ledger.log_name() == scenes.ORIGIN
    assert RegisterKey.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "zz", "ab" * 31])
def test_no_checkpoint_without_a_whole_key(settings: Any, key: str) -> None:
    scenes.grown()
    settings.REGISTER_KEY = key
    with pytest.raises(ImproperlyConfigured):
        acts.make_checkpoint()
    with pytest.raises(ImproperlyConfigured):
        tasks.make_checkpoint()


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["registerleaf", "registernode", "registercheckpoint", "registerkey"])
@pytest.mark.parametrize("act", ["UPDATE disclosure_{} SET {} = {}", "DELETE FROM disclosure_{}"])
def test_the_database_refuses_changes(table: str, act: str) -> None:
    scenes.grown()
    column = {"registerleaf": "ver", "registernode": "level", "registercheckpoint": "size", "registerkey": "id"}[table]
    with (
        pytest.raises((InternalError, ProgrammingError), match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(table, column, column))


@pytest.mark.django_db
def test_a_published_record_has_its_commit() -> None:
    record = draft(COMPANY)
    with pytest.raises(IntegrityError, match="in_register"), transaction.atomic():
        DisclosureRecord.objects.filter(pk=record.pk).update(state="published", published_at=clock.now())


@pytest.mark.django_db
def test_demo_records_stand_in_the_register_and_old_ones_have_expired() -> None:
    seed_records(60)
    states = list(DisclosureRecord.objects.values_list("state", flat=True))
    assert {"published", "expired"} == set(states)
    assert RegisterLeaf.objects.count() == 60 + states.count("expired")
    assert verify().faults == []


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_tree() -> None:
    facts = [decision(decision_id=n, number=f"吉梨交罚〔2026〕{n:04d}号") for n in range(10, 22)]
    drafts = [draft(one) for one in facts]
    people = [user(f"C{n:03d}", Role.DISCLOSURE_CHECKER) for n in range(4)]
    ready = threading.Barrier(5)

    def act(mine: int) -> None:
        ready.wait()
        try:
            for place in range(mine, 12, 4):
                publish(record_id=drafts[place].pk, version=1, facts=facts[place], by=people[mine])
        finally:
            connection.close()

    def sign() -> None:
        ready.wait()
        try:
            for _ in range(4):
                acts.make_checkpoint()
        finally:
            connection.close()

    threads = [*(threading.Thread(target=act, args=(mine,)) for mine in range(4)), threading.Thread(target=sign)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    leaves = list(RegisterLeaf.objects.order_by("seq"))
    assert [row.seq for row in leaves] == list(range(12))
    assert all(bytes(row.leaf_hash) == leaf_hash(row.leaf.encode()) for row in leaves)
    assert verify().faults == []


@pytest.mark.django_db
def test_an_act_that_fails_leaves_no_leaf() -> None:
    scenes.grown()
    before = RegisterLeaf.objects.count(), RegisterNode.objects.count(), RegisterContent.objects.count()
    record = draft(decision(decision_id=30, number="吉梨交罚〔2026〕0030号"))
    with pytest.raises(RuntimeError), transaction.atomic():
        acts.append_core(acts.Event(record, "publish", {"a": "b"}, clock.now()))
        raise RuntimeError
    assert (RegisterLeaf.objects.count(), RegisterNode.objects.count(), RegisterContent.objects.count()) == before
    assert date(2026, 4, 13) == clock.today()

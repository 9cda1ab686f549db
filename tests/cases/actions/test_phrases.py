"""The library: who writes, who reviews, what may never change, what the journal keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from cases.actions.phrases import (
    edit_phrase,
    retire_phrase,
    review_phrase,
    revise_phrase,
    submit_phrase,
)
from cases.actions.shipped_phrases import load_shipped_phrases
from cases.documents.phrase_text import faults
from cases.documents.placeholders import PLACEHOLDERS
from cases.models import Phrase, PhraseKind, PhraseState, PhraseVersion
from cases.queries.benchmarks import violations
from cases.queries.phrases import offered
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Conflict, NotAllowed, NotFound, Refused
from lishu_law.registry.roles import Role
from tests.cases.actions.phrase_scenes import ITEM, OPINION, TEXT, approved, draft, submitted
from tests.cast import Cast, make_cast, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def review(cast: Cast, one: PhraseVersion, by: Any = None, agree: bool = True, opinion: str = OPINION) -> PhraseVersion:
    return review_phrase(
        by=by or cast.reviewer, code=one.phrase.code, number=one.number, revision=one.revision, agree=agree, opinion=opinion
    )  # fmt: skip


def revise(by: Any, one: PhraseVersion, text: str) -> PhraseVersion:
    return revise_phrase(by=by, code=one.phrase.code, text=text)


def fix_of(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()
    assert {one.citation for one in caught.value.refusals} == {"行政处罚法第四十四条、第五十九条"}
    return [one.fix for one in caught.value.refusals]


def test_from_the_draft_to_the_officers(cast: Cast) -> None:
    one = draft(cast)
    assert (one.phrase.code, one.number, one.state) == ("B-001", 1, PhraseState.DRAFT)
    assert offered(["facts"], ITEM) == {}
    one = submit_phrase(by=cast.lead, code="B-001", number=1, revision=one.revision)
    assert offered(["facts"], ITEM) == {}
    one = review(cast, one)
    assert (one.state, one.used_from, one.reviewed_by) == (PhraseState.APPROVED, clock.today(), cast.reviewer)
    assert offered(["facts"], ITEM) == {"facts": [one]}
    assert offered(["facts"], "pax-stops") == {}
    assert offered(["answer"], ITEM) == {}
    assert draft(cast).phrase.code == "B-002"


def test_each_act_has_one_journal_entry_without_the_text(cast: Cast) -> None:
    before = JournalEntry.objects.count()
    one = approved(cast)
    retire_phrase(by=cast.reviewer, code="B-001", number=1, revision=one.revision, reason="规定已经修订。")
    entries = list(JournalEntry.objects.order_by("seq")[before:])
    assert [one.action for one in entries] == ["phrase.write", "phrase.submit", "phrase.review", "phrase.retire"]
    assert {(one.object_type, one.object_id) for one in entries} == {("phrase", "B-001")}
    assert "防护措施" not in "".join(one.body for one in entries)


def test_nobody_reviews_a_text_of_their_own(cast: Cast) -> None:
    second = person("reviewer2", "示例卯", cast.reviewer.unit, Role.LEGAL_REVIEWER)
    one = submitted(cast, cast.reviewer)
    with pytest.raises(NotAllowed, match="您是起草人，不能再“审核参考用语”"):
        review(cast, one)
    assert review(cast, one, second).state == PhraseState.APPROVED


def test_the_database_holds_two_persons_too(cast: Cast) -> None:
    one = submitted(cast, cast.reviewer)
    with pytest.raises(IntegrityError, match="phrase_reviewed_by_another"), transaction.atomic():
        PhraseVersion.objects.filter(pk=one.pk).update(
            state="approved", reviewed_by=cast.reviewer, reviewed_at=clock.now(), used_from=clock.today()
        )


@pytest.mark.parametrize("who", ["lead", "squad_leader", "deputy", "head", "checker", "archivist", "system_admin"])
def test_only_the_legal_section_reviews_and_retires(cast: Cast, who: str) -> None:
    one, user = submitted(cast), cast.everybody()[who]
    with pytest.raises(NotAllowed):
        review(cast, one, user)
    with pytest.raises(NotAllowed):
        retire_phrase(by=user, code="B-001", number=1, revision=None, reason="规定已经修订。")


@pytest.mark.parametrize("who", ["deputy", "head", "checker", "archivist", "system_admin"])
def test_who_handles_no_case_writes_nothing(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        draft(cast, cast.everybody()[who])
    assert Phrase.objects.count() == 0


def test_an_approved_text_is_never_changed_not_even_in_the_database(cast: Cast) -> None:
    one = approved(cast)
    assert fix_of(
        lambda: edit_phrase(by=cast.lead, code="B-001", number=1, revision=one.revision, text=TEXT + "改。")
    ) == [""]
    for change in (
        {"text": "另一段文字，没有审核过。"},
        {"state": "draft"},
        {"used_from": None},
        {"reviewed_by": cast.head},
        {"state": "retired", "text": "换了文字再停用。", "retired_by": cast.head, "retire_reason": "无"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            PhraseVersion.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        PhraseVersion.objects.filter(pk=one.pk).delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Phrase.objects.filter(pk=one.phrase_id).update(title="换个名称")
    one.refresh_from_db()
    assert (one.text, one.state) == (TEXT, PhraseState.APPROVED)


def test_a_change_is_a_new_version_that_replaces_the_old_by_its_approval(cast: Cast) -> None:
    old = approved(cast)
    new = revise(cast.assistant, old, TEXT + "后果轻微。")
    assert (new.number, offered(["facts"], ITEM)) == (2, {"facts": [old]})
    new = review(cast, submit_phrase(by=cast.assistant, code="B-001", number=2, revision=new.revision))
    old.refresh_from_db()
    assert (old.state, old.used_until, old.retire_reason) == (PhraseState.RETIRED, clock.today(), "由第 2 版代替")
    assert offered(["facts"], ITEM) == {"facts": [new]}
    assert JournalEntry.objects.filter(action="phrase.review").count() == 2


def test_one_open_version_at_a_time_and_never_the_same_text(cast: Cast) -> None:
    old = approved(cast)
    assert fix_of(lambda: revise(cast.lead, old, TEXT)) == ["text"]
    revise(cast.lead, old, TEXT + "后果轻微。")
    assert fix_of(lambda: revise(cast.assistant, old, TEXT + "造成污染。")) == [""]


def test_a_return_is_mended_by_its_author_and_reviewed_again(cast: Cast) -> None:
    one = submitted(cast)
    assert fix_of(lambda: review(cast, one, agree=False, opinion="改")) == ["opinion"]
    one = review(cast, one, agree=False, opinion="请写明路面有没有散落。")
    assert (one.state, one.used_from) == (PhraseState.RETURNED, None)
    again = {"code": "B-001", "number": 1, "revision": one.revision}
    assert fix_of(lambda: edit_phrase(by=cast.assistant, text=TEXT + "路面无散落。", **again)) == [""]
    one = edit_phrase(by=cast.lead, text=TEXT + "路面无散落。", **again)
    one = submit_phrase(by=cast.lead, code="B-001", number=1, revision=one.revision)
    assert review(cast, one).state == PhraseState.APPROVED


@pytest.mark.parametrize(("changed", "fix"), [
    ({"text": "{车号}在路上行驶，没有苫盖。"}, "text"),
    ({"text": "九个字的一段用语啊"}, "text"),
    ({"text": "长" * 3001}, "text"),
    ({"kind": "nothing"}, "kind"),
    ({"item_code": "no-such-item"}, "item_code"),
    ({"title": "一"}, "title"),
    ({"title": "长" * 61}, "title"),
])  # fmt: skip
def test_what_is_not_saved(cast: Cast, changed: dict[str, str], fix: str) -> None:
    assert fix_of(lambda: draft(cast, **changed)) == [fix]
    assert Phrase.objects.count() == 0


@pytest.mark.parametrize("changed", [{"text": "十" * 10}, {"text": "长" * 3000}, {"item_code": ""}, {"title": "两字"}])
def test_the_bounds_belong_to_what_is_saved(cast: Cast, changed: dict[str, str]) -> None:
    assert draft(cast, **changed).state == PhraseState.DRAFT


def test_who_decides_on_an_older_page_is_told(cast: Cast) -> None:
    seen = submitted(cast)
    review(cast, seen, agree=False, opinion="请写明路面有没有散落。")
    with pytest.raises(Conflict):
        review(cast, seen)


def test_a_retired_one_is_offered_no_more_and_stays_retired(cast: Cast) -> None:
    one = approved(cast)
    assert fix_of(
        lambda: retire_phrase(by=cast.reviewer, code="B-001", number=1, revision=one.revision, reason="旧")
    ) == ["reason"]  # fmt: skip
    one = retire_phrase(by=cast.reviewer, code="B-001", number=1, revision=one.revision, reason="规定已经修订。")
    assert (one.state, one.used_until) == (PhraseState.RETIRED, clock.today())
    assert offered(["facts"], ITEM) == {}
    assert fix_of(
        lambda: retire_phrase(by=cast.reviewer, code="B-001", number=1, revision=one.revision, reason="规定已经修订。")
    ) == [""]  # fmt: skip
    assert revise(cast.lead, one, TEXT + "后果轻微。").number == 2


def test_what_does_not_exist(cast: Cast) -> None:
    draft(cast)
    for code, number in (("B-009", 1), ("B-001", 9)):
        with pytest.raises(NotFound):
            submit_phrase(by=cast.lead, code=code, number=number, revision=None)


def test_shipped_ones_come_in_as_drafts_without_an_author(cast: Cast) -> None:
    made = load_shipped_phrases(clock.now())
    assert made > 20
    assert load_shipped_phrases(clock.now()) == 0
    rows = list(PhraseVersion.objects.select_related("phrase"))
    assert len(rows) == made
    assert {(one.state, one.author_id, one.used_from) for one in rows} == {(PhraseState.DRAFT, None, None)}
    known = {one.code for one in violations()} | {""}
    wrong = [
        one.phrase.code
        for one in rows
        if faults(one.text, PLACEHOLDERS) or one.phrase.item_code not in known or one.phrase.kind not in PhraseKind.values
        or one.phrase.origin != "own"
    ]  # fmt: skip
    assert wrong == []
    assert {one.phrase.kind for one in rows} == set(PhraseKind.values)
    assert offered(PhraseKind.values, ITEM) == {}


def test_whoever_submits_a_shipped_one_answers_for_it(cast: Cast) -> None:
    load_shipped_phrases(clock.now())
    one = submit_phrase(by=cast.reviewer, code="S-006", number=1, revision=1)
    assert one.author == cast.reviewer
    with pytest.raises(NotAllowed):
        review(cast, one)

"""The library of reference wording: written, submitted, read by another person of the legal section, retired.

Nothing here touches a case. The wording of reasons answers 处罚法44 and 59; who may do what is in the matrix.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from cases.documents.phrase_text import LEAST, MOST, faults
from cases.documents.placeholders import PLACEHOLDERS
from cases.models import Phrase, PhraseKind, PhraseState, PhraseVersion
from cases.models.phrase import OPEN
from cases.queries.benchmarks import violation
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.access.policy import Subject
from lishu_law.audit import journal
from lishu_law.errors import Conflict, NotFound, Refusal, Refused

LAW = "行政处罚法第四十四条、第五十九条"
RULE = "decide-reason"
OWN = "own"
_NUMBERING = 7_205_101  # advisory lock: one code at a time


@dataclass(frozen=True)
class NewPhrase:
    """What is said once for a phrase, and its first text. ``item_code`` empty: for every violation."""

    kind: str
    title: str
    text: str
    item_code: str = ""


@transaction.atomic(durable=True)
def write_phrase(*, by: Any, phrase: NewPhrase, at: datetime | None = None) -> PhraseVersion:
    """A new phrase with its first version, as a draft."""
    policy.check(by, "phrase.write")
    _refuse([*_misplaced(phrase), *_text_faults(phrase.text)])
    now = at or clock.now()
    row = Phrase.objects.create(
        code=_next_code(), kind=phrase.kind, item_code=phrase.item_code, title=phrase.title.strip(), origin=OWN,
        created_by=by, created_at=now,
    )  # fmt: skip
    version = PhraseVersion.objects.create(phrase=row, number=1, text=phrase.text.strip(), author=by, written_at=now)
    return _recorded("write", by, version)


@transaction.atomic(durable=True)
def revise_phrase(*, by: Any, code: str, text: str, at: datetime | None = None) -> PhraseVersion:
    """A new version beside those there are; an approved text itself is never changed."""
    policy.check(by, "phrase.write")
    phrase = _locked_phrase(code)
    open_one = phrase.versions.filter(state__in=OPEN).first()
    refusals = list(_text_faults(text))
    if open_one:
        words = (
            f"第 {open_one.number} 版还没有审核完（{open_one.get_state_display()}），不能再起草一版。请先办完那一版。"
        )
        refusals.append(Refusal(RULE, words, LAW, ""))
    last = phrase.versions.order_by("-number").first()
    if last and last.text == text.strip():
        words = "和上一版一个字都没有变，不用再起草一版。请改动后再保存。"
        refusals.append(Refusal(RULE, words, LAW, "text"))
    _refuse(refusals)
    version = PhraseVersion.objects.create(
        phrase=phrase, number=last.number + 1 if last else 1, text=text.strip(), author=by, written_at=at or clock.now()
    )
    return _recorded("revise", by, version)


@transaction.atomic(durable=True)
def edit_phrase(
    *, by: Any, code: str, number: int, revision: int | None, text: str, at: datetime | None = None
) -> PhraseVersion:
    """The author goes on writing. Whoever takes over a shipped draft becomes its author."""
    version = _locked(code, number, revision)
    policy.check(by, "phrase.write", subject_of_phrase(version))
    _refuse([*_not_in(version, (PhraseState.DRAFT, PhraseState.RETURNED), "修改"), *_not_theirs(version, by),
             *_text_faults(text)])  # fmt: skip
    version.text, version.author, version.written_at = text.strip(), by, at or clock.now()
    return _saved("edit", by, version, "text", "author", "written_at")


@transaction.atomic(durable=True)
def submit_phrase(
    *, by: Any, code: str, number: int, revision: int | None, at: datetime | None = None
) -> PhraseVersion:
    """Hand a draft to the legal section. Whoever submits a shipped draft answers for it as its author."""
    version = _locked(code, number, revision)
    policy.check(by, "phrase.write", subject_of_phrase(version))
    _refuse([*_not_in(version, (PhraseState.DRAFT, PhraseState.RETURNED), "提交审核"), *_not_theirs(version, by),
             *_text_faults(version.text)])  # fmt: skip
    version.state, version.author, version.submitted_at = PhraseState.SUBMITTED, by, at or clock.now()
    return _saved("submit", by, version, "state", "author", "submitted_at")


@transaction.atomic(durable=True)
def review_phrase(
    *, by: Any, code: str, number: int, revision: int | None, agree: bool, opinion: str, at: datetime | None = None
) -> PhraseVersion:
    """Another person of the legal section approves the text, or returns it with the reason.

    From the approval on officers are offered this version; the one before is retired by the same act.
    """
    version = _locked(code, number, revision)
    policy.check(by, "phrase.review", subject_of_phrase(version))
    refusals = list(_not_in(version, (PhraseState.SUBMITTED,), "审核"))
    if len(opinion.strip()) < 5:
        refusals.append(
            Refusal(RULE, "请写明审核意见：依据、用词和适用情形核对的结果。退回的写明要改什么。", LAW, "opinion")
        )
    _refuse([*refusals, *(_text_faults(version.text) if agree else ())])
    now = at or clock.now()
    version.state = PhraseState.APPROVED if agree else PhraseState.RETURNED
    version.reviewed_by, version.reviewed_at, version.review_opinion = by, now, opinion.strip()
    if agree:
        version.used_from = clock.local(now).date()
        _replace_earlier(version, by)
    changed = ("state", "reviewed_by", "reviewed_at", "review_opinion", "used_from")
    return _saved("review", by, version, *changed, agree=agree)


def _replace_earlier(version: PhraseVersion, by: Any) -> None:
    earlier = version.phrase.versions.select_for_update(of=("self",)).filter(state=PhraseState.APPROVED).first()
    if earlier is None:
        return
    earlier.state, earlier.used_until = PhraseState.RETIRED, version.used_from
    earlier.retired_by, earlier.retire_reason = by, f"由第 {version.number} 版代替"
    earlier.revision += 1
    earlier.save(update_fields=["state", "used_until", "retired_by", "retire_reason", "revision"])


@transaction.atomic(durable=True)
def retire_phrase(
    *, by: Any, code: str, number: int, revision: int | None, reason: str, at: datetime | None = None
) -> PhraseVersion:
    """Not offered any more. Texts of cases that hold it stay as they are; their readers are told."""
    version = _locked(code, number, revision)
    policy.check(by, "phrase.retire")
    refusals = list(_not_in(version, (*OPEN, PhraseState.APPROVED), "停用"))
    if not 5 <= len(reason.strip()) <= 300:
        refusals.append(Refusal(RULE, "请写明停用的原因，5 到 300 字。例如：引用的规定已经修订。", LAW, "reason"))
    _refuse(refusals)
    version.state, version.retired_by, version.retire_reason = PhraseState.RETIRED, by, reason.strip()
    version.used_until = clock.local(at or clock.now()).date()
    return _saved("retire", by, version, "state", "retired_by", "retire_reason", "used_until")


def subject_of_phrase(version: PhraseVersion) -> Subject:
    """What the policy knows: nobody reviews a text of their own."""
    author = version.author
    return Subject(involved={"author": frozenset([author.staff_number] if author else [])})


def _misplaced(new: NewPhrase) -> Iterator[Refusal]:
    if new.kind not in PhraseKind.values:
        yield Refusal(RULE, "请选择这条用语写在文书的哪一部分。", LAW, "kind")
    if new.item_code and violation(new.item_code) is None:
        yield Refusal(RULE, "现行裁量基准里没有这个案由。请重新选择，或者选“各案由通用”。", LAW, "item_code")
    if not 2 <= len(new.title.strip()) <= 60:
        yield Refusal(RULE, "请写一个名称，2 到 60 字，让承办人一看就知道什么情形用。", LAW, "title")


def _text_faults(text: str) -> Iterator[Refusal]:
    count = len(text.strip())
    if not LEAST <= count <= MOST:
        yield Refusal(RULE, f"用语要写 {LEAST} 到 {MOST} 个字，现在是 {count} 个字。", LAW, "text")
    yield from (Refusal(RULE, words, LAW, "text") for words in faults(text, PLACEHOLDERS))


def _not_in(version: PhraseVersion, states: tuple[str, ...], act: str) -> Iterator[Refusal]:
    if version.state not in states:
        words = f"这一版现在是“{version.get_state_display()}”，不能{act}。"
        cure = "要改动的，请起草新的一版。" if version.used_from else "请回到这一版的页面看它到了哪一步。"
        yield Refusal(RULE, words + cure, LAW, "")


def _not_theirs(version: PhraseVersion, by: Any) -> Iterator[Refusal]:
    if version.author_id not in (None, by.pk):
        words = f"这一版由{version.author}起草，只能由本人修改和提交。要换人的，请法制审核员停用后重新起草。"
        yield Refusal(RULE, words, LAW, "")


def _locked_phrase(code: str) -> Phrase:
    phrase = Phrase.objects.select_for_update().filter(code=code).first()
    if phrase is None:
        raise NotFound
    return phrase


def _locked(code: str, number: int, revision: int | None) -> PhraseVersion:
    """The phrase first, its version after it; ``Conflict`` when the page was older than the record."""
    phrase = _locked_phrase(code)
    version = phrase.versions.select_for_update(of=("self",)).select_related("author").filter(number=number).first()
    if version is None:
        raise NotFound
    if revision is not None and revision != version.revision:
        raise Conflict(
            "有人在您打开这一页之后改过这条用语。您填的内容没有丢，请核对后再提交。",
            changed_by=str(version.reviewed_by or version.author or "—"),
            changed_at=f"{clock.local(version.reviewed_at or version.written_at):%Y-%m-%d %H:%M}",
        )
    version.phrase = phrase
    return version


def _next_code() -> str:
    """B-001, B-002 … for the bureau's own; shipped ones have codes of their own (S-001 …)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBERING])
    last = Phrase.objects.filter(code__startswith="B-").order_by("-id").values_list("code", flat=True).first()
    return f"B-{int(last.removeprefix('B-')) + 1 if last else 1:03d}"


def _refuse(refusals: list[Refusal]) -> None:
    if refusals:
        raise Refused(refusals)


def _saved(action: str, by: Any, version: PhraseVersion, *changed: str, **details: Any) -> PhraseVersion:
    version.revision += 1
    version.save(update_fields=[*changed, "revision"])
    return _recorded(action, by, version, **details)


def _recorded(action: str, by: Any, version: PhraseVersion, **details: Any) -> PhraseVersion:
    said = {"version": version.number, **details}
    journal.record(f"phrase.{action}", by=by, on=("phrase", version.phrase.code), details=said)
    return version

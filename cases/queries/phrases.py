"""Reads of the reference wording: what is offered for a case, the library, one version, what a case has used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from cases.models import Phrase, PhraseKind, PhraseState, PhraseUse, PhraseVersion
from cases.models.phrase import OPEN
from cases.procedure.phrase_places import title_of
from lishu_law.errors import NotFound

PAGE = 20
COUNT_CAP = 1000
MOST_OFFERED = 8  # for one field; those of the violation before those for every violation
GENERAL = "general"  # the filter for phrases of no one violation


def offered(kinds: Iterable[str], item_code: str) -> dict[str, list[PhraseVersion]]:
    """Approved versions by kind for a case of this violation: one statement."""
    rows = PhraseVersion.objects.filter(
        state=PhraseState.APPROVED, phrase__kind__in=set(kinds), phrase__item_code__in=["", item_code]
    )
    found: dict[str, list[PhraseVersion]] = {}
    for one in rows.select_related("phrase").order_by("-phrase__item_code", "phrase__code"):
        of_kind = found.setdefault(one.phrase.kind, [])
        if len(of_kind) < MOST_OFFERED:
            of_kind.append(one)
    return found


@dataclass(frozen=True)
class PhraseRow:
    """A phrase in the list. ``number`` and ``state`` are those of its newest version; ``in_use`` of the approved one."""

    pk: int
    code: str
    title: str
    kind: str
    item_code: str
    number: int
    state: str
    in_use: int | None


@dataclass(frozen=True)
class PhrasePage:
    rows: list[PhraseRow]
    next_key: int | None
    count_text: str


def list_phrases(*, kind: str = "", item_code: str = "", state: str = "", after: int | None = None) -> PhrasePage:
    """The library, newest first, twenty a page."""
    phrases = Phrase.objects.all()
    if kind:
        phrases = phrases.filter(kind=kind)
    if item_code:
        phrases = phrases.filter(item_code="" if item_code == GENERAL else item_code)
    if state:
        phrases = phrases.filter(Exists(PhraseVersion.objects.filter(phrase=OuterRef("pk"), state=state)))
    counted = phrases.order_by().values("pk")[: COUNT_CAP + 1].count()
    count_text = f"{COUNT_CAP}+ 条" if counted > COUNT_CAP else f"共 {counted} 条"
    if after:
        phrases = phrases.filter(pk__lt=after)
    found = [_row(one) for one in _with_versions(phrases)[: PAGE + 1]]
    return PhrasePage(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None, count_text)


def _with_versions(phrases: QuerySet[Phrase]) -> QuerySet[Phrase]:
    versions = PhraseVersion.objects.filter(phrase=OuterRef("pk"))
    newest = versions.order_by("-number")
    return phrases.annotate(
        number=Subquery(newest.values("number")[:1]), state=Subquery(newest.values("state")[:1]),
        in_use=Subquery(versions.filter(state=PhraseState.APPROVED).values("number")[:1]),
    ).order_by("-pk")  # fmt: skip


def _row(one: Phrase) -> PhraseRow:
    number, state, in_use = (getattr(one, name) for name in ("number", "state", "in_use"))
    return PhraseRow(
        one.pk, one.code, one.title, PhraseKind(one.kind).label, one.item_code, number, PhraseState(state).label, in_use
    )


def version_at(code: str, number: int) -> PhraseVersion:
    """One version with its phrase and people. Raises ``NotFound``."""
    people = ("author", "reviewed_by", "retired_by", "phrase__created_by")
    found = PhraseVersion.objects.select_related("phrase", *people).filter(phrase__code=code, number=number).first()
    if found is None:
        raise NotFound
    return found


def versions_of(version: PhraseVersion) -> list[PhraseVersion]:
    """All versions of the same phrase, newest first."""
    return list(PhraseVersion.objects.filter(phrase=version.phrase_id).select_related("author").order_by("-number"))


def newest_of(code: str) -> PhraseVersion:
    """The newest version of a phrase. Raises ``NotFound``."""
    number = (
        PhraseVersion.objects.filter(phrase__code=code).order_by("-number").values_list("number", flat=True).first()
    )
    if number is None:
        raise NotFound
    return version_at(code, number)


def has_open(versions: Iterable[PhraseVersion]) -> bool:
    return any(one.state in OPEN for one in versions)


@dataclass(frozen=True)
class UseLine:
    """One use as the reader of the file sees it: where, which version, whether changed, whether retired since."""

    place: str
    code: str
    number: int
    title: str
    standing: str
    is_changed: bool
    retired: str


def used_in(case_id: int) -> list[UseLine]:
    """The reviewed wording that stands in the texts of a case: one statement."""
    rows = PhraseUse.objects.filter(case=case_id).annotate(
        code=F("version__phrase__code"), title=F("version__phrase__title"), number=F("version__number"),
        state=F("version__state"), until=F("version__used_until"), why=F("version__retire_reason"),
    ).order_by("place", "pk")  # fmt: skip
    return [
        UseLine(
            title_of(one.place), one.code, one.number, one.title, one.get_standing_display(), one.standing == "changed",
            f"{one.until:%Y-%m-%d} 已停用：{one.why}" if one.state == PhraseState.RETIRED else "",
        )
        for one in rows
    ]  # fmt: skip

"""How the papers of a case relate: corrected by a notice, done again, set aside, entered from paper. No query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cases.models import Document, Step
from cases.procedure.overlay import EFFECTS, SOURCES
from cases.procedure.steps import BY_CODE
from cases.queries.facts import LoadedCase
from lishu_law import clock

NOTICE = "document_correction"
# A later paper of these kinds takes the place of the one before; of other kinds several stand side by side.
ONE_STANDS = frozenset({
    "prior_notice", "investigation_report", "legal_review_opinion", "penalty_approval", "penalty_decision",
    "collective_discussion", "closing_report", "filing_form",
})  # fmt: skip


@dataclass(frozen=True)
class Relation:
    """``word`` is the mark in a list, ``text`` the whole sentence; ``other`` the paper it leads to."""

    word: str
    text: str
    other: Document | None = None


def relations_of(loaded: LoadedCase) -> dict[int, list[Relation]]:
    """Every paper's relations by its id; papers without any are left out."""
    found: dict[int, list[Relation]] = {}
    for document, relation in (*_set_aside(loaded), *_again(loaded), *_corrected(loaded), *_from_paper(loaded)):
        found.setdefault(document.pk, []).append(relation)
    return found


def _day(document: Document) -> str:
    return f"{clock.local(document.sealed_at):%Y-%m-%d}"


def _corrected(loaded: LoadedCase) -> Iterator[tuple[Document, Relation]]:
    """S37 beside the paper it corrects; both stay as they were sealed."""
    known = {f"document:{one.pk}": one for one in loaded.documents}
    for notice in loaded.documents:
        paper = known.get(notice.part) if notice.code == NOTICE else None
        if paper is None:
            continue
        reason = _reason(notice)
        yield (
            paper,
            Relation("已更正", f"{_day(notice)} 作出更正，见《{notice.title}》{notice.number}。{reason}", notice),
        )
        yield notice, Relation("更正", f"更正 {_day(paper)} 的《{paper.title}》{paper.number}。{reason}", paper)


def _reason(notice: Document) -> str:
    """What the notice itself says: the words that were wrong, those that are right, and why."""
    return "".join(notice.data["paragraphs"][1:])


def _again(loaded: LoadedCase) -> Iterator[tuple[Document, Relation]]:
    """The paper was made anew: the later one stands, and why the case went back."""
    before: dict[tuple[str, str], Document] = {}
    for one in sorted(loaded.documents, key=lambda document: document.pk):
        if one.code not in ONE_STANDS:
            continue
        old = before.get((one.code, one.part))
        if old is not None:
            why = _why_again(loaded.steps, old, one)
            yield old, Relation("已有新版", f"{_day(one)} 重新作出，以新的一份为准。{why}", one)
            yield one, Relation("新版", f"代替 {_day(old)} 的《{old.title}》{old.number}。{why}", old)
        before[one.code, one.part] = one


def _why_again(steps: list[Step], old: Document, new: Document) -> str:
    between = [one for one in steps if old.sealed_at < one.at <= new.sealed_at and one.outcome == "returned"]
    return f"退回原因：{between[-1].opinion}" if between and between[-1].opinion else ""


def _set_aside(loaded: LoadedCase) -> Iterator[tuple[Document, Relation]]:
    """What rulings left of a decision (procedure.md §8): the old paper stays readable."""
    by_number = {one.number: one for one in loaded.documents if one.number}
    for ruling in loaded.facts.rulings:
        old = by_number.get(ruling.old_number)
        if old is None:
            continue
        done = f"{SOURCES[ruling.source]}（{ruling.document_no}）：{EFFECTS[ruling.effect]}，{ruling.effective_on:%Y-%m-%d} 生效。"
        by = by_number.get(ruling.document_no)
        yield old, Relation(f"已{EFFECTS[ruling.effect]}", f"{done}{ruling.reason}", by)
        if by is not None:
            yield (
                by,
                Relation(
                    f"{EFFECTS[ruling.effect]}原决定", f"原决定：{_day(old)} 的《{old.title}》{old.number}。", old
                ),
            )


def _from_paper(loaded: LoadedCase) -> Iterator[tuple[Document, Relation]]:
    """补录: made of an act that was done on paper first."""
    for step in loaded.steps:
        if step.paper_at is None:
            continue
        words = (
            f"纸上办理 {clock.local(step.paper_at):%Y-%m-%d %H:%M}，录入 {clock.local(step.at):%Y-%m-%d %H:%M}。"
            f"原因：{step.paper_reason}"
        )
        for one in loaded.documents:
            if one.sealed_at == step.at and one.code in BY_CODE[step.code].papers:
                yield one, Relation("补录", words)

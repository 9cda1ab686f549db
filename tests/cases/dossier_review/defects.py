"""Named defects, each planted alone into a clean file: what is planted, on which item and under which name it is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from cases.dossier_review.dossier import Binding, Dossier, Limit, Waiver
from cases.procedure.branches_facts import CrimeFact, OrderFact, SameActFact
from cases.procedure.evidence_facts import MonitoringFact
from tests.dossier_scenes import with_facts, with_paper, with_row, without_paper

ORDINARY, SUMMARY, HEARD = "ordinary", "summary", "heard"
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Planted:
    """One planted defect: the file it goes into, how, and what must be found."""

    file: str
    item: str
    defect: str
    plant: Callable[[Dossier], Dossier]

    def __str__(self) -> str:
        return f"{self.file}-{self.item}-{self.defect}"


def paper(code: str, **data: Any) -> Callable[[Dossier], Dossier]:
    return lambda d: with_paper(d, code, **data)


def row(name: str, number: int = 0, /, **changed: Any) -> Callable[[Dossier], Dossier]:
    return lambda d: with_row(d, name, number, **changed)


def facts(**changed: Any) -> Callable[[Dossier], Dossier]:
    return lambda d: with_facts(d, **changed)


def gone(code: str) -> Callable[[Dossier], Dossier]:
    return lambda d: without_paper(d, code)


def named(code: str, name: str) -> Callable[[Dossier], Dossier]:
    """The same paper for somebody else."""

    def plant(d: Dossier) -> Dossier:
        found = d.last(code)
        assert found is not None
        return with_paper(d, code, party={**found.data["party"], "name": name})

    return plant


def opinion(code: str, whose: str, **changed: str) -> Callable[[Dossier], Dossier]:
    def plant(d: Dossier) -> Dossier:
        found = d.last(code)
        assert found is not None
        return with_paper(d, code, **{whose: {**found.data[whose], **changed}})

    return plant


def serving_of(code: str, **changed: Any) -> Callable[[Dossier], Dossier]:
    """The serving of the newest paper of a kind, differently."""

    def plant(d: Dossier) -> Dossier:
        found = d.last(code)
        assert found is not None
        place = next(n for n, one in enumerate(d.deliveries) if one.paper == found.id)
        return with_row(d, "deliveries", place, **{k: v(d) if callable(v) else v for k, v in changed.items()})

    return plant


def unserved(code: str) -> Callable[[Dossier], Dossier]:
    def plant(d: Dossier) -> Dossier:
        found = d.last(code)
        assert found is not None
        return replace(d, deliveries=tuple(one for one in d.deliveries if one.paper != found.id))

    return plant


def taking(preservation: bool, change: Callable[[Dossier, Any], dict[str, Any]]) -> Callable[[Dossier], Dossier]:
    """The seizure or the preservation of the file, differently."""

    def plant(d: Dossier) -> Dossier:
        place = next(n for n, one in enumerate(d.takings) if one.is_preservation is preservation)
        return with_row(d, "takings", place, **change(d, d.takings[place]))

    return plant


def decided(d: Dossier) -> Any:
    assert d.decided_on is not None
    return d.decided_on


def limit_before(code: str, days: int = 400) -> Callable[[Dossier], Dossier]:
    """A limit of the case that ended long before what it was for was done."""

    def plant(d: Dossier) -> Dossier:
        kept = tuple(one for one in d.limits if one.code != code)
        due = d.today - timedelta(days=days)
        return replace(d, limits=(*kept, Limit(code, "", due - DAY, due, "met_late")))

    return plant


def late_period(code: str, preservation: bool) -> Callable[[Dossier], Dossier]:
    """A measure that ended long after its period."""

    def plant(d: Dossier) -> Dossier:
        one = next(one for one in d.takings if one.is_preservation is preservation)
        kept = tuple(limit for limit in d.limits if not (limit.code == code and limit.part == one.part))
        late = Limit(code, one.part, one.taken_on, one.taken_on, "met_late")
        ended = one.taken_on + 40 * DAY
        changed = replace(d, limits=(*kept, late))
        return taking(preservation, lambda _d, _one: {"ended_on": ended})(changed)

    return plant


def hearing(**changed: Any) -> Callable[[Dossier], Dossier]:
    def plant(d: Dossier) -> Dossier:
        one = d.facts.hearings[-1]
        found = replace(one, **{k: v(d) if callable(v) else v for k, v in changed.items()})
        return with_facts(d, hearings=(*d.facts.hearings[:-1], found))

    return plant


def chaired_by_officer(d: Dossier) -> tuple[Any, ...]:
    people = d.facts.hearings[-1].people
    return (replace(people[0], number=d.handlers[0].number), *people[1:])


def told_late(d: Dossier) -> Dossier:
    found = d.last("hearing_notice")
    assert found is not None
    day = d.facts.hearings[-1].scheduled_on
    assert day is not None
    return serving_of("hearing_notice", effective_on=day - DAY)(d)


def twice(d: Dossier) -> Dossier:
    """A second transcript of the same officers at the same time."""
    return replace(d, interviews=(*d.interviews, replace(d.interviews[0], title="另一份现场笔录")))


def vacant(preservation: bool = False) -> Callable[[Dossier], Dossier]:
    """The ledger without the hand-over of the measure."""

    def plant(d: Dossier) -> Dossier:
        one = next(one for one in d.takings if one.is_preservation is preservation)
        return replace(d, custody=tuple(entry for entry in d.custody if entry.measure != one.id))

    return plant


def handed_late(d: Dossier) -> Dossier:
    one = next(one for one in d.takings if not one.is_preservation)
    place = next(n for n, entry in enumerate(d.custody) if entry.measure == one.id and entry.kind == "received")
    return with_row(d, "custody", place, at=one.taken_at + 25 * HOUR)


def reviewed(**changed: Any) -> Callable[[Dossier], Dossier]:
    def plant(d: Dossier) -> Dossier:
        return with_row(
            d, "opinions", len(d.opinions) - 1, **{k: v(d) if callable(v) else v for k, v in changed.items()}
        )

    return plant


def discretion(**changed: Any) -> Callable[[Dossier], Dossier]:
    def plant(d: Dossier) -> Dossier:
        assert d.facts.discretion is not None
        return with_facts(d, discretion=replace(d.facts.discretion, **changed))

    return plant


def paid(**changed: Any) -> Callable[[Dossier], Dossier]:
    return lambda d: with_row(d, "receipts", 0, **{k: v(d) if callable(v) else v for k, v in changed.items()})


def spot(**changed: Any) -> Callable[[Dossier], Dossier]:
    def plant(d: Dossier) -> Dossier:
        assert d.facts.spot is not None
        return with_facts(d, spot=replace(d.facts.spot, **changed))

    return plant


def expired(d: Dossier) -> Dossier:
    """The certificate of one officer had run out the day before the first transcript."""
    first = d.interviews[0].started_on
    gone_by = tuple(replace(one, valid_until=first - DAY) for one in d.handlers[0].certificates)
    return with_row(d, "handlers", 0, certificates=gone_by)


def dearer(amount: str, code: str) -> Callable[[Dossier], Dossier]:
    return lambda d: with_paper(d, code, fields={"amount": Decimal(amount)})


def crime(d: Dossier) -> Dossier:
    return with_facts(d, crimes=(CrimeFact(1, "reported", offence="危险驾驶罪", reported_on=decided(d) - DAY),))


def fined_before(d: Dossier) -> Dossier:
    assert d.facts.act_at is not None
    return with_facts(d, same_acts=(SameActFact("X-1", d.facts.act_at, Decimal(500)),), same_act_note="")


def unchecked_order(d: Dossier) -> Dossier:
    return with_facts(d, orders=(OrderFact(1, decided(d), None, ""),))


def unreviewed_record(d: Dossier) -> Dossier:
    return with_facts(d, monitoring=(MonitoringFact(1, "R-1", "动态称重", decided(d), "", decided(d)),))


def discussion_missing(d: Dossier) -> Dossier:
    return with_facts(replace(d, meetings=()), discussion_due=True)


def plea(**changed: Any) -> Callable[[Dossier], Dossier]:
    return lambda d: with_row(d, "pleas", 0, **changed)


def waived_at_once(d: Dossier) -> Dossier:
    assert d.notice is not None
    served = d.served_on(d.notice)
    assert served is not None
    return replace(d, waiver=Waiver(served))


def waived_before(d: Dossier) -> Dossier:
    assert d.notice is not None
    served = d.served_on(d.notice)
    assert served is not None
    return replace(d, waiver=Waiver(served - DAY, "当事人自行提出。"))


def exhibit(kind: str, **changed: Any) -> Callable[[Dossier], Dossier]:
    """One item of a kind, differently."""

    def plant(d: Dossier) -> Dossier:
        place = next(n for n, one in enumerate(d.exhibits) if one.kind == kind)
        return with_row(d, "exhibits", place, **changed)

    return plant


def without_exhibits(d: Dossier) -> Dossier:
    return replace(d, exhibits=())


def without_identity(d: Dossier) -> Dossier:
    return replace(d, exhibits=tuple(one for one in d.exhibits if one.kind != "documentary"))


def after_all_papers(d: Dossier) -> datetime:
    return max(one.sealed_at for one in d.papers) + HOUR


def long_archived(
    at: Callable[[Dossier], datetime] | None = None, *, with_secondary: bool = True
) -> Callable[[Dossier], Dossier]:
    """The day after the days to archive are over, with at most one binding, made ``at``."""

    def plant(d: Dossier) -> Dossier:
        limit = d.limit("archive-time")
        assert limit is not None
        bound = () if at is None else (Binding(at(d), with_secondary),)
        return replace(d, today=max(limit.due, d.today) + DAY, bindings=bound)

    return plant

"""The discretion algorithm: from the facts of one violation to tier, range, suggestion, articles and reasons.

The order of questions is fixed: competence, limitation, law version, capacity, element, exemption, tier, circumstances,
amount, consequences. Nothing here reads a clock or a database; the same request and edition give the same result.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, date

from cases.discretion.amounts import in_yuan, reduced, suggested
from cases.discretion.benchmark import EXEMPTIONS, ORDER_FIRST, Benchmark, BenchmarkRow
from cases.discretion.conditions import Comparison, Constant, Name
from cases.discretion.consequences import Thresholds, approvals
from cases.discretion.facts import Facts, Value, checked, complete
from cases.discretion.lists import MissingFacts, applies_order_first, bars, check_exemptions, holds
from cases.discretion.provisions import citation_texts, read_provisions
from cases.discretion.request import PUNISHABLE_AGE, REDUCING, Request
from cases.discretion.result import Action, Assessment, Note, Range, StatutoryRange
from cases.discretion.tiers import match_tier, place
from cases.discretion.versions import Version, choose, statutory

NO_PENALTY = "不予处罚"
LIMITATION_YEARS = 2
LIMITATION_YEARS_SAFETY = 5
_LAW = "《中华人民共和国行政处罚法》"
_REMARK = re.compile(r"\([^()]*\)")
_SAME_AS_LEFT = "同左"
_PERSONS = "qual-person"
_GAINS = "没收违法所得"
_ONLY_GAINS = (_GAINS, "有违法所得的没收")


def assess(
    request: Request,
    benchmark: Benchmark,
    *,
    earlier: Benchmark | None = None,
    thresholds: Thresholds | None = None,
) -> Assessment:
    """The outcome for one violation.

    ``earlier`` is the edition in force on the act day where it is another one. Missing facts do not raise: the action
    is then ``needs_facts`` and ``missing`` names them. Raises ``RequestError`` or ``FactError`` for impossible input.
    """
    request.check()
    facts = complete(request.facts) if request.complete else checked(request.facts)
    blank = Assessment(
        "no_suggestion",
        request.item,
        request.act_on,
        request.decision_on,
        benchmark.name,
        benchmark.edition,
        facts,
    )
    run = _Run(request, benchmark, earlier, facts, blank)
    try:
        any(step(run) for step in _STEPS)  # the first step that ends the run is the last
    except MissingFacts as missing:
        run.note(action="needs_facts", missing=tuple(sorted(missing.names)))
    return run.finished(thresholds or Thresholds())


@dataclass
class _Run:
    """One run of the steps; ``result`` grows from step to step (changes are gathered, copying is what costs time)."""

    request: Request
    benchmark: Benchmark
    earlier: Benchmark | None
    facts: dict[str, Value]
    grown: Assessment
    version: Version = Version((), date.min)
    changes: dict[str, object] = field(default_factory=dict)

    @property
    def result(self) -> Assessment:
        if self.changes:
            self.grown = replace(self.grown, **self.changes)  # type: ignore[arg-type]  # replace checks the names
            self.changes.clear()
        return self.grown

    def note(self, **changes: object) -> bool:
        """Set fields of the result; True, so that a step can end with it."""
        self.changes.update(changes)
        return True

    def warn(self, code: str, text: str, citation: str = "") -> None:
        self.note(notes=(*self.result.notes, Note(code, text, citation)))

    def reached(self, row: BenchmarkRow, action: Action) -> bool:
        """End with a row behind the result."""
        used = tuple(dict.fromkeys((*row.branch.deciding(self.facts), *row.condition.deciding(self.facts))))
        return self.note(
            action=action,
            tier=row.tier,
            tier_rank=row.tier_rank,
            rows=(row,),
            unit="warning" if row.penalty_unit == "warning" else "none",
            measures=_measures(row, self.version.rows, self.facts),
            facts_used=used,
        )

    def finished(self, thresholds: Thresholds) -> Assessment:
        unconfirmed = self.benchmark.needs_confirmation(self.result.rows)
        self.note(unconfirmed=tuple(row.row_id for row in unconfirmed))
        self.note(approvals=approvals(self.result, thresholds, self.request.decision_on))
        return self.result


def _competence(run: _Run) -> bool:
    if run.request.circumstances.competent:
        return False
    return run.note(action="no_jurisdiction", reasons=("本机关对该违法行为没有管辖权，应当移送有管辖权的机关。",))


def _limitation(run: _Run) -> bool:
    circumstances = run.request.circumstances
    years = LIMITATION_YEARS_SAFETY if circumstances.safety_harm else LIMITATION_YEARS
    if run.request.discovered_on <= _years_after(run.request.act_ended_on, years):
        return False
    period = "五年" if circumstances.safety_harm else "二年"
    reason = f"违法行为终了后{period}内未被发现，依照{_LAW}第三十六条，不再给予行政处罚。"
    return run.note(action="limitation", reasons=(reason,))


def _law_version(run: _Run) -> bool:
    run.version = choose(run.request, run.benchmark, run.earlier, run.facts)
    run.note(law=run.version.comparison)
    if not run.version.rows:
        return run.note(action="no_suggestion", reasons=("行为时或者作出决定时没有可以适用的裁量基准。",))
    names = run.benchmark.names
    first = run.version.rows[0]
    run.note(
        violation=first.violation,
        domain=first.domain,
        breached=citation_texts(read_provisions(first.breached_provision, run.version.on, names), names),
        basis=citation_texts(read_provisions(first.penalty_provision, run.version.on, names), names),
        statute=_statute_if_known(run),
    )
    return False


def _statute_if_known(run: _Run) -> StatutoryRange | None:
    """An exempted act has a statutory range too (one act under several norms); no question is asked for it."""
    try:
        return statutory(run.version.rows, run.facts)
    except MissingFacts:
        return None


def _capacity(run: _Run) -> bool:
    age = run.request.circumstances.party_age
    if age is not None and age < PUNISHABLE_AGE:
        reason = f"当事人不满十四周岁，依照{_LAW}第三十条，不予行政处罚，责令监护人加以管教。"
    elif run.request.circumstances.incapable:
        reason = (
            f"当事人在不能辨认或者不能控制自己行为时有违法行为，依照{_LAW}第三十一条，"
            "不予行政处罚，责令监护人严加看管和治疗。"
        )
    else:
        return False
    return run.note(action="no_penalty", tier=NO_PENALTY, tier_rank=0, reasons=(reason,))


def _element(run: _Run) -> bool:
    listed = applies_order_first(run.benchmark.lists_for(run.request.item, ORDER_FIRST), run.facts)
    if listed is None:
        return False
    reason = "法律规定责令改正后拒不改正的才能处罚，本案尚不具备这一条件，只责令改正，不作出处罚。"
    orders = [row for row in run.version.rows if row.tier_rank and not row.is_fine and row.penalty_unit != "warning"]
    row = match_tier(tuple(orders), run.facts)
    run.note(reasons=(reason,))
    if row is None:
        return run.note(action="order_only")
    return run.reached(row, "order_only")


def _exemption(run: _Run) -> bool:
    listed = run.benchmark.lists_for(run.request.item, *EXEMPTIONS)
    is_first = not run.request.circumstances.earlier_found
    gate = check_exemptions(listed, run.version.rows, run.facts, is_first=is_first)
    run.note(lists=gate.checks)
    if gate.is_exempt:
        reason = _exemption_reason(run, gate.row)
        if gate.row is not None:
            run.reached(gate.row, "no_penalty")
        else:
            run.note(action="no_penalty", tier=NO_PENALTY, tier_rank=0)
        return run.note(reasons=(reason,))
    if run.request.circumstances.no_fault:
        reason = f"当事人有证据足以证明没有主观过错，依照{_LAW}第三十三条第二款，不予行政处罚。"
        return run.note(action="no_penalty", tier=NO_PENALTY, tier_rank=0, reasons=(reason,))
    if gate.missing:
        raise MissingFacts(gate.missing)
    barred = bars(run.facts)
    if barred and any(holds(row, run.facts) for row in run.version.rows if row.tier_rank == 0):
        run.warn("exemption_barred", f"虽符合不予处罚的条件，但{barred}，不予适用。")
    return False


def _exemption_reason(run: _Run, row: BenchmarkRow | None) -> str:
    """Which limb of 处罚法第三十三条第一款: as the list says; else whether the tier asks for a first offence."""
    if all(other.tier_rank == 0 for other in run.version.rows):
        return "现行规定对该行为已没有罚则，不予处罚，责令改正。"
    applied = run.result.applied_list
    names = row.condition.names if row else frozenset()
    is_first = any(name.startswith("prior_") for name in names)
    if applied.row.list_type == "首违不罚" if applied else is_first:
        return f"当事人初次违法且危害后果轻微并及时改正，依照{_LAW}第三十三条第一款，不予行政处罚，并对当事人进行教育。"
    return f"违法行为轻微并及时改正，没有造成危害后果，依照{_LAW}第三十三条第一款，不予行政处罚，并对当事人进行教育。"


def _tier(run: _Run) -> bool:
    row = match_tier(run.version.rows, run.facts)
    if row is None:
        return run.note(
            action="no_suggestion", reasons=("查明的事实不符合裁量基准任何一档的条件，须写明理由并送法制审核。",)
        )
    if row.penalty_unit == "measure" or (row.tier_rank == 1 and row.penalty_unit == "none"):
        run.note(reasons=("该档只责令改正，不作出处罚。",))
        return run.reached(row, "order_only")
    _warn_of_boundary(run, row)
    _warn_of_responsible_persons(run, row)
    placed = place(row, run.version.rows, run.facts, run.request.circumstances)
    run.reached(placed.row, "penalise")
    if placed.row is not row:
        run.note(facts_used=tuple(row.condition.deciding(run.facts)))
        run.warn("tier_raised", f"因具有下述从重情节，由“{row.tier}”档上调至“{placed.row.tier}”档。")
    run.note(factors=placed.factors, tier_range=placed.tier_range, range=placed.range)
    return placed.range is None


def _amount(run: _Run) -> bool:
    span = run.result.range
    assert span is not None  # the step before ends the run where there is no fine
    if run.result.statute is None:  # asks for the fact it could not be told without
        run.note(statute=statutory(run.version.rows, run.facts))
    span = _reduction(run, span)
    cap = run.result.law.cap if run.result.law else None
    statute = run.result.statute
    yuan = in_yuan(span, run.facts)
    if run.result.is_reduced:
        cap = None
    if cap is not None and yuan is not None and cap < yuan.minimum:
        cap = max(cap, statute.yuan.minimum) if statute and statute.yuan else cap
        run.warn(
            "cap_below_tier",
            f"按旧规定的裁量最高为{cap.normalize():f}元，低于现档下限，须送法制审核。",
            f"{_LAW}第三十七条",
        )
    return run.note(range=span, unit=span.unit, yuan_range=yuan, suggestion=suggested(span, run.facts, cap))


def _reduction(run: _Run, span: Range) -> Range:
    circumstances, statute = run.request.circumstances, run.result.statute
    if not circumstances.reduce:
        return span
    base = statute.yuan if statute else None
    lower = reduced(base) if base else None
    if lower is None or not REDUCING & set(circumstances.codes()):
        run.warn("reduce_refused", "没有法定减轻情节，或者法律没有规定罚款下限，不能减轻处罚。", f"{_LAW}第三十二条")
        return span
    run.note(is_reduced=True, action="penalise" if circumstances.minutes else "needs_minutes")
    return lower


def _warn_of_boundary(run: _Run, row: BenchmarkRow) -> None:
    node = row.branch.root
    if not isinstance(node, Comparison) or node.symbol != "<=":
        return
    left, right = node.left, node.right
    if isinstance(left, Name) and isinstance(right, Constant) and run.facts.get(left.name) == right.value:
        run.warn("branch_boundary", "违法所得恰好等于法条分界数额，按对当事人有利的规定计算，须送法制审核。")


def _warn_of_responsible_persons(run: _Run, row: BenchmarkRow) -> None:
    """建设工程质量管理条例第七十三条: the persons answer with a share of the unit's fine, by the unit's tier."""
    if "第七十三条" not in row.other_measures:
        return
    shares = [other for other in run.benchmark.rows_for(_PERSONS, run.version.on) if other.tier == row.tier]
    for share in shares:
        span = Range(share.penalty_min, share.penalty_max, share.penalty_unit)
        text = f"直接负责的主管人员和其他直接责任人员，{span.fine_text()}。"
        run.warn("responsible_persons", text, "《建设工程质量管理条例》第七十三条")


def _measures(row: BenchmarkRow, rows: tuple[BenchmarkRow, ...], facts: Facts) -> tuple[str, ...]:
    """What the row demands beside a fine. Where it is known that nothing was gained, no gain is confiscated."""
    text = row.other_measures
    if _SAME_AS_LEFT in text:
        first = next(other for other in rows if other.branch == row.branch)
        text = text.replace(_SAME_AS_LEFT, first.other_measures)
    parts = _REMARK.sub("", text).split(";")
    if facts.get("illegal_income") == 0:
        parts = [part.replace(f"{_GAINS}、", "没收") for part in parts if part not in _ONLY_GAINS]
    return tuple(dict.fromkeys(part for part in parts if part and not part.startswith(("第", "仅就"))))


def _years_after(day: date, years: int) -> date:
    """The day with the same number, or the last day of the month where there is none."""
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


_STEPS: tuple[Callable[[_Run], bool], ...] = (
    _competence,
    _limitation,
    _law_version,
    _capacity,
    _element,
    _exemption,
    _tier,
    _amount,
)

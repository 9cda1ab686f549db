"""The dry run of a file of earlier decisions: every fault by row and column, and the masked copy of each good row.

The rows become :class:`DecisionFacts` and go through the same whitelist, masking and leak gate as decisions of this
system. What they say of persons lives as long as the check of their chunk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from cases.api import DecisionFacts
from disclosure import content as whitelist
from disclosure.actions.draft import publish_due, record_fields
from disclosure.intake.columns import COLUMNS, FIRST_YEAR, TITLES, year_of_number
from disclosure.models import DisclosureRecord
from disclosure.queries.search import fold
from disclosure.redaction import forget, leaks
from lishu_law.law.parameters import DEFAULT_PARAMETERS, ParameterError
from lishu_law.registry.identity import InvalidValue, parse_organisation_name, parse_person_name, parse_uscc
from lishu_law.registry.identity.id_card import parse_id_card, parse_old_id_card
from lishu_law.registry.models import PartyKind, Unit, UnitKind
from lishu_law.web.loading.columns import Fault, Row, read_cells
from lishu_law.web.loading.resting import collector_resting

CONFISCATION = frozenset({"03", "04"})
LICENCE_TYPES = frozenset({"05", "07"})
SIMPLE_TYPES = frozenset({"01", "02"})
_SIMPLE_SCOPE = {
    PartyKind.CITIZEN.value: "simple_scope.citizen",
    PartyKind.INDIVIDUAL_BUSINESS.value: "simple_scope.citizen",
    PartyKind.ORGANISATION.value: "simple_scope.organisation",
}
_APART = "\x00"  # stays in the flattened text, so that nothing matches across two fields
_CONTENT_COLUMN = {"party": "party_name", "organ": "party_name"}


@dataclass
class Prepared:
    """A faultless row: the fields of its public record, and what is remembered beside them."""

    row: int
    number_key: str
    fields: dict[str, Any]
    filed_on: date | None
    published_on: date
    is_on_exchange: bool
    known: None = None  # a number that is known already is a fault, never a change


@dataclass
class Seen:
    """The numbers of earlier rows of the same file."""

    numbers: dict[str, int] = field(default_factory=dict)


@collector_resting()
def check(rows: Sequence[Row], seen: Seen, today: date, *, demo: bool) -> tuple[list[Prepared], list[Fault]]:
    """The rows that can be taken in, and every fault of the others. Two statements.

    What masking remembers of texts and values is dropped at the end.
    """
    try:
        return _checked(rows, seen, today, demo)
    finally:
        forget()


def _checked(rows: Sequence[Row], seen: Seen, today: date, demo: bool) -> tuple[list[Prepared], list[Fault]]:
    faults: list[Fault] = []
    shaped = [_shaped(row, today, demo) for row in rows]
    known = _known_numbers([key for one in shaped if (key := one.key)])
    now = _Now(today, _organ(), cache(publish_due))
    good = []
    for one in shaped:
        one.faults += _doubled(one, seen, known)
        ready = None if any(not fault.is_notice for fault in one.faults) else _prepared(one, now)
        faults += _once_a_column(one.faults)
        if ready is not None and not any(not fault.is_notice for fault in one.faults):
            good.append(ready)
    return good, faults


@dataclass(frozen=True)
class _Now:
    """What holds for all rows of a chunk. ``due_of`` remembers: the decisions of one day have one last day."""

    today: date
    organ: tuple[str, str]
    due_of: Callable[[date], tuple[date, bool]]


@dataclass
class _Shaped:
    """A row by itself."""

    row: int
    values: dict[str, Any]
    faults: list[Fault]

    @property
    def key(self) -> str:
        return fold(self.values["number"]) if "number" in self.values else ""

    def has_fault(self, column: str) -> bool:
        return any(fault.column == TITLES[column] for fault in self.faults)

    def fault(self, column: str, text: str, *, is_notice: bool = False) -> None:
        self.faults.append(Fault(self.row, TITLES[column], text, is_notice))


def _once_a_column(faults: Iterable[Fault]) -> list[Fault]:
    """The same column is not told twice."""
    return list({(one.column, one.is_notice): one for one in reversed(list(faults))}.values())[::-1]


def _shaped(row: Row, today: date, demo: bool) -> _Shaped:
    values, faults = read_cells(COLUMNS, row)
    one = _Shaped(row.no, values, faults)
    _party(one, today, demo)
    for column, text in (*_dates(values, today), *_penalty(values)):
        one.fault(column, text)
    return one


def _party(one: _Shaped, today: date, demo: bool) -> None:
    """Who it is: names and numbers in their normal form, and the age at the act (X01)."""
    values, kind = one.values, one.values.get("party_kind")
    is_citizen = kind == PartyKind.CITIZEN
    if kind and "party_name" in values:
        _read(
            one,
            "party_name",
            lambda text: parse_person_name(text).value if is_citizen else parse_organisation_name(text),
        )
    if "person_name" in values:
        _read(one, "person_name", lambda text: parse_person_name(text).value)
    if "uscc" in values:
        if is_citizen:
            one.fault("uscc", "自然人没有统一社会信用代码。请删掉，或者核对当事人类别。")
        else:
            _read(one, "uscc", lambda text: parse_uscc(text).code)
    elif kind == PartyKind.ORGANISATION:
        one.fault("uscc", "法人或者其他组织要填统一社会信用代码。")
    if "id_number" in values:
        _identity(one, today, demo)
    elif is_citizen and "birth_on" not in values and not one.has_fault("birth_on"):
        one.fault("id_number", "自然人要填证件号码或者出生日期，用来确认行为时已满十八周岁。导入后不保存。")
    _age(one)


def _read(one: _Shaped, column: str, parse: Any) -> None:
    try:
        one.values[column] = parse(one.values[column])
    except InvalidValue as wrong:
        one.fault(column, wrong.staff_message)


def _identity(one: _Shaped, today: date, demo: bool) -> None:
    if one.values.get("party_kind") == PartyKind.ORGANISATION:
        one.fault("id_number", "法人或者其他组织不填证件号码。请删掉，或者核对当事人类别。")
        return
    text = one.values["id_number"]
    try:
        old = len("".join(text.split())) == 15
        card = parse_old_id_card(text, today=today) if old else parse_id_card(text, today=today, demo=demo)
    except InvalidValue as wrong:
        one.fault("id_number", wrong.staff_message)
        return
    one.values["id_number"] = card.number
    if one.values.setdefault("birth_on", card.born_on) != card.born_on:
        one.fault("birth_on", "出生日期和证件号码里的不一致，请核对。")


def _age(one: _Shaped) -> None:
    born, act_on = one.values.get("birth_on"), one.values.get("act_on")
    is_person = one.values.get("party_kind") in (PartyKind.CITIZEN, PartyKind.INDIVIDUAL_BUSINESS)
    if born and act_on and is_person and act_on <= whitelist.last_day_as_minor(born):
        column = "id_number" if "id_number" in one.values else "birth_on"
        one.fault(column, "行为时未满十八周岁，依法不予公示（X01）。请从文件里删去这一行。")


def _dates(values: dict[str, Any], today: date) -> Iterator[tuple[str, str]]:
    """act ≤ filed ≤ decided ≤ published ≤ today (disclosure.md §2.3)."""
    act, filed, decided = values.get("act_on"), values.get("filed_on"), values.get("decided_on")
    published, until = values.get("published_on"), values.get("display_until")
    if decided and decided > today:
        yield "decided_on", f"决定日期 {decided} 晚于今天，请核对。"
    if decided and decided.year < FIRST_YEAR:
        yield "decided_on", f"决定日期 {decided} 早于 {FIRST_YEAR} 年，请核对。"
    if act and decided and act > decided:
        yield "act_on", f"违法日期 {act} 晚于决定日期 {decided}，请核对。"
    if filed and decided and filed > decided:
        yield "filed_on", f"立案日期 {filed} 晚于决定日期 {decided}，请核对。"
    if filed and act and filed < act and not (decided and act > decided):
        yield "filed_on", f"立案日期 {filed} 早于违法日期 {act}，请核对。"
    if published and published > today:
        yield "published_on", f"公示日期 {published} 晚于今天。还没有公示的，请在本系统里办理公示。"
    if published and decided and published < decided:
        yield "published_on", f"公示日期 {published} 早于决定日期 {decided}，请核对。"
    if until and published and until < published:
        yield "display_until", f"公示截止日 {until} 早于公示日期 {published}，请核对。"
    if decided and "number" in values and year_of_number(values["number"]) != decided.year:
        yield "number", f"文号“{values['number']}”的年份和决定日期 {decided} 不是同一年，请核对。"


def _penalty(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Types, amounts, licences and procedure fit each other (disclosure.md §2.3 Cross)."""
    types = set(values.get("types", ()))
    if not types:
        return
    fine, confiscated = values.get("fine"), values.get("confiscated")
    if "02" in types and fine is None:
        yield "fine", "处罚种类有罚款，请填罚款金额。"
    if fine is not None and "02" not in types:
        yield "fine", f"填了罚款 {fine} 元，处罚种类里没有罚款。请核对。"
    if "03" in types and confiscated is None:
        yield "confiscated", "处罚种类有没收违法所得，请填没收金额。"
    if confiscated is not None and not types & CONFISCATION:
        yield "confiscated", f"填了没收 {confiscated} 元，处罚种类里没有没收。请核对。"
    if types & LICENCE_TYPES and "licence" not in values:
        yield "licence", "暂扣、吊销许可证件的，请写明证照名称和号码。"
    if values.get("procedure") == whitelist.SUMMARY:
        yield from _summary(values, types, fine)


def _summary(values: dict[str, Any], types: set[str], fine: Decimal | None) -> Iterator[tuple[str, str]]:
    """行政处罚法51; the limit of the time, where it is known."""
    if types - SIMPLE_TYPES:
        yield "procedure", "简易程序只能警告或者罚款，处罚种类里还有别的。请核对。"
    if "filed_on" in values:
        yield "filed_on", "简易程序没有立案日期。请删掉，或者核对处罚程序。"
    kind, decided = values.get("party_kind"), values.get("decided_on")
    most = _simple_limit(kind, decided) if kind and decided else None
    if most is not None and fine is not None and fine > most:
        yield "fine", f"简易程序罚款最多 {most} 元，现在是 {fine} 元。请核对。"


@lru_cache(maxsize=10_000)
def _simple_limit(kind: str, decided_on: date) -> Decimal | None:
    try:
        return DEFAULT_PARAMETERS.number(_SIMPLE_SCOPE[kind], decided_on)
    except ParameterError:  # before the law in force now
        return None


def _known_numbers(keys: Sequence[str]) -> frozenset[str]:
    found = DisclosureRecord.objects.filter(number_search__in=keys).values_list("number_search", flat=True)
    return frozenset(found)


def _doubled(one: _Shaped, seen: Seen, known: frozenset[str]) -> Iterator[Fault]:
    if not one.key:
        return
    first = seen.numbers.setdefault(one.key, one.row)
    if first != one.row:
        yield Fault(one.row, TITLES["number"], f"和第 {first} 行的文号“{one.values['number']}”相同。请核对。")
    elif one.key in known:
        yield Fault(one.row, TITLES["number"], f"文号“{one.values['number']}”已经公示过，不重复导入。请删去这一行。")


def _organ() -> tuple[str, str]:
    """Name and code of the bureau, which made all of these decisions."""
    unit = Unit.objects.filter(kind=UnitKind.AUTHORITY).order_by("id").first()
    return (unit.name, unit.uscc) if unit else ("", "")


def facts_of(values: dict[str, Any], organ: tuple[str, str]) -> DecisionFacts:
    """A row as the whitelist wants it."""
    return DecisionFacts(
        decision_id=None, case_id=None, case_no=values.get("case_no", ""), number=values["number"],
        decided_on=values["decided_on"], filed_on=values.get("filed_on"), served_on=None,
        procedure=values["procedure"], organ_name=organ[0], organ_uscc=organ[1], area_code="",
        party_kind=values["party_kind"], party_name=values["party_name"], party_uscc=values.get("uscc", ""),
        party_person_name=values.get("person_name", ""), party_id_kind="", party_id_number=values.get("id_number", ""),
        party_phone="", party_address="", birth_on=values.get("birth_on"), item_code="",
        violation=values["violation"], domain=values.get("domain", ""), facts_text=values["facts"],
        act_on=values["act_on"], place=values.get("place", ""), breached=values.get("breached", ""),
        basis=values["basis"], tier=values.get("tier", ""), discretion_text=values.get("discretion", ""),
        penalty_types=tuple(code for code in whitelist.PENALTY_TYPES if code in values["types"]),
        fine=values.get("fine"), confiscated=values.get("confiscated"), licence_action=values.get("licence", ""),
        result_text=values["result"], case_source="", check_action_code="", is_hearing=False, is_major=False,
        legal_reviewed_on=None, legal_opinion="", discussed_on=None, discussion_conclusion="",
        handlers=frozenset(), handler_name="", other_people=values.get("other_people", ()),
        plates=values.get("plates", ()), other_values=values.get("other_values", ()),
    )  # fmt: skip


def _leaking(content: dict[str, str], hidden: Sequence[str], shown: Sequence[str]) -> Iterable[tuple[str, str]]:
    """The texts to look at one by one: none where the gate passes all of them in one piece, kept apart."""
    return content.items() if leaks(_APART.join(content.values()), hidden, shown) else ()


def _prepared(one: _Shaped, now: _Now) -> Prepared:
    """The public record of the row; a leak that is left in it is a fault of its column."""
    values, facts = one.values, facts_of(one.values, now.organ)
    fields = record_fields(facts, rules_of=now.today, due_of=now.due_of)
    # Looked at again with the rules of today, never longer than once set (disclosure.md §1.1).
    fields["display_until"] = min(fields["display_until"], values.get("display_until", fields["display_until"]))
    published_on = values["published_on"]
    fields["is_late"] = not fields["is_due_provisional"] and published_on > fields["publish_due"]
    known = whitelist.known_values(facts)
    hidden = known.every_value()
    for name, text in _leaking(fields["content"], hidden, known.shown_names):
        if hits := leaks(text, hidden, known.shown_names):
            column = name if name in TITLES else _CONTENT_COLUMN.get(name, "facts")
            rules = "、".join(dict.fromkeys(hit.rule for hit in hits))
            one.fault(column, f"遮盖以后还有个人信息（{rules}），不能公示。请改写这一格。")
    if fields["held_for"]:
        one.fault("party_name", f"请看一下：{fields['held_for']}。"[:200], is_notice=True)
    return Prepared(one.row, one.key, fields, values.get("filed_on"), published_on, values["is_on_exchange"])

"""The seeded demonstration: complete, lawful, recognisably invented, and sealed in a journal that verifies."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from cases.api import CATALOGUE, VOLUME_PAPERS, newest_papers, newest_volume_papers
from cases.models import (
    Case,
    CasePerson,
    Deadline,
    DeadlineState,
    Decision,
    Defence,
    Discretion,
    Document,
    Serving,
    Transcript,
)
from cases.procedure.states import OPEN, State
from cases.procedure.turns import turn
from cases.queries.actors import ROLES
from cases.queries.facts import cases_with_parts
from cases.queries.limits import limit_lines
from cases.queries.many import load_many
from disclosure.models import Delivery, DisclosureRecord, RecordState
from inspections.api import findings_without_case, visit_tasks
from inspections.api import newest_papers as newest_inspection_papers
from inspections.documents.catalogue import CATALOGUE as PAPERS
from inspections.models import InspectionDocument, PatrolShift, RatingGroup, ResultTelling, SupervisionTicket
from inspections.queries.records import my_filings
from lishu_law import clock
from lishu_law.audit.journal import verify
from lishu_law.audit.models import JournalEntry
from lishu_law.demo.people import PASSWORD
from lishu_law.demo.seed import Seeded
from lishu_law.desk.work import Desk, desk_of
from lishu_law.documents.contact_sheet import Paper
from lishu_law.law.lights import LightState
from lishu_law.law.limits import LIMITS
from lishu_law.pdf import fonts, machine
from lishu_law.pdf.render import render
from lishu_law.registry.models import Certificate, Party, PartyKind, SupervisedSubject, Unit, User, Vehicle
from lishu_law.registry.roles import Role
from tests.printed import base_fonts, body_of, says_its_labels_in_order, squeezed

pytestmark = pytest.mark.usefixtures("db")
INVENTED = re.compile(r"示例|演示|演例|例示|虚构|样本")


@pytest.fixture(scope="module")
def db(seeded: Seeded) -> Seeded:
    """The seeded database stands in for a fresh one; by this name pytest-django knows that one has to be made."""
    return seeded


def test_counts(seeded: Seeded) -> None:
    assert (seeded.people, seeded.parties, seeded.cases) == (22, 40, 56)
    published_cases = DisclosureRecord.objects.exclude(decision_id=None).count()
    assert seeded.records == 40 + published_cases
    assert published_cases == Decision.objects.count() == 23
    assert SupervisedSubject.objects.count() == 36
    assert Vehicle.objects.count() == 40


def test_every_state_is_there() -> None:
    assert set(Case.objects.values_list("state", flat=True)) == set(State)


@pytest.fixture(scope="module")
def desks(db: Seeded) -> list[tuple[User, Desk]]:
    return [(user, desk_of(user, clock.now())) for user in User.objects.exclude(roles=[])]


def test_every_state_is_on_the_desk_of_whose_turn_it_is(desks: list[tuple[User, Desk]]) -> None:
    """From the first page of somebody in the role that the table names, one link leads to the act."""
    acts = [(user, {(line.label, line.title) for line in desk.lines}) for user, desk in desks]
    stations = [(one.case, turn(one.facts)) for one in load_many(cases_with_parts(Case.objects.all()), 200)]
    found = {
        case.state
        for case, step in stations
        if step and any((case.label, step.title) in lines for user, lines in acts if user.has_role(*ROLES[step.code]))
    }
    assert found == {case.state for case, step in stations if step}
    assert found >= set(OPEN) - {State.DEFERRED, State.ENFORCEMENT}


def test_every_state_is_reachable_from_a_first_page(desks: list[tuple[User, Desk]]) -> None:
    """By an act, a waiting case or the number of cases in the state."""
    urls = {line.label_url for _, desk in desks for line in desk.lines} | {
        line.url for _, desk in desks for line in desk.waiting
    }
    shown = {case.state for case in Case.objects.all() if reverse("case", args=[case.clue_no]) in urls}
    shown |= {state for _, desk in desks for state, _title, _count in desk.states}
    assert shown == set(State)


def test_the_journal_verifies_and_knows_every_act() -> None:
    count, broken = verify()
    assert broken is None
    assert count == JournalEntry.objects.count() > 400


def test_everybody_is_recognisably_invented() -> None:
    people = [*User.objects.values_list("full_name", flat=True), *CasePerson.objects.values_list("name", flat=True)]
    parties = Party.objects.values_list("name", "person_name")
    names = [*people, *(name for pair in parties for name in pair if name)]
    names += [*Transcript.objects.values_list("witness_name", flat=True).exclude(witness_name="")]
    names += [*Serving.objects.values_list("receiver_name", flat=True).exclude(receiver_name="")]
    assert len(names) > 100
    assert [name for name in names if not INVENTED.search(name)] == []
    numbers = [party.id_number for party in Party.objects.all() if party.id_number]
    assert numbers
    assert {number[:6] for number in numbers} == {"220399"}


def test_names_outside_the_basic_plane_survive() -> None:
    assert Party.objects.filter(kind=PartyKind.CITIZEN, name__in=["𠮷演示", "䶮示例", "阿依·演示"]).count() == 3


def test_every_role_has_an_account_with_the_one_password() -> None:
    held = {role for user in User.objects.all() for role in user.roles}
    assert held == {role.value for role in Role}
    assert User.objects.get(username="officer1").check_password(PASSWORD)
    assert len(set(User.objects.values_list("password", flat=True))) == 1


def test_officers_certificates() -> None:
    today = clock.today()
    officers = User.objects.filter(roles__contains=[Role.OFFICER])
    valid = set(Certificate.objects.valid_on(today).values_list("user", flat=True))
    assert officers.filter(pk__in=valid).count() == 5
    assert [user.username for user in officers.exclude(pk__in=valid)] == ["officer6"]
    assert officers.filter(pk__in=valid).values("unit").distinct().count() == 2


def test_amounts_lie_in_the_range_of_the_benchmark() -> None:
    chosen = list(Discretion.objects.exclude(amount=None))  # a warning has none
    assert len({row.case.item_code for row in chosen}) >= 7
    for row in chosen:
        assert row.minimum is not None
        assert row.maximum is not None
        assert row.amount is not None
        assert row.minimum <= row.amount <= row.maximum
        assert not row.needs_confirmation


def test_no_officer_is_in_two_transcripts_at_once() -> None:
    rows = Transcript.objects.all()
    for officer in User.objects.filter(roles__contains=[Role.OFFICER]):
        mine = sorted(
            (one.started_at, one.ended_at)
            for one in rows
            if officer.pk in (one.first_officer_id, one.second_officer_id)
        )
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(mine))


def test_defences_returns_and_servings_of_each_kind() -> None:
    kinds = set(Defence.objects.values_list("kind", "is_adopted"))
    assert {("waiver", None), ("none", None), ("oral", True), ("oral", False), ("oral", None)} <= kinds
    assert Case.objects.exclude(returned_reason="").count() >= 2
    assert set(Serving.objects.values_list("method", flat=True)) == {"direct", "left", "mail", "public"}


def test_some_deadlines_are_near_and_some_over() -> None:
    running = Deadline.objects.filter(state=DeadlineState.RUNNING)
    duties = [limit for limit in running if not LIMITS[limit.code].lapses]
    lights = {line.light.state for line in limit_lines(duties)}
    assert {LightState.OVERDUE, LightState.URGENT, LightState.NORMAL} <= lights


def test_a_published_decision_has_no_open_publication_limit() -> None:
    open_limits = Deadline.objects.filter(code="pub-7wd", state=DeadlineState.RUNNING)
    assert not open_limits.filter(case__disclosed_on__isnull=False).exists()
    assert open_limits.filter(case__disclosed_on__isnull=True).count() == 8


def test_dates_rise_with_case_numbers_and_nothing_lies_ahead() -> None:
    filed = [case.filed_on for case in Case.objects.exclude(case_no=None).order_by("case_no") if case.filed_on]
    assert len(filed) == 40
    assert filed == sorted(filed)
    assert (filed[-1] - filed[0]).days > 60
    now = clock.now()
    assert not Case.objects.filter(updated_at__gt=now).exists()
    assert not Document.objects.filter(sealed_at__gt=now).exists()


def test_no_number_stands_twice_in_the_public_register() -> None:
    numbers = list(DisclosureRecord.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) == 63


def test_records_and_their_messages() -> None:
    published = DisclosureRecord.objects.filter(state=RecordState.PUBLISHED)
    expired = DisclosureRecord.objects.filter(state=RecordState.EXPIRED)  # as the calendar would have ended them
    assert published.count() + expired.count() == 54
    assert DisclosureRecord.objects.filter(state=RecordState.WITHDRAWN).count() == 1
    assert min(published.count(), expired.count()) >= 5
    assert not expired.filter(display_until__gte=clock.today()).exists()
    assert DisclosureRecord.objects.filter(state=RecordState.DRAFT).count() == 8
    assert Delivery.objects.count() == 56  # the withdrawn one was told twice
    assert not published.exclude(decision_id=None).filter(is_late=True).exists()


def test_patrols_give_the_phone_and_the_desk_something_to_do() -> None:
    assert set(PatrolShift.objects.values_list("state", flat=True)) == {"finished", "filed", "submitted"}
    assert findings_without_case(User.objects.get(username="officer2"))


def test_visits_give_the_first_officer_something_to_do() -> None:
    officer, moment = User.objects.get(username="officer1"), clock.now()
    assert [one.state for one in my_filings(officer, moment)] == ["filed"]
    tasks = sorted(one.kind for one in visit_tasks(officer, clock.today()))
    assert tasks == ["pending", "recheck", "sign", "tell"]


def test_the_boards_of_ratings_and_of_supervision_are_not_empty() -> None:
    assert RatingGroup.objects.count() == 2
    assert all(group.given >= 5 for group in RatingGroup.objects.all())
    assert SupervisionTicket.objects.filter(state="open").count() == 1
    shown = Client().get(reverse("public-ratings")).content.decode()
    assert "执法一中队" in shown


def test_accounts_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo_accounts")
    printed = capsys.readouterr().out
    assert PASSWORD in printed
    for user in User.objects.all():
        assert f"{user.username} " in printed
        assert user.full_name in printed
    assert re.search(r"leader1\s+郭示例\s+中队长\s+执法一中队", printed)
    assert re.search(r"officer6 .*证件已过期", printed)


def test_a_filled_database_is_left_alone_without_again() -> None:
    before = (User.objects.count(), DisclosureRecord.objects.count())
    with pytest.raises(CommandError, match="已经有人员"):
        call_command("seed_demo")
    assert (User.objects.count(), DisclosureRecord.objects.count()) == before


def test_again_adds_decisions_only() -> None:
    before = DisclosureRecord.objects.count()
    call_command("seed_demo", again=True, scale=5, verbosity=0)
    assert DisclosureRecord.objects.count() == before + 5
    assert User.objects.count() == 22
    numbers = list(DisclosureRecord.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers))


def test_units() -> None:
    assert set(Unit.objects.filter(kind="squad").values_list("name", flat=True)) == {"执法一中队", "执法二中队"}
    assert Unit.objects.get(kind="authority").uscc == "11220322MB0T00015M"


def test_one_visit_has_all_its_papers_and_its_result_was_told(seeded: Seeded) -> None:
    telling = ResultTelling.objects.select_related("filing").get()
    made = set(InspectionDocument.objects.filter(filing=telling.filing).values_list("code", flat=True))
    assert made == {kind.code for kind in PAPERS}


@pytest.fixture(scope="module")
def papers(db: Seeded) -> list[Paper]:
    """What ``contact_sheet`` would show."""
    return [*newest_papers(), *newest_volume_papers(), *newest_inspection_papers()]


def test_every_form_has_a_paper_with_every_label_in_order(papers: list[Paper]) -> None:
    assert {one.kind.code for one in papers} == {kind.code for kind in (*CATALOGUE, *VOLUME_PAPERS, *PAPERS)}
    assert len({one.kind.doc_id for one in papers}) == 74
    for one in papers:
        says_its_labels_in_order(one.kind, _numbered(one, body_of(one.html)))


def test_opinions_on_a_form_are_dated_in_the_order_of_its_cells(db: Seeded) -> None:
    """Handler, agency, legal section, head: nobody signs before the one above him."""
    forms = [one for one in Document.objects.all() if one.data.get("opinions")]
    assert {"penalty_approval", "measure_approval", "enforcement_form", "extension_approval"} <= {
        one.code for one in forms
    }
    for one in forms:
        days = [cell["opinion"]["signed_on"] for cell in one.data["opinions"] if cell["opinion"]["signed_on"]]
        numbers = [tuple(int(part) for part in re.findall(r"\d+", day)) for day in days]
        assert numbers == sorted(numbers), (one.title, days)


@pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")
def test_the_papers_say_their_fields_in_expected_fonts(papers: list[Paper]) -> None:
    """Drawing refuses by itself what is no PDF/A-3b, carries or links anything, or asks for an address."""
    for one in papers:
        made = render(one.html, title=one.kind.title, number=one.number or None, at=one.at)
        text = squeezed(made)
        said = _numbered(one, text)
        assert [field.label for field in one.kind.fields if re.sub(r"\s", "", field.label) not in said] == []
        flowing = _without_head_and_foot(one, text)
        assert [words for words in _printed_words(one) if words not in flowing] == []
        assert all(fonts.is_expected(name) for name in base_fonts(made)), one.kind.title


def _numbered(one: Paper, text: str) -> str:
    """A report that came before the filing carries the clue's number in the place of the 案号."""
    return text if one.kind.is_kept else text.replace("线索编号：", "案号：", 1)


def _without_head_and_foot(one: Paper, text: str) -> str:
    """A paragraph may begin on one page and end on the next."""
    marks = re.search(r'data-title="([^"]*)" data-no="([^"]*)"', one.html)
    head = re.escape(re.sub(r"\s", "", html.unescape("".join(marks.groups())))) if marks else ""
    return re.sub(rf"(?:{head})?(?:被询问人签名：询问人签名：年月日)?第\d+页共\d+页", "", text)


def _printed_words(one: Paper) -> Iterator[str]:
    """Whatever stands between two tags of the body: the values of the fields among them."""
    words = re.split(r"<[^>]*>", one.html.partition("<body")[2].partition(">")[2])
    return (text for piece in words if (text := re.sub(r"\s", "", html.unescape(piece))))

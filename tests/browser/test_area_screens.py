"""Every page of the inspections, of the phone and of the numbered blank forms on a phone of 360 px in the three ways of
reading. The list is complete: an address of the area that is neither looked at nor said to be no page fails here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import resolve, reverse
from playwright.sync_api import Page

from cases import urls as case_urls
from cases.actions import blanks
from inspections import urls
from inspections.actions import officers as officer_actions
from inspections.actions.caps import save_cap_rule
from inspections.actions.catalogues import save_power
from inspections.actions.delegations import NewDelegation, delegate_approval
from inspections.actions.documents import record_questioning
from inspections.actions.filings import approve_inspection
from inspections.actions.merging import merge_subjects
from inspections.actions.passes import issue_pass
from inspections.actions.ratings import hand_over_ratings, release_ratings
from inspections.actions.shifts import approve_shift
from inspections.actions.subjects import register_subject
from inspections.actions.suspending import suspend_inspection
from inspections.actions.units import save_unit
from inspections.actions.visits import start_inspection
from inspections.actions.white_list import put_on_white_list
from inspections.documents.contexts.typed import Person, Questioning
from inspections.documents.render import OUTPUT
from inspections.models import InspectionDocument, InspectionFiling, InspectionMatter, QueuedItem, SupervisionTicket
from inspections.queries.draws import drawn_rows
from lishu_law import clock
from lishu_law.registry.models import Certificate, SupervisedSubject
from tests.browser.test_visit_walk import Walker
from tests.cast import make_cast
from tests.inspections.browsing import client_of, picture, typed_check
from tests.inspections.draw_scenes import (
    PUBLISHED_AT,
    drawn,
    enrol,
    frozen,
    make_objects,
    officers,
    prepared,
    published,
)
from tests.inspections.filing_calls import CLUE, days_later, finished, who
from tests.inspections.loading.files import company, csv_file, received
from tests.inspections.phones import Phone
from tests.inspections.rating_scenes import BAD, FAIR, GOOD, RATED_AT, RELEASED_AT, ended_visits, rated, supervisor
from tests.inspections.scenes import (
    FILED_AT,
    STOP_AT,
    VISIT_FROM,
    Scene,
    filed_filing,
    filed_shift,
    make_scene,
    recorded_check,
    submitted_filing,
    submitted_shift,
)
from tests.inspections.test_register_actions import details_of, profiled
from tests.inspections.test_units import VALUES as ENTRUSTED
from tests.spot_scenes import SPOT_AT, spot_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STOPPED = STOP_AT + timedelta(minutes=30)
AT_SITE = VISIT_FROM + timedelta(hours=1)
LATER = datetime(2026, 4, 17, 2, 0, tzinfo=UTC)
OFFICE = FILED_AT + timedelta(hours=1)
Pages = list[
    tuple[str, str, datetime, list[Any]]
]  # name of the address, who looks (nobody: the public), when, its parts

# What answers with a file, a word or data, or only takes a submit: nothing to look at.
NO_PAGE = frozenset({
    "filing-attachment", "paper-pdf", "paper-draft", "officer-absence-cancel", "officer-conflict-cancel", "import-template",
    "import-drop", "import-faults", "phone-worker", "phone-manifest", "phone-queue-send", "phone-queue-piece",
    "phone-queue-state", "phone-queue-key", "phone-queue-file", "mobile-check-photo", "certificate-word",
    "filing-certificate-word", "filing-code-word", "filing-photo", "filing-signature", "draw-program", "public-draw-archive",
    "public-draw-file", "board-file", "blank-print", "blank-scan", "paper-signed-pdf", "paper-signed-scan", "paper-sign",
})  # fmt: skip


def area() -> set[str]:
    """Names of every address of the area."""
    own = {str(one.name) for one in urls.urlpatterns}
    return own | {str(one.name) for one in case_urls.urlpatterns if str(one.name).startswith(("blank-", "case-paper-"))}


def on_patrol(scene: Scene) -> Pages:
    """The shift, its stops, what the phone sent, the card."""
    lead, squad = scene.cast.lead, "squadleader"
    shift = filed_shift(scene.cast)
    check = recorded_check(scene, shift)
    second = {"planned_from": FILED_AT + timedelta(days=2), "planned_to": FILED_AT + timedelta(days=2, hours=5)}
    waiting = submitted_shift(scene.cast, **second)
    third = {"planned_from": FILED_AT + timedelta(days=4), "planned_to": FILED_AT + timedelta(days=4, hours=5)}
    back = submitted_shift(scene.cast, **third)
    approve_shift(
        shift_id=back.pk, version=None, by=scene.cast.squad_leader, agree=False, opinion="换路段", at=FILED_AT
    )
    with time_machine.travel(STOPPED, tick=False):
        phone = Phone(client_of(lead))
        phone.fetch_key()
        typed = typed_check(scene, photos=picture(), plate="吉C54321")
        phone.send(
            phone.write(reverse("mobile-record", args=[shift.shift_no]), typed, STOPPED, key_id="0" * 32), STOPPED
        )
    code = issue_pass(by=lead, at=STOPPED).token
    number, stop = [shift.shift_no], [check.check_code]
    return [
        ("mobile-home", "lead", STOPPED, []), ("mobile-shift", "lead", STOPPED, number),
        ("mobile-record", "lead", STOPPED, number), ("mobile-check", "lead", STOPPED, stop),
        ("mobile-check-case", "lead", STOPPED, stop), ("mobile-check-summary", "lead", STOPPED, stop),
        ("phone-queue", "lead", STOPPED, []), ("phone-queue-item", "lead", STOPPED, [QueuedItem.objects.get().receipt]),
        ("certificate-mine", "lead", STOPPED, []), ("phone-offline", "", STOPPED, []),
        ("certificate", "", STOPPED, [code]), ("shift", "lead", STOPPED, number), ("shift-finish", "lead", STOPPED, number),
        ("inspection-home", "lead", OFFICE, []), ("shift-new", "lead", OFFICE, []),
        ("shift-approve", squad, OFFICE, [waiting.shift_no]), ("shift-refile", "lead", OFFICE, [back.shift_no]),
    ]  # fmt: skip


def visited(scene: Scene, entry: SupervisedSubject, number: int, end: str = "") -> InspectionFiling:
    """A visit ``number`` days after the first one, begun, and ended with the result ``end``."""
    row = filed_filing(scene, entry, **days_later(number))
    start_inspection(**who(row, scene.cast.lead), how="code", at=row.window_from + timedelta(minutes=5))
    if end:
        finished(scene, row, end, at=row.window_from + timedelta(minutes=50))
    row.refresh_from_db()
    return row


def questioned(scene: Scene, filing: InspectionFiling) -> InspectionDocument:
    """The transcript of a questioning at this visit, drawn and waiting for its signatures."""
    filing.refresh_from_db()
    begun = filing.window_from + timedelta(minutes=10)
    answers = (("您是谁？", "我叫示例丁，是公司的安全员。"), ("为什么没有苫盖？", "出门前才盖。"))
    made = Questioning(
        begun, begun + timedelta(minutes=20), "梨树县梨树镇示例路1号", scene.cast.lead, scene.cast.assistant,
        "pending", person=Person(name="示例丁", relation="从业人员"), answers=answers,
    )  # fmt: skip
    paper = record_questioning(**who(filing, scene.cast.lead), made=made, at=begun + timedelta(hours=1))
    assert OUTPUT.render_one(paper.pk)
    return paper


def on_visits(scene: Scene) -> Pages:
    """A visit in each of its states, its papers, what is noted beside it."""
    cast, objects = scene.cast, make_objects(8)
    filed = filed_filing(scene, objects[0])
    running, halted = visited(scene, objects[1], 1), visited(scene, objects[2], 2)
    suspend_inspection(
        **who(halted, cast.lead), reason="absent", note="负责人去接货", at=halted.window_from + timedelta(minutes=10)
    )
    found, pending, ordered = (
        visited(scene, objects[number], number, end) for number, end in ((3, "R9"), (4, "R8"), (5, "R5"))
    )
    waiting = submitted_filing(scene, objects[6], **CLUE, **days_later(7))
    back = submitted_filing(scene, objects[7], **days_later(8))
    approve_inspection(**who(back, cast.squad_leader), agree=False, opinion="写明为什么到现场", at=FILED_AT)
    given = NewDelegation(
        cast.squad, cast.third_officer, "示例委托1号", clock.local(OFFICE).date(), clock.local(LATER).date()
    )
    delegated = delegate_approval(by=cast.squad_leader, given=given, at=OFFICE)
    issue_pass(by=cast.lead, filing_id=filed.pk, at=AT_SITE)

    def at_site(row: Any, *names: str) -> Pages:
        return [(name, "lead", row.window_from + timedelta(hours=1), [row.reference]) for name in names]

    return [
        *at_site(filed, "mobile-filing", "filing-certificate", "filing-code", "filing-start", "filing-cancel"),
        *at_site(running, "filing-suspend", "filing-finish"), *at_site(halted, "filing-resume"),
        *at_site(found, "filing", "filing-case", "filing-summary", "filing-sign", "result-tell", "filing-papers"),
        *at_site(pending, "filing-pending"), *at_site(ordered, "filing-recheck"),
        *at_site(filed, "filing-provincial"), *at_site(back, "filing-refile"),
        ("paper", "lead", LATER, [found.reference, found.documents.order_by("id")[0].pk]),
        ("paper-sign-seat", "lead", LATER, [found.reference, questioned(scene, found).pk, 1]),
        ("paper-make", "lead", running.window_from + timedelta(hours=1), [running.reference, "questioning"]),
        ("paper-forms", "reviewer", OFFICE, []), ("paper-set", "lead", OFFICE, []),
        ("filing-new", "lead", OFFICE, []), ("filing-urgent", "lead", OFFICE, []), ("filing-late", "lead", OFFICE, []),
        ("filing-approve", "squadleader", OFFICE, [waiting.reference]),
        ("filing-consent", "reviewer", OFFICE, [waiting.reference]),
        ("filing-crossregion", "reviewer", OFFICE, [waiting.reference]),
        ("results-publish", "checker", LATER, []), ("public-results", "", LATER, []),
        ("filing-notable", "deputy", OFFICE, []), ("delegation-list", "squadleader", OFFICE, []),
        ("delegation-end", "squadleader", OFFICE, [delegated.pk]), ("verify", "", AT_SITE, [filed.token]),
        ("complaint", "", AT_SITE, [filed.token]),
    ]  # fmt: skip


def in_registers(scene: Scene) -> Pages:
    """Objects, officers, matters, caps, powers, imports."""
    cast, today = scene.cast, clock.local(OFFICE).date()
    kept = register_subject(by=cast.lead, details=details_of(employees=12))
    gone = register_subject(by=cast.lead, details=details_of(industry="道路客运", longitude=124, latitude=43))
    merge = merge_subjects(by=cast.squad_leader, kept_no=kept.object_no, merged_no=gone.object_no, reason="重复录入")
    listing = put_on_white_list(
        by=cast.head, object_no=kept.object_no, from_on=today, to_on=today + timedelta(days=90), basis="示例公告1号"
    )
    other = register_subject(by=cast.lead, details=details_of(kind="site", name="示例砂石料场", industry="超限源头"))
    number = profiled(scene)
    officer_actions.record_absence(by=cast.head, staff_number=number, kind="leave", from_on=today, to_on=today)
    entry = SupervisedSubject.objects.get(object_no=kept.object_no)
    officer_actions.record_conflict(by=cast.head, staff_number=number, on=entry, reason="relative", from_on=today)
    cap = save_cap_rule(by=cast.reviewer, values={
        "industry": "道路货运", "risk_class": "", "most": 1, "not_counted": ["superior"], "basis": "示例公告1号",
        "is_confirmed": False, "valid_from": today, "valid_to": None,
    })  # fmt: skip
    power = save_power(by=cast.reviewer, values={
        "code": "1", "name": "对示例行为的处罚", "kind": "penalty", "basis": "《中华人民共和国公路法》", "body": "梨树县交通运输局",
        "published_on": today, "valid_from": today,
    })  # fmt: skip
    unit = save_unit(by=cast.reviewer, values=ENTRUSTED)
    load = received(cast.squad_leader, csv_file([company(1), company(2, 地址="")]))
    matter = InspectionMatter.objects.earliest("pk")
    held = Certificate.objects.get(user__staff_number=number)
    which, one = [matter.item_code, str(matter.valid_from)], [kept.object_no]
    return [
        (name, user, OFFICE, parts) for name, user, parts in (
            ("subject-list", "lead", []), ("subject-new", "lead", []), ("subject", "lead", one), ("subject-edit", "lead", one),
            ("subject-licence", "lead", one), ("subject-merge", "squadleader", one),
            ("subject-white-list", "head", [other.object_no]), ("merge-undo", "squadleader", [merge.pk]),
            ("white-list-remove", "head", [listing.pk]), ("officer-list", "head", []), ("officer", "head", [number]),
            ("officer-edit", "head", [number]), ("officer-photo", "head", [number]), ("officer-absence", "head", [number]),
            ("officer-conflict", "head", [number]), ("officer-certificate", "head", [number]),
            ("officer-certificate-revoke", "head", [number, held.pk]), ("officer-year", "head", [number]),
            ("matter-list", "lead", []), ("matter-new", "reviewer", []), ("matter", "lead", which),
            ("matter-edit", "reviewer", which), ("cap-list", "reviewer", []), ("cap-new", "reviewer", []),
            ("cap-edit", "reviewer", [cap.pk]), ("power-list", "reviewer", []), ("power-new", "reviewer", []),
            ("power-edit", "reviewer", [power.pk]), ("import-new", "squadleader", ["objects"]),
            ("import", "squadleader", [load.reference]), ("import-order", "squadleader", [load.reference]),
            ("public-powers", "", []), ("public-white-list", "", []), ("inspection-plans", "head", []),
            ("unit-list", "lead", []), ("unit-new", "reviewer", []), ("unit-edit", "reviewer", [unit.code]),
            ("public-units", "", []),
        )
    ]  # fmt: skip


def on_draws(scene: Scene) -> Pages:
    make_objects(20)
    enrol(*officers(scene))
    done, at = published(scene), PUBLISHED_AT + timedelta(hours=1)
    ready, closed, made = prepared(scene), frozen(scene), drawn(scene)
    first = drawn_rows(done)[0].object_no
    return [
        (name, user, at, parts) for name, user, parts in (
            ("draw-list", "squadleader", []), ("draw-new", "squadleader", []), ("draw", "squadleader", [done.draw_no]),
            ("draw-edit", "squadleader", [ready.draw_no]), ("draw-freeze", "squadleader", [ready.draw_no]),
            ("draw-run", "squadleader", [closed.draw_no]), ("draw-publish", "checker", [made.draw_no]),
            ("draw-results", "checker", [done.draw_no]), ("draw-void", "head", [ready.draw_no]),
            ("draw-redraw", "squadleader", [done.draw_no, first]), ("public-draws", "", []),
            ("public-draw", "", [done.draw_no]),
        )
    ]  # fmt: skip


def on_ratings(scene: Scene) -> Pages:
    supervisor(scene)
    rows = ended_visits(scene, 6)
    for row, answers in zip(rows, (GOOD, GOOD, GOOD, FAIR, FAIR, BAD), strict=True):
        rated(row, answers)
    hand_over_ratings(by=None, at=RELEASED_AT)
    release_ratings(by=None, at=RELEASED_AT)
    ticket = [SupervisionTicket.objects.get().ticket_no]
    return [
        ("rate", "", RATED_AT, [rows[5].token]), ("public-ratings", "", LATER, []), ("ticket-list", "supervisor", LATER, []),
        ("ticket", "supervisor", LATER, ticket), ("rating-list", "supervisor", LATER, []), ("board", "head", LATER, []),
        ("ticket-acknowledge", "reviewer", LATER, ticket), ("ticket-answer", "reviewer", LATER, ticket),
        ("ticket-escalate", "reviewer", LATER, ticket),
    ]  # fmt: skip


def on_blanks(scene: Scene) -> Pages:
    cast, at = scene.cast, SPOT_AT + timedelta(hours=4)
    lease = blanks.lease_numbers(by=cast.squad_leader, holder=cast.lead, count=3, at=SPOT_AT - timedelta(hours=2))
    blanks.void_blank(blank_id=lease.numbers.get(serial=1).pk, by=cast.lead, reason="填写错误，当场重开", at=SPOT_AT)
    case = spot_at("heard", cast, hours=1).case
    block = [lease.reference]
    return [
        ("blank-list", "squadleader", at, []), ("blank-set", "lead", at, ["summary"]), ("blank-lease-new", "squadleader", at, []),
        ("blank-lease", "lead", at, block), ("blank-take-back", "squadleader", at, block),
        ("blank-void", "lead", at, [*block, 2]), ("blank-allow-late", "squadleader", at, [*block, 2]),
        ("case-paper-decision", "lead", at, [case.clue_no]),
    ]  # fmt: skip


WORLDS: dict[str, tuple[Callable[[Scene], Pages], datetime]] = {
    "patrol": (on_patrol, STOPPED), "visits": (on_visits, AT_SITE), "registers": (in_registers, OFFICE),
    "draws": (on_draws, PUBLISHED_AT), "ratings": (on_ratings, RELEASED_AT), "blanks": (on_blanks, SPOT_AT),
}  # fmt: skip
LOOKED_AT: dict[str, frozenset[str]] = {
    "patrol": frozenset({
        "mobile-home", "mobile-shift", "mobile-record", "mobile-check", "mobile-check-case", "mobile-check-summary",
        "phone-queue", "phone-queue-item", "certificate-mine", "phone-offline", "certificate", "shift", "shift-finish",
        "inspection-home", "shift-new", "shift-approve", "shift-refile",
    }),
    "visits": frozenset({
        "mobile-filing", "filing-certificate", "filing-code", "filing-start", "filing-cancel", "filing-suspend",
        "filing-finish", "filing-resume", "filing", "filing-case", "filing-summary", "filing-sign", "result-tell",
        "filing-pending", "filing-recheck", "filing-provincial", "filing-refile", "filing-papers", "paper", "paper-make",
        "paper-sign-seat",
        "paper-forms", "paper-set", "filing-new", "filing-urgent", "filing-late", "filing-approve", "filing-consent",
        "filing-crossregion", "filing-notable", "delegation-list", "delegation-end", "verify", "complaint",
        "results-publish", "public-results",
    }),
    "registers": frozenset({
        "subject-list", "subject-new", "subject", "subject-edit", "subject-licence", "subject-merge", "subject-white-list",
        "merge-undo", "white-list-remove", "officer-list", "officer", "officer-edit", "officer-photo", "officer-absence",
        "officer-conflict", "officer-certificate", "officer-certificate-revoke", "officer-year", "matter-list",
        "matter-new", "matter", "matter-edit", "cap-list", "cap-new", "cap-edit", "power-list", "power-new", "power-edit",
        "import-new", "import", "import-order", "public-powers", "public-white-list", "inspection-plans",
        "unit-list", "unit-new", "unit-edit", "public-units",
    }),
    "draws": frozenset({
        "draw-list", "draw-new", "draw", "draw-edit", "draw-freeze", "draw-run", "draw-publish", "draw-results",
        "draw-void", "draw-redraw", "public-draws", "public-draw",
    }),
    "ratings": frozenset({
        "rate", "public-ratings", "ticket-list", "ticket", "rating-list", "board", "ticket-acknowledge", "ticket-answer",
        "ticket-escalate",
    }),
    "blanks": frozenset({
        "blank-list", "blank-set", "blank-lease-new", "blank-lease", "blank-take-back", "blank-void", "blank-allow-late",
        "case-paper-decision",
    }),
}  # fmt: skip


def test_no_address_of_the_area_is_forgotten() -> None:
    looked_at = frozenset().union(*LOOKED_AT.values())
    assert sum(map(len, LOOKED_AT.values())) == len(looked_at)
    assert not looked_at & NO_PAGE
    assert looked_at | NO_PAGE == area()


@pytest.mark.parametrize("world", WORLDS)
def test_every_page_in_the_three_ways_of_reading(
    world: str,
    open_page: Callable[..., Page],
    keep_screenshot: Callable[[Page, str], None],
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.DEMO, settings.MEDIA_ROOT = True, tmp_path / "media"
    build, moment = WORLDS[world]
    with time_machine.travel(moment, tick=True):
        pages = build(make_scene(make_cast()))
    assert {name for name, *_rest in pages} == LOOKED_AT[world]
    faults: dict[str, list[str]] = {}
    for at in dict.fromkeys(at for _name, _user, at, _parts in pages):
        with time_machine.travel(at, tick=True):
            for user in dict.fromkeys(user for _name, user, when, _parts in pages if when == at):
                walker = Walker(open_page(width=360), keep_screenshot)
                if user:
                    walker.sign_in(user)
                for name, _user, _at, parts in (one for one in pages if one[1:3] == (user, at)):
                    look(walker, name, parts)
                faults |= walker.faults
    assert {name: found for name, found in faults.items() if found} == {}


def look(walker: Walker, name: str, parts: list[Any]) -> None:
    answer = walker.page.goto(reverse(name, args=parts))
    assert answer is not None
    shown = resolve("/" + walker.page.url.split("/", 3)[3].partition("?")[0]).url_name
    assert (name, answer.status, shown) == (name, 200, name)
    walker.look(name)

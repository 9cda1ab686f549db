"""Pages of the acts in ``cases/procedure/steps/measures.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from cases.actions import custody, incidents, measures, measures_ending, measures_running
from cases.actions.custody import HandOver
from cases.actions.investigation import NewTranscript
from cases.actions.measure_checks import SCOPE_QUESTIONS
from cases.actions.measures import NewMeasure, OnTheSpot, Registered
from cases.actions.persons import find_or_add_person
from cases.forms import measures as forms
from cases.forms.execution import DecideForm
from cases.forms.investigation import PersonPart
from cases.models import Measure
from cases.procedure.steps import BY_CODE
from cases.queries.find import OpenedCase
from cases.views.frame import CaseAct, opened, perform
from cases.views.investigation import other_officers, stored
from cases.views.measure_known import incident_lines, known_lines
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.errors import NotFound

# Both show what is known of the measure before anything is signed or entered.
APPROVAL, KNOWN = "cases/approve.html", "cases/part_act.html"
View = Callable[..., HttpResponse]


def _now() -> str:
    return clock.local(clock.now()).strftime("%Y-%m-%d %H:%M")


def measure_in(found: OpenedCase) -> Measure:
    """The measure of the address with its things."""
    measure = Measure.objects.filter(case=found.case, pk=found.loaded.facts.focus or 0).first()
    if measure is None:
        raise NotFound
    return measure


def _vehicle(found: OpenedCase) -> dict[str, Any]:
    """The vehicle of the case as the first thing of the list."""
    vehicle = found.case.vehicle
    if vehicle is None:
        return {}
    return {"item_1_name": vehicle.plate, "item_1_specification": vehicle.type_name, "item_1_quantity": "1 辆"}


def _planned(measure: Measure) -> dict[str, Any]:
    """The things asked for, to be counted again on the spot."""
    found: dict[str, Any] = {}
    more = []
    for number, item in enumerate(measure.items.order_by("pk"), start=1):
        if number > forms.ROWS:
            more.append("，".join((item.name, item.specification, item.quantity, item.condition)))
            continue
        for part in ("name", "specification", "quantity", "condition"):
            found[f"item_{number}_{part}"] = getattr(item, part)
    return {**found, "more_items": "\n".join(more)}


def _receiver(found: OpenedCase) -> dict[str, Any]:
    party = found.case.party
    if party is None:
        return {}
    is_organisation = party.kind == "organisation"
    return {
        "receiver_name": party.person_name if is_organisation else party.name,
        "relation": "representative" if is_organisation else "self",
    }


@requires("case.request_measure")
def request_preservation(request: HttpRequest, clue_no: str) -> HttpResponse:
    def run(*, vanish: Any, reason: str, items: Any, **data: Any) -> Any:
        new = NewMeasure("preservation", reason, items)
        return measures.request_preservation(new=new, vanish_answer=vanish, **data)

    act = CaseAct(
        "request_preservation", forms.PreservationRequestForm, run, "报负责人审批", "已报负责人审批。批准前不能实施。"
    )
    return perform(request, opened(request, clue_no), act)


def _asked(data: dict[str, Any], items: Any) -> NewMeasure:
    return NewMeasure(
        data.pop("kind"), data.pop("reason"), items, data.pop("power"), data.pop("power_fits"), data.pop("minor")
    )


@requires("case.request_measure")
def request_measure(request: HttpRequest, clue_no: str) -> HttpResponse:
    def run(*, items: Any, **data: Any) -> Any:
        new = _asked(data, items)
        return measures.request_measure(new=new, **data)

    found = opened(request, clue_no)
    act = CaseAct(
        "request_measure", forms.MeasureRequestForm, run, "报负责人审批", "已报负责人审批。批准前不能实施。",
        template="cases/measure.html", initial=_vehicle(found),
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.take_measure")
def take_preservation(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)

    def run(*, case_id: int, version: int, by: Any, part_id: int, **data: Any) -> Any:
        return measures.take_preservation(
            case_id=case_id, version=version, by=by, part_id=part_id, new=Registered(**data)
        )

    act = CaseAct(
        "take_preservation", forms.PreservationForm, run, "登记保存并生成清单",
        "已登记保存，清单已生成。七个工作日内要处理，期满自动解除。",
        initial={
            "taken_at": _now(), "place": found.case.place, **_planned(measure_in(found)), **_receiver(found),
        },
        form_arguments={"assistants": other_officers(found, request)},
    )  # fmt: skip
    return perform(request, found, act)


def _on_the_spot(case_id: int, by: Any, data: dict[str, Any]) -> OnTheSpot:
    """What was typed on the spot as the action's argument; the rest stays in ``data``."""
    known = {name.removeprefix("person_"): data.pop(name, "") for name in PersonPart.PERSON_FIELDS[1:]}
    person = data.pop("person")
    if person is None and known["name"]:
        person = find_or_add_person(case_id, **known)
    file = stored(data.pop("file"), by)
    own = {name: data.pop(name) for name in ("started_at", "ended_at", "place", "second_officer", "licence_shown")}
    words = {name: data.pop(name) for name in ("rights_told", "signing", "body", "refusal_note", "witness_name")}
    record = NewTranscript(person=person, file=file, **own, **words)
    spot = {
        name: data.pop(name)
        for name in (
            "items", "party_present", "reasons_told", "statement", "is_handed_over", "receiver_name", "relation",
            "video_reference", "kept_at",
        )
    }  # fmt: skip
    return OnTheSpot(record=record, answers={code: data.pop(code) for code in SCOPE_QUESTIONS}, **spot)


def _spot_act(request: HttpRequest, found: OpenedCase, code: str, form: Any, run: Any, **initial: Any) -> CaseAct:
    done = "措施已实施，决定书和清单、现场笔录已生成。请在 24 小时内移交保管。"
    return CaseAct(
        code, form, run, "实施并生成决定书", done, template="cases/measure.html",
        initial={
            "started_at": _now(), "place": found.case.place, "body": found.case.summary, **_receiver(found), **initial,
        },
        form_arguments={"assistants": other_officers(found, request), "persons": found.case.persons.all()},
    )  # fmt: skip


@requires("case.take_measure")
def take_measure(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)

    def run(*, case_id: int, version: int, by: Any, part_id: int, **data: Any) -> Any:
        new = _on_the_spot(case_id, by, data)
        return measures.take_measure(case_id=case_id, version=version, by=by, part_id=part_id, new=new)

    planned = _planned(measure_in(found))
    return perform(request, found, _spot_act(request, found, "take_measure", forms.SpotForm, run, **planned))


@requires("case.take_measure")
def take_measure_urgent(request: HttpRequest, clue_no: str) -> HttpResponse:
    """Made for the road: everything of the spot on one page, nothing asked for twice."""
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, urgent_reason: str, **data: Any) -> Any:
        new = _on_the_spot(case_id, by, data)
        return measures.take_measure_urgent(
            case_id=case_id, version=version, by=by, urgent_reason=urgent_reason, new=new,
            asked=_asked(data, new.items),
        )  # fmt: skip

    act = _spot_act(request, found, "take_measure_urgent", forms.UrgentForm, run, **_vehicle(found))
    return perform(request, found, replace(act, done="已紧急实施。请在 24 小时内报负责人补办批准，并移交保管。"))


def plain(code: str, form: Any, action: Any, submit: str, done: str, *, template: str = KNOWN) -> View:
    """The page of an act on one measure whose form is shaped like its action."""

    def view(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
        found = opened(request, clue_no, part_id)
        is_measure = BY_CODE[code].part == "measure"
        lines = known_lines(found, measure_in(found)) if is_measure else incident_lines(found)
        act = CaseAct(code, form, action, submit, done, template=template, context={"lines": lines})
        return perform(request, found, act)

    view.__name__ = code
    return requires(BY_CODE[code].action)(view)


def _decision(code: str, action: Any, done: str, form: Any = DecideForm) -> View:
    return plain(code, form, action, "签署审批意见", done, template=APPROVAL)


def _keeping(code: str, form: Any, action: Any, submit: str, done: str) -> View:
    """The custodian's pages: who gave what to whom."""

    def run(*, case_id: int, version: int, by: Any, part_id: int, **data: Any) -> Any:
        names = ("at", "handed_by", "received_by", "place", "condition")
        proof = stored(data.pop("proof"), by)
        new = HandOver(proof=proof, **{name: data.pop(name) for name in names})
        if "custody" in data:
            data["custody_answer"] = data.pop("custody")
        return action(case_id=case_id, version=version, by=by, part_id=part_id, new=new, **data)

    def view(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
        found = opened(request, clue_no, part_id)
        measure, person = measure_in(found), str(request.user)
        first = measure.items.order_by("pk").first()
        initial = {"at": _now(), "place": first.kept_at if first else ""}
        initial |= {"received_by": person} if code == "hand_over_items" else {"handed_by": person}
        if code == "hand_over_items" and measure.first_officer:
            initial["handed_by"] = measure.first_officer.full_name
        if code == "return_items":
            initial["received_by"] = _receiver(found).get("receiver_name", "")
        lines = known_lines(found, measure)
        act = CaseAct(code, form, run, submit, done, initial=initial, template=KNOWN, context={"lines": lines})
        return perform(request, found, act)

    view.__name__ = code
    return requires(BY_CODE[code].action)(view)


ACTS: dict[str, View] = {
    "request_preservation": request_preservation,
    "approve_preservation": _decision(
        "approve_preservation", measures.approve_preservation, "先行登记保存审批已签署。"
    ),
    "take_preservation": take_preservation,
    "request_preservation_release": plain(
        "request_preservation_release", forms.ReleaseForm, measures_ending.request_preservation_release,
        "报负责人审批", "解除申请已报负责人审批。",
    ),
    "approve_preservation_release": _decision(
        "approve_preservation_release", measures_ending.approve_preservation_release, "解除审批已签署。"
    ),
    "request_measure": request_measure,
    "approve_measure": _decision("approve_measure", measures.approve_measure, "强制措施审批已签署。"),
    "take_measure": take_measure,
    "take_measure_urgent": take_measure_urgent,
    "approve_urgent_measure": _decision(
        "approve_urgent_measure", measures.approve_urgent_measure, "补办审批已签署。不批准的，措施已同时解除。",
        forms.UrgentDecideForm,
    ),
    "hand_over_items": _keeping(
        "hand_over_items", forms.ReceiveForm, custody.hand_over_items, "登记接收", "涉案财物已登记入账。"
    ),
    "request_measure_extension": plain(
        "request_measure_extension", forms.ExtensionForm, measures_running.request_measure_extension,
        "报负责人审批", "延长申请已报负责人审批。",
    ),
    "approve_measure_extension": _decision(
        "approve_measure_extension", measures_running.approve_measure_extension,
        "延长审批已签署。批准的，请尽快送达延长通知书。",
    ),
    "notify_testing": plain(
        "notify_testing", forms.TestingForm, measures_running.notify_testing, "生成期间告知书",
        "期间告知书已生成。送达当事人以后才能停止计时。",
    ),
    "send_for_testing": plain(
        "send_for_testing", forms.NothingForm, measures_running.send_for_testing, "确认已送检", "扣押期限已停止计时。"
    ),
    "finish_testing": plain(
        "finish_testing", forms.NothingForm, measures_running.finish_testing, "确认检测、鉴定结束",
        "扣押期限已恢复计时。",
    ),
    "request_lifting": plain(
        "request_lifting", forms.LiftingForm, measures_ending.request_lifting, "报负责人审批", "解除申请已报负责人审批。"
    ),
    "approve_lifting": _decision(
        "approve_lifting", measures_ending.approve_lifting, "解除审批已签署。批准的，请立即退还物品。"
    ),
    "issue_release": plain(
        "issue_release", forms.NothingForm, measures_ending.issue_release, "生成解除决定书",
        "解除决定书已生成，请送达并退还物品。",
    ),
    "return_items": _keeping(
        "return_items", forms.ReturnForm, custody.return_items, "登记退还", "物品已退还，台账已登记。"
    ),
    "publish_unclaimed": plain(
        "publish_unclaimed", forms.UnclaimedForm, custody.publish_unclaimed, "登记公告", "公告已登记，三个月期限开始计算。"
    ),
    "request_disposal": plain(
        "request_disposal", forms.DisposalForm, custody.request_disposal, "报负责人审批", "处理申请已报负责人审批。"
    ),
    "approve_disposal": _decision("approve_disposal", custody.approve_disposal, "处理审批已签署。"),
    "transfer_items": _keeping(
        "transfer_items", forms.HandOverForm, custody.transfer_items, "登记移送", "物品已随案移送，台账已登记。"
    ),
    "explain_incident": plain(
        "explain_incident", forms.ExplanationForm, incidents.explain_incident, "保存说明", "情况说明已记录。"
    ),
}  # fmt: skip

"""Pages of the summary procedure: from the roadside to the printed decision, one screen per step, one hand, no script.

Each page leads on to the next one; 返回 leads to the case, where everything stands as the task list has it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cases.actions import spot_collection, spot_decision, summary
from cases.actions.filing import NewClue
from cases.actions.investigation import NewEvidence
from cases.actions.paper_decision import PaperDecision
from cases.actions.summary import SceneNote
from cases.documents import contexts
from cases.forms import summary as forms
from cases.forms.serving import ClosingForm, EmptyForm, PaymentForm
from cases.models import Case
from cases.procedure.summary_facts import spot_limit
from cases.queries.blanks import open_blanks
from cases.queries.find import OpenedCase
from cases.views.discretion import answered, discretion_act
from cases.views.frame import CaseAct, must_declare, opened, perform
from cases.views.investigation import stored
from cases.views.party_acts import closing_words
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.documents.models import PdfState
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.web.acts import Act, act_page
from lishu_law.web.uploads import store_upload

# The screens of the scene, in order: what the counter on top of each page counts.
SCREENS = ("identify", "secure_evidence", "assess_on_spot", "tell_orally", "hear", "decide_on_spot", "hand_over")
PHONE = "cases/m_act.html"


@requires("case.open_summary")
def new_summary(request: HttpRequest) -> HttpResponse:
    """Without an inspection record before it: what was found, with whom."""

    def run(data: dict[str, Any], form: forms.SummaryForm) -> Case:
        clue = NewClue(source="inspection", received_at=data["act_at"], **form.facts())
        return summary.open_summary(
            by=request.user, assistant=data["assistant"], clue=clue, vehicle=form.vehicle_details
        )

    act = Act(
        title="当场处罚：记下现场发现", form_class=forms.SummaryForm, run=run, run_takes_form=True,
        done_url=lambda case: _page("identify", case), submit="记下，去查明身份",
        done_message=lambda case: f"线索 {case.clue_no} 已记下。请出示证件，查明当事人身份。",
        template="cases/m_open.html", initial={"act_at": clock.now()}, form_arguments={"user": request.user},
        back_url=reverse("case-list"),
    )  # fmt: skip
    return act_page(request, act)


def _page(code: str, case: Case) -> str:
    return reverse(f"case-{code}", args=[case.clue_no])


def on_scene(request: HttpRequest, found: OpenedCase, act: CaseAct) -> HttpResponse:
    """One screen of the scene: which one it is, and where it leads to."""
    place = SCREENS.index(act.code)
    act.template = PHONE if act.template == "cases/act.html" else act.template
    act.context = {
        "screen": place + 1, "screens": len(SCREENS), "screen_code": act.code, "turn_url": _turn_url(found),
        "must_declare": must_declare(request.user, found.loaded), **act.context,
    }  # fmt: skip
    act.done_url = act.done_url or _page(SCREENS[min(place + 1, len(SCREENS) - 1)], found.case)
    return perform(request, found, act)


def _turn_url(found: OpenedCase) -> str:
    is_before = found.loaded.facts.spot is not None and found.loaded.facts.decided_on is None
    return _page("turn_to_ordinary", found.case) if is_before else ""


@requires("case.identify")
def identify(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    driver = found.case.persons.order_by("id").first()
    act = CaseAct(
        "identify", forms.IdentifyForm, summary.identify, "身份已查明", "身份已查明。请现场取证。",
        template="cases/m_identify.html", form_arguments={"case": found.case, "driver": driver},
    )  # fmt: skip
    return on_scene(request, found, act)


@requires("case.secure_evidence")
def secure_evidence(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, photos: list[Any], late: Any, **note: Any) -> Any:
        case, now = found.case, clock.now()
        items = tuple(
            NewEvidence(
                "audiovisual", f"现场照片（{clock.local(now):%H:%M}-{number}）", f"证明{case.violation}"[:300], now,
                case.place[:200], file=store_upload(file, by), method="执法人员现场拍摄", medium="system",
            )
            for number, file in enumerate(photos, start=1)
        )  # fmt: skip
        return summary.secure_evidence(
            case_id=case_id, version=version, by=by, photos=items, note=SceneNote(**note), late=late
        )

    act = CaseAct(
        "secure_evidence", forms.SceneForm, run, "证据齐了，去裁量", "证据已保存。请裁量。",
        initial={"body": found.case.summary},
        context={"evidence": [item for item in found.loaded.evidence if item.voided_at is None]},
        template="cases/m_scene.html",
    )  # fmt: skip
    return on_scene(request, found, act)


def _assess(request: HttpRequest, clue_no: str, code: str, action: Any) -> HttpResponse:
    found = opened(request, clue_no)
    if (response := answered(request, found, code, fills=True)) is not None:
        return response
    act = discretion_act(request, found, code, action)
    act.form_class = forms.SpotDiscretionForm
    act.template, act.submit, act.done = "cases/m_assess.html", "保存，去告知", "裁量结果已保存。请口头告知当事人。"
    act.done_url = _page("tell_orally", found.case)
    act.context |= {"cap": _cap(found)}
    return on_scene(request, found, act) if code in SCREENS else perform(request, found, act)


def _cap(found: OpenedCase) -> Any:
    party = found.case.party
    return spot_limit(party.kind, clock.today()) if party else None


@requires("case.assess_on_spot")
def assess_on_spot(request: HttpRequest, clue_no: str) -> HttpResponse:
    return _assess(request, clue_no, "assess_on_spot", summary.assess_on_spot)


@requires("case.assess_on_spot")
def reassess(request: HttpRequest, clue_no: str) -> HttpResponse:
    return _assess(request, clue_no, "reassess", summary.reassess)


@requires("case.tell_orally")
def tell_orally(request: HttpRequest, clue_no: str) -> HttpResponse:
    """The words to read aloud, and one tick."""
    found = opened(request, clue_no)
    words = contexts.told_words(found.loaded, clock.today()) if found.loaded.part("discretion") else []
    act = CaseAct(
        "tell_orally", forms.TellForm, spot_decision.tell_orally, "已告知，听取意见", "口头告知已记录。",
        context={"words": words}, template="cases/m_tell.html",
    )  # fmt: skip
    return on_scene(request, found, act)


@requires("case.hear")
def hear(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct("hear", forms.HearForm, spot_decision.hear, "记下，去作决定", "当事人的意见已记录。")
    return on_scene(request, opened(request, clue_no), act)


@requires("case.decide_on_spot")
def decide_on_spot(request: HttpRequest, clue_no: str) -> HttpResponse:
    """Everything the decision will say, the way of payment, and the signature under it."""
    found = opened(request, clue_no)
    chosen = found.loaded.part("discretion")
    most = DEFAULT_PARAMETERS.number("simple_collect.maximum", clock.today())
    act = CaseAct(
        "decide_on_spot", forms.DecideForm, spot_decision.decide_on_spot, "作出决定，生成决定书",
        "当场处罚决定书已定稿编号，正在生成。请打印、交付。",
        form_arguments={"amount": chosen.amount if chosen else None, "most": most},
        context={"chosen": chosen, "spot": _record(found), "paper_url": _paper_url(found)},
        template="cases/m_decide.html",
    )  # fmt: skip
    return on_scene(request, found, act)


def _officer_ids(found: OpenedCase) -> list[int]:
    return [one.user_id for one in found.loaded.current_officers]


def _paper_url(found: OpenedCase) -> str:
    """Where a decision already written on a numbered form is entered; nothing where the officers hold no form."""
    is_open = found.loaded.facts.decided_on is None and open_blanks(_officer_ids(found)).exists()
    return reverse("case-paper-decision", args=[found.case.clue_no]) if is_open else ""


@requires("blank.use")
def decide_on_paper(request: HttpRequest, clue_no: str) -> HttpResponse:
    """补录: the decision was written and handed over without network; its number and its day are the decision's."""
    found = opened(request, clue_no)
    chosen = found.loaded.part("discretion")

    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        paper = PaperDecision(
            data.pop("blank").pk, data.pop("written_at"), data.pop("paper_reason"), stored(data.pop("scan"), by),
            data.pop("is_same"),
        )  # fmt: skip
        return spot_decision.decide_on_spot(case_id=case_id, version=version, by=by, paper=paper, **data)

    most = DEFAULT_PARAMETERS.number("simple_collect.maximum", clock.today())
    act = CaseAct(
        "decide_on_spot", forms.PaperDecideForm, run, "补录纸质决定", "纸质决定已补录，号码已登记。请登记交付。",
        form_arguments={
            "amount": chosen.amount if chosen else None, "most": most, "blanks": open_blanks(_officer_ids(found)),
        },
        context={"chosen": chosen, "spot": _record(found)}, template="cases/m_decide_on_paper.html",
    )  # fmt: skip
    return on_scene(request, found, act)


def _record(found: OpenedCase) -> Any:
    return found.case.spot_record if hasattr(found.case, "spot_record") else None


@requires("case.hand_over")
def hand_over(request: HttpRequest, clue_no: str) -> HttpResponse:
    """Print, hand over, note who signed; the page shows how far the PDF is."""
    found = opened(request, clue_no)
    document = next((one for one in found.loaded.documents if one.code == "spot_decision"), None)
    spot = found.loaded.facts.spot
    after = "collect_on_spot" if spot and spot.pays_on_the_spot else "report_to_bureau"
    act = CaseAct(
        "hand_over", forms.HandOverForm, spot_decision.hand_over, "登记交付", "决定书已当场交付，复议和缴款期限开始计算。",
        initial=_receiver(found), done_url=_page(after, found.case), template="cases/m_hand_over.html",
        context={
            "document": document, "place": 1,
            "waiting": document is not None and document.pdf_state in {PdfState.WAITING, PdfState.RENDERING},
        },
    )  # fmt: skip
    return on_scene(request, found, act)


def _receiver(found: OpenedCase) -> dict[str, str]:
    """Whoever is on the scene: the citizen, else the driver for the business."""
    party = found.case.party
    if party is None or party.kind == "citizen":
        return {"receiver_name": party.name if party else "", "relation": "self"}
    person = found.case.persons.order_by("id").first()
    if person is not None:
        return {"receiver_name": person.name, "relation": "agent"}
    return {"receiver_name": party.person_name, "relation": "representative"}


def _collected(action: Any) -> Callable[..., Any]:
    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        data["proof"] = stored(data.pop("proof"), by)
        return action(case_id=case_id, version=version, by=by, **data)

    return run


@requires("case.collect_on_spot")
def collect_on_spot(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "collect_on_spot", forms.CollectForm, _collected(spot_collection.collect_on_spot), "已收缴并出具票据",
        "当场收缴已登记。请在二日内交回本单位。", template="cases/m_collect.html",
        context={"spot": _record(found), "owed": found.loaded.facts.decision_amount},
        done_url=_page("report_to_bureau", found.case),
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.collect_on_spot")
def collect_remote(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "collect_remote", forms.CollectRemoteForm, _collected(spot_collection.collect_remote), "已收缴并出具票据",
        "当场收缴已登记。请在二日内交回本单位。", template=PHONE,
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.report_to_bureau")
def report_to_bureau(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "report_to_bureau", forms.ReportForm, spot_collection.report_to_bureau, "报备案", "决定书副本已报备案。",
        template=PHONE,
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.record_payment")
def record_spot_payment(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "record_spot_payment", PaymentForm, _collected(spot_collection.record_spot_payment), "登记缴款", "缴款已登记。"
    )
    return perform(request, opened(request, clue_no), act)


@requires("case.hand_in_cash")
def hand_in_cash(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "hand_in_cash", forms.HandInForm, spot_collection.hand_in_cash, "登记交回", "已交回本单位。请在二日内缴付银行。"
    )
    return perform(request, opened(request, clue_no), act)


@requires("case.bank_cash")
def bank_cash(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct("bank_cash", forms.BankForm, spot_collection.bank_cash, "登记缴付银行", "罚款已缴付银行。")
    return perform(request, opened(request, clue_no), act)


@requires("case.pass_to_execution")
def pass_to_execution(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "pass_to_execution",
        EmptyForm,
        spot_collection.pass_to_execution,
        "转执行",
        "已转执行，请按期催缴或者办理延期。",
    )
    return perform(request, opened(request, clue_no), act)


@requires("case.close_summary")
def close_summary(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "close_summary", ClosingForm, spot_collection.close_summary, "结案", "案件已结案，请在三十日内归档。",
        initial=closing_words(found),
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.turn_to_ordinary")
def turn_to_ordinary(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "turn_to_ordinary", forms.TurnForm, summary.turn_to_ordinary, "转普通程序",
        "已转普通程序，事实和证据都已保留。请提请立案。", template=PHONE,
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


ACTS: dict[str, Callable[..., HttpResponse]] = {
    "identify": identify,
    "secure_evidence": secure_evidence,
    "assess_on_spot": assess_on_spot,
    "reassess": reassess,
    "tell_orally": tell_orally,
    "hear": hear,
    "decide_on_spot": decide_on_spot,
    "hand_over": hand_over,
    "collect_on_spot": collect_on_spot,
    "collect_remote": collect_remote,
    "report_to_bureau": report_to_bureau,
    "record_spot_payment": record_spot_payment,
    "hand_in_cash": hand_in_cash,
    "bank_cash": bank_cash,
    "pass_to_execution": pass_to_execution,
    "close_summary": close_summary,
    "turn_to_ordinary": turn_to_ordinary,
}

"""The visit on the phone: what stands now, start, interruption, record, signature, end of an open result, recheck."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from inspections import codes, permissions
from inspections.actions.findings import open_case_from_inspection, open_summary_from_inspection
from inspections.actions.pending import end_pending
from inspections.actions.signing import sign_record
from inspections.actions.suspending import resume_inspection, suspend_inspection
from inspections.actions.visits import finish_inspection, start_inspection
from inspections.forms.record import ResultForm
from inspections.forms.reporting import FilingForm
from inspections.forms.shifts import ConfirmForm
from inspections.forms.visits import PendingForm, SignForm, StartForm, SuspendForm
from inspections.models import InspectionFiling
from inspections.queries.officers import officers_with_numbers
from inspections.queries.queue import items_behind
from inspections.queries.records import open_filing
from inspections.queries.visit_record import order_of, text_of_record, visit_of, waiting_recheck
from inspections.rules import may_recheck
from inspections.views.documents import papers_part
from inspections.views.filings import CODE_STATES, SIGNED_STATES, act_on, buttons
from inspections.views.kept import device_of, keepable, written_at
from inspections.views.reporting import filing_act
from inspections.views.showing import word_answer
from inspections.views.visit_photos import point_photos, signatures_of, visit_photos
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.documents.codes import drawing
from lishu_law.errors import NotFound, Refused
from lishu_law.web.acts import act_page
from lishu_law.web.decoder import decoder_url
from lishu_law.web.models import SignerRole
from lishu_law.web.signatures import NewSignature, digest_of_text, picture_of


def phone_url(filing: InspectionFiling) -> str:
    return _phone(filing.reference)


def _phone(reference: str) -> str:
    return reverse("mobile-filing", args=[reference])


@requires("inspection.read")
@require_GET
def filing(request: HttpRequest, reference: str) -> HttpResponse:
    """One visit on the phone: the next act as a large button, then what is known."""
    found = open_filing(request.user, reference)
    row = found.filing
    may_act, visit = permissions.can(request.user, "inspection.act", found.subject), visit_of(row)
    context = {
        "opened": found, "filing": row, "state": row.state_at(clock.now()).label, "visit": visit,
        "sent_later": items_behind(phone_url(row)), "title": row.subject.party.name,
        "back_url": reverse("mobile-home"), **buttons(request.user, found, visit, may_act),
        **papers_part(request.user, found, visit),
    }  # fmt: skip
    return keepable(request, render(request, "inspections/m_filing.html", context))


@requires("inspection.act")
def start(request: HttpRequest, reference: str) -> HttpResponse:
    def run(who: dict[str, Any], data: dict[str, Any], form: StartForm, row: InspectionFiling) -> Any:
        where = form.where(device_of(request))
        return start_inspection(
            **who, how=data["how"], read_text=data["read_text"], where=where, at=written_at(request)
        )

    return act_on(
        request, reference, "inspection.act", run, title="亮证，开始检查", form_class=StartForm,
        done_message="检查已开始。", submit="开始检查", template="inspections/m_start.html", is_queued=True,
        done_url=_phone(reference), back_url=_phone(reference),
        context={"decoder_url": decoder_url()},
    )  # fmt: skip


@requires("inspection.act")
def suspend(request: HttpRequest, reference: str) -> HttpResponse:
    def run(who: dict[str, Any], data: dict[str, Any], form: SuspendForm, row: InspectionFiling) -> Any:
        moment = written_at(request) or clock.now()
        photos = visit_photos(data["photos"], request.user, row, moment, purpose=f"证明中止检查：{data['note']}"[:300])
        return suspend_inspection(
            **who, reason=data["reason"], note=data["note"], photos=photos, at=written_at(request)
        )

    return act_on(
        request, reference, "inspection.act", run, title="中止检查", form_class=SuspendForm,
        done_message="检查已中止。原因消除后可以恢复检查。", submit="中止检查", template="inspections/m_visit_act.html",
        is_queued=True, done_url=_phone(reference), back_url=_phone(reference),
    )  # fmt: skip


@requires("inspection.act")
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    return act_on(
        request, reference, "inspection.act",
        lambda who, data, form, row: resume_inspection(**who, at=written_at(request)),
        title="恢复检查", form_class=ConfirmForm, done_message="检查已恢复。", submit="恢复检查",
        template="inspections/m_visit_act.html", is_queued=True, done_url=_phone(reference), back_url=_phone(reference),
    )  # fmt: skip


@requires("inspection.act")
def finish(request: HttpRequest, reference: str) -> HttpResponse:
    """The whole record in one form, so that it can be written without network."""

    def run(who: dict[str, Any], data: dict[str, Any], form: ResultForm, row: InspectionFiling) -> Any:
        moment = written_at(request) or clock.now()
        photos = visit_photos(data["photos"], request.user, row, moment, purpose=data["photo_purpose"])
        return finish_inspection(
            **who, result=form.result(point_photos(form, request.user, row, moment)), photos=photos,
            signatures=signatures_of(data, request, row), where=form.where(device_of(request)), at=written_at(request),
        )  # fmt: skip

    return act_on(
        request, reference, "inspection.act", run, takes_filing=True, title="检查记录", form_class=ResultForm,
        done_message="检查记录已保存。请两名执法人员各自签名。", submit="完成检查", template="inspections/m_record.html",
        is_queued=True, done_url=_phone(reference), back_url=_phone(reference),
    )  # fmt: skip


@requires("inspection.act")
def sign(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer reads the record once more and signs it."""
    found = open_filing(request.user, reference)
    if found.filing.state not in SIGNED_STATES:
        raise NotFound
    text = text_of_record(found.filing)

    def run(who: dict[str, Any], data: dict[str, Any], form: SignForm, row: InspectionFiling) -> Any:
        drawn, person = data["signature"] if not data["by_account"] else None, who["by"]
        signature = NewSignature(
            SignerRole.OFFICER, person.full_name, picture_of(drawn, person) if drawn else None, drawn,
            user=person, place=row.subject.address, device=device_of(request),
        )  # fmt: skip
        return sign_record(filing_id=row.pk, by=request.user, digest=data["digest"], signature=signature)

    return act_on(
        request, reference, "inspection.act", run, title="在检查记录上签名", form_class=SignForm,
        done_message="已签名。", submit="签名", template="inspections/m_sign.html", done_url=_phone(reference), back_url=_phone(reference),
        form_arguments={"user": request.user}, initial={"digest": digest_of_text(text)}, context={"text": text},
    )  # fmt: skip


@requires("inspection.act")
def pending(request: HttpRequest, reference: str) -> HttpResponse:
    """待后续处理 ends as 责令改正 or as a case."""
    return act_on(
        request, reference, "inspection.act",
        lambda who, data, form, row: end_pending(**who, end=form.end()),
        title="登记后续处理", form_class=PendingForm, done_message="后续处理已登记。", submit="登记后续处理",
        template="inspections/m_visit_act.html", form_arguments={"user": request.user},
    )  # fmt: skip


@requires("inspection.act")
def open_case(request: HttpRequest, reference: str) -> HttpResponse:
    return act_on(
        request, reference, "inspection.act",
        lambda who, data, form, row: open_case_from_inspection(**who),
        title="转立案", form_class=ConfirmForm, submit="立案，带入全部事实", template="inspections/m_act.html",
        done_url=lambda case: reverse("case", args=[case.clue_no]),
        done_message=lambda case: f"线索 {case.clue_no} 已登记，检查事实和照片都已带入。",
    )  # fmt: skip


@requires("inspection.act")
def open_summary(request: HttpRequest, reference: str) -> HttpResponse:
    return act_on(
        request, reference, "inspection.act",
        lambda who, data, form, row: open_summary_from_inspection(**who),
        title="当场处罚", form_class=ConfirmForm, submit="当场处罚，带入全部事实", template="inspections/m_act.html",
        done_url=lambda case: reverse("case-identify", args=[case.clue_no]),
        done_message="检查事实和照片都已带入。请出示证件，查明当事人身份。",
    )  # fmt: skip


@requires("inspection.act")
@require_GET
def code(request: HttpRequest, reference: str) -> HttpResponse:
    """The code the business scans, and who inspects; the same changing word as on its page."""
    found = open_filing(request.user, reference)
    permissions.check(request.user, "inspection.act", found.subject)
    row, moment = found.filing, clock.now()
    is_shown = row.state_at(moment) in CODE_STATES and bool(row.token)
    url = codes.public_url(row.token) if is_shown else ""
    context = {
        "opened": found, "filing": row, "url": url, "drawing": drawing(url) if url else "",
        "word": codes.rolling_word(row.token, moment) if url else "", "seconds": codes.seconds_left(moment),
        "word_url": f"{request.path}word/", "now": moment, "title": "检查码", "back_url": phone_url(row),
        "people": officers_with_numbers(row),
    }  # fmt: skip
    return keepable(request, render(request, "inspections/code.html", context))


@requires("inspection.act")
@require_GET
def code_word(request: HttpRequest, reference: str) -> JsonResponse:
    """The word of the code now."""
    found = open_filing(request.user, reference)
    permissions.check(request.user, "inspection.act", found.subject)
    moment = clock.now()
    if found.filing.state_at(moment) not in CODE_STATES or not found.filing.token:
        raise NotFound
    return word_answer(found.filing.token, moment)


@requires("inspection.file")
def recheck(request: HttpRequest, reference: str) -> HttpResponse:
    """复查: everything is taken over, the officer only gives the time."""
    found = open_filing(request.user, reference)
    permissions.check(request.user, "inspection.act", found.subject)
    order = order_of(found.filing)
    waiting = waiting_recheck(found.filing)
    refusals = may_recheck(order is not None, bool(order and order.ended_at), waiting)
    if refusals:
        raise Refused(refusals)
    act = filing_act(request, "报备整改复查", FilingForm, initial=recheck_initial(found.filing))
    return act_page(request, act)


def recheck_initial(row: InspectionFiling) -> dict[str, Any]:
    """What a recheck takes over from the visit whose order it looks at."""
    people = [one.user for one in row.officers.select_related("user").order_by("-is_lead", "id")]
    names = ("subject", "form", "category", "method", "notice_mode", "notice_ground")
    return {
        **{name: getattr(row, name) for name in names},
        "matters": list(row.matters.all()), "source": "recheck", "source_note": row.filing_no or "",
        "why_on_site": f"复查备案 {row.filing_no} 责令改正的落实情况，须看现场",
        **dict(zip(("lead", "second", "third"), people, strict=False)),
    }  # fmt: skip

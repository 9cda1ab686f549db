"""Pages of the investigation: transcripts, evidence, report."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from cases.actions import investigation
from cases.actions.investigation import NewEvidence, NewTranscript
from cases.actions.persons import find_or_add_person
from cases.forms import investigation as forms
from cases.queries.find import OpenedCase
from cases.queries.narrative import facts_draft, opinion_draft, process_draft
from cases.views.frame import CaseAct, opened, perform
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.registry.models import StoredFile, User
from lishu_law.web.uploads import store_upload


def other_officers(found: OpenedCase, request: HttpRequest) -> Any:
    """The case's officers beside the acting one."""
    ids = [officer.user_id for officer in found.loaded.current_officers if officer.user_id != request.user.pk]
    return User.objects.filter(pk__in=ids)


def stored(file: Any, by: Any) -> StoredFile | None:
    """The uploaded file in the write-once store, or None."""
    return store_upload(file, by) if file else None


def record(request: HttpRequest, clue_no: str, code: str, form_class: Any, action: Any, **initial: Any) -> HttpResponse:
    """The page of one transcript; a person met for the first time is registered with it."""
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        known = {name.removeprefix("person_"): data.pop(name, "") for name in forms.PersonPart.PERSON_FIELDS[1:]}
        person = data.pop("person") or (find_or_add_person(case_id, **known) if known["name"] else None)
        file, late = stored(data.pop("file"), by), data.pop("late")
        transcript = NewTranscript(person=person, file=file, **data)
        return action(case_id=case_id, version=version, by=by, transcript=transcript, late=late)

    act = CaseAct(
        code, form_class, run, "保存并生成笔录", "笔录已保存，正在生成文书。",
        initial={"place": found.case.place, **initial},
        form_arguments={
            "assistants": other_officers(found, request),
            "persons": found.case.persons.all(),
        },
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.record")
def record_onscene(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act_time = clock.local(found.case.act_at).strftime("%Y-%m-%d %H:%M")
    return record(
        request, clue_no, "record_onscene", forms.OnsceneForm, investigation.record_onscene,
        started_at=act_time, body=found.case.summary,
    )  # fmt: skip


@requires("case.record")
def record_questioning(request: HttpRequest, clue_no: str) -> HttpResponse:
    return record(
        request, clue_no, "record_questioning", forms.QuestioningForm, investigation.record_questioning,
        place="梨树县交通运输局询问室",
    )  # fmt: skip


@requires("case.add_evidence")
def add_evidence(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, uploads: list[Any], title: str, **data: Any) -> Any:
        kept = [store_upload(file, by) for file in uploads]
        items = tuple(
            NewEvidence(title=title if len(kept) == 1 else f"{title}（{number}）", file=file, **data)
            for number, file in enumerate(kept, start=1)
        )
        return investigation.add_evidence(case_id=case_id, version=version, by=by, items=items)

    act = CaseAct(
        "add_evidence", forms.EvidenceForm, run, "保存证据", "证据已保存，请查证核对。",
        initial={"obtained_place": found.case.place},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.record")
def verify_evidence(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    items = [item for item in found.loaded.evidence if item.verified_at is None and item.voided_at is None]
    act = CaseAct(
        "verify_evidence", forms.VerifyEvidenceForm, investigation.verify_evidence, "确认已核对", "证据核对已记录。",
        form_arguments={"items": items},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.submit_report")
def submit_report(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "submit_report", forms.ReportForm, investigation.submit_report, "提交调查报告", "调查报告已提交中队长签署意见。",
        template="cases/report.html",
        context={"discretion_lines": _discretion_lines(found)},
        initial={
            "process": process_draft(found.loaded),
            "facts": facts_draft(found.loaded),
            "opinion": opinion_draft(found.loaded),
        },
    )  # fmt: skip
    return perform(request, found, act)


def _discretion_lines(found: OpenedCase) -> list[str]:
    row = found.loaded.part("discretion")
    return row.result["report_text"] if row else []

"""Pages of the acts in ``cases/procedure/steps/evidence.py``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from cases.actions import investigation, monitoring, sampling, testing
from cases.actions.evidence_checks import RECORDINGS
from cases.actions.monitoring import NewRecord
from cases.actions.sampling import NewSample, NewSheet
from cases.actions.testing import NewCommission, NewResult
from cases.forms import evidence as forms
from cases.forms.investigation import InquestForm
from cases.models import Evidence
from cases.queries.find import OpenedCase
from cases.views.frame import CaseAct, opened, perform, to_the_paper
from cases.views.investigation import other_officers, record, stored
from lishu_law import clock
from lishu_law.access.doors import requires


@requires("case.record")
def record_inquest(request: HttpRequest, clue_no: str) -> HttpResponse:
    return record(request, clue_no, "record_inquest", InquestForm, investigation.record_inquest)


@requires("case.record")
def take_sample(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        data["file"] = stored(data.pop("file"), by)
        return sampling.take_sample(case_id=case_id, version=version, by=by, sample=NewSample(**data))

    act = CaseAct(
        "take_sample", forms.SampleForm, run, "登记抽样并生成凭证", "抽样取证凭证已生成，请交付当事人并登记送达。",
        initial={"place": found.case.place}, form_arguments={"assistants": other_officers(found, request)},
    )  # fmt: skip
    return perform(request, found, act)


def _live(found: OpenedCase) -> list[Evidence]:
    return [item for item in found.loaded.evidence if item.voided_at is None]


@requires("case.record")
def record_edata(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        return sampling.record_edata(case_id=case_id, version=version, by=by, sheet=NewSheet(**data))

    items = [item for item in _live(found) if item.kind in RECORDINGS]
    act = CaseAct(
        "record_edata", forms.SheetForm, run, "生成记录单", "记录单已生成。请打印签名，或者直接在这里签名。", initial={"original": "原物"},
        done_url=to_the_paper(clue_no),
        form_arguments={"items": items},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.record")
def paste_copy(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "paste_copy", forms.PasteForm, sampling.paste_copy, "生成粘贴页", "粘贴页已生成。请打印后粘贴复制件，由提供人签名，再上传扫描件。",
        done_url=to_the_paper(clue_no),
        form_arguments={"items": [item for item in _live(found) if item.is_copy]},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.record")
def exclude_evidence(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "exclude_evidence", forms.ExcludeForm, investigation.void_evidence, "排除这份证据",
        "已排除，不再作为认定事实的根据。", form_arguments={"items": _live(found)},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.record")
def request_assistance(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "request_assistance", forms.AssistanceForm, sampling.request_assistance, "生成协助调查函",
        "协助调查函已生成。收到回复后，请补充为证据。",
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.record")
def commission_test(request: HttpRequest, clue_no: str) -> HttpResponse:
    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        return testing.commission_test(case_id=case_id, version=version, by=by, commission=NewCommission(**data))

    act = CaseAct(
        "commission_test", forms.CommissionForm, run, "生成委托书", "委托书已生成，请送达当事人。",
        initial={"begins_on": f"{clock.today():%Y-%m-%d}"},
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.record")
def record_test_result(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    def run(*, case_id: int, version: int, by: Any, part_id: int, **data: Any) -> Any:
        data["file"] = stored(data.pop("file"), by)
        return testing.record_test_result(
            case_id=case_id, version=version, by=by, part_id=part_id, result=NewResult(**data)
        )

    act = CaseAct("record_test_result", forms.ResultForm, run, "登记结果", "结果已登记，请告知当事人并查证核对。")
    return perform(request, opened(request, clue_no, part_id), act)


@requires("case.record")
def tell_test_result(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct("tell_test_result", forms.ToldForm, testing.tell_test_result, "登记告知", "告知情况已登记。")
    return perform(request, opened(request, clue_no, part_id), act)


@requires("case.record")
def import_monitoring_record(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        data["file"] = stored(data.pop("file"), by)
        return monitoring.import_monitoring_record(case_id=case_id, version=version, by=by, record=NewRecord(**data))

    act = CaseAct(
        "import_monitoring_record", forms.RecordForm, run, "登记记录", "记录已登记，等法制审核员审核。",
        initial={
            "recorded_at": clock.local(found.case.act_at).strftime("%Y-%m-%d %H:%M"),
            "plate": found.case.vehicle.plate if found.case.vehicle else "",
            "purpose": f"证明{found.case.violation}",
        },
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.review_monitoring")
def review_monitoring_record(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "review_monitoring_record", forms.RecordReviewForm, monitoring.review_monitoring_record, "保存审核结论",
        "审核结论已保存。", template="cases/approve.html",
    )  # fmt: skip
    return perform(request, opened(request, clue_no, part_id), act)


@requires("case.record")
def tell_monitoring(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "tell_monitoring", forms.TellMonitoringForm, monitoring.tell_monitoring, "登记告知", "告知情况已登记。"
    )
    return perform(request, opened(request, clue_no, part_id), act)


ACTS: dict[str, Callable[..., HttpResponse]] = {
    "record_inquest": record_inquest,
    "take_sample": take_sample,
    "record_edata": record_edata,
    "paste_copy": paste_copy,
    "exclude_evidence": exclude_evidence,
    "request_assistance": request_assistance,
    "commission_test": commission_test,
    "record_test_result": record_test_result,
    "tell_test_result": tell_test_result,
    "import_monitoring_record": import_monitoring_record,
    "review_monitoring_record": review_monitoring_record,
    "tell_monitoring": tell_monitoring,
}

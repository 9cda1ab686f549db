"""The list of planted defects of the three files."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from tests.cases.dossier_review import defects as x
from tests.cases.dossier_review.defects import DAY, HEARD, HOUR, ORDINARY, SUMMARY, Planted

PLANTED = (
    # the organ, its officers, the party
    Planted(ORDINARY, "V1", "place-outside", x.facts(is_in_county=False, designation="")),
    Planted(ORDINARY, "V1", "own-name", x.facts(is_organs_own=False)),
    Planted(ORDINARY, "V1", "organ-differs", x.paper("penalty_decision", organ="梨树县交通运输局执法一中队")),
    Planted(ORDINARY, "V2", "one-officer", lambda d: x.row("interviews", officers=d.interviews[0].officers[:1])(d)),
    Planted(ORDINARY, "V2", "licence-invalid", x.expired),
    Planted(HEARD, "V2", "one-officer", x.taking(False, lambda _d, one: {"officers": one.officers[:1] * 2})),
    Planted(ORDINARY, "V3", "addressee-differs", x.named("penalty_decision", "示例司机")),
    Planted(SUMMARY, "V3", "addressee-differs", x.named("spot_decision", "示例丙")),
    Planted(ORDINARY, "V3", "no-identity", lambda d: replace(d, identity="")),
    Planted(ORDINARY, "4", "name-differs", x.named("investigation_report", "梨树县示例运输公司")),
    Planted(ORDINARY, "4", "name-differs", x.named("filing_form", "梨树县示例运输有限责任公司")),
    Planted(HEARD, "4", "name-differs", x.named("measure_decision", "示例司机")),
    Planted(ORDINARY, "4", "identity-differs", lambda d: replace(d, identity="91220322MA17ABCD3X")),
    Planted(ORDINARY, "4", "no-identity-exhibit", x.without_identity),
    # the facts and the law
    Planted(ORDINARY, "V4", "no-evidence", x.without_exhibits),
    Planted(ORDINARY, "V4", "unverified-evidence", x.row("exhibits", verified_on=None)),
    Planted(ORDINARY, "V4", "no-facts", x.paper("penalty_decision", facts=[])),
    Planted(ORDINARY, "V5", "no-clause", x.paper("penalty_decision", basis="")),
    Planted(SUMMARY, "V5", "no-clause", x.paper("spot_decision", basis="有关规定")),
    Planted(ORDINARY, "V5", "not-in-force", lambda d: x.facts(act_on=d.facts.act_on.replace(year=1995))(d)),
    Planted(ORDINARY, "V11", "heavier-than-told", x.dearer("1500", "penalty_decision")),
    Planted(ORDINARY, "V11", "above-range", x.discretion(maximum=Decimal(900))),
    Planted(ORDINARY, "V11", "fined-twice", x.fined_before),
    Planted(ORDINARY, "V12", "crime-not-transferred", x.crime),
    Planted(ORDINARY, "V13", "too-late", lambda d: x.facts(act_ended_on=d.facts.act_on.replace(year=2023))(d)),
    Planted(SUMMARY, "V14", "amount-over-limit", x.facts(decision_amount=Decimal("200.01"))),
    Planted(SUMMARY, "V14", "other-penalty", x.spot(other_penalties="暂扣许可证件")),
    Planted(SUMMARY, "V14", "mental-doubt", x.spot(mental_doubt=True)),
    # filing, in order and in time
    Planted(ORDINARY, "1", "received-before-act", lambda d: x.facts(discovered_on=d.facts.act_on - DAY)(d)),
    Planted(ORDINARY, "1", "source-not-ticked", x.paper("filing_form", source=[])),
    Planted(ORDINARY, "2", "no-filing-form", x.gone("filing_form")),
    Planted(ORDINARY, "2", "opinion-incomplete", x.opinion("filing_form", "agency_opinion", signed_on="")),
    Planted(ORDINARY, "2", "same-approver", x.opinion("filing_form", "agency_opinion", name="示例庚")),
    Planted(ORDINARY, "3", "filed-late", x.limit_before("file-timely")),
    Planted(ORDINARY, "3", "report-before-filing", lambda d: x.facts(filed_on=d.decided_on)(d)),
    Planted(
        ORDINARY, "3", "questioned-before-filing",
        lambda d: x.row("interviews", kind="questioning", started_on=d.facts.filed_on - DAY)(d),
    ),
    # transcripts
    Planted(ORDINARY, "5", "licence-not-shown", x.row("interviews", licence_shown=False)),
    Planted(
        ORDINARY, "5", "licence-number-wrong",
        x.paper("onscene_record", officers=[{"name": "示例甲", "certificate_no": "JL-assistant"}]),
    ),
    Planted(
        ORDINARY, "5", "licence-number-missing",
        x.paper("investigation_report", investigators=[{"name": "示例甲", "certificate_no": ""}]),
    ),
    Planted(ORDINARY, "6", "recusal-not-told", x.row("interviews", kind="questioning", rights_told=False)),
    Planted(
        ORDINARY, "6", "no-declaration",
        lambda d: x.facts(officers=tuple(replace(one, conflict_declared=False) for one in d.facts.officers))(d),
    ),
    Planted(ORDINARY, "7", "ends-before-start", lambda d: x.row("interviews", ended_at=d.interviews[0].started_at)(d)),
    Planted(ORDINARY, "7", "same-officer-twice", x.twice),
    Planted(ORDINARY, "7", "two-places", x.row("interviews", elsewhere=("梨交立字〔2026〕9号的现场笔录（03-02 23:10）",))),
    Planted(ORDINARY, "7", "before-the-act", lambda d: x.facts(act_at=d.interviews[0].ended_at + HOUR)(d)),
    Planted(ORDINARY, "8", "page-signature-missing", x.row("interviews", signing="")),
    Planted(SUMMARY, "8", "page-signature-missing", x.row("interviews", signing="")),
    Planted(
        ORDINARY, "8", "page-signature-missing",
        x.row("interviews", signing="", lacking="第 2 页被询问人示例司机", document=7),
    ),
    Planted(ORDINARY, "8", "signature-misfit", x.row("interviews", is_misfit=True)),
    Planted(HEARD, "8", "hearing-not-signed", x.row("sessions", signing="", lacking="记录员示例丑", document=7)),
    Planted(ORDINARY, "8", "refusal-unexplained", x.row("interviews", signing="refused", refusal_note="")),
    Planted(ORDINARY, "8", "reading-not-confirmed", x.paper("onscene_record", reading=[])),
    Planted(HEARD, "8", "hearing-not-signed", x.row("sessions", signing="")),
    Planted(ORDINARY, "9", "no-place", x.row("interviews", place="")),
    Planted(ORDINARY, "9", "legal-conclusion", x.row("interviews", body="车辆未苫盖，构成违法，应予处罚。")),
    Planted(ORDINARY, "9", "vehicle-differs", x.paper("onscene_record", vehicle_no="吉C54321")),
    # evidence
    Planted(ORDINARY, "10", "no-purpose", x.row("exhibits", purpose=" ")),
    Planted(ORDINARY, "10", "listed-not-filed", lambda d: replace(d, exhibits=d.exhibits[:-1])),
    Planted(ORDINARY, "11", "copy-unchecked", x.exhibit("documentary", is_checked_copy=False)),
    Planted(ORDINARY, "11", "copy-without-source", x.exhibit("documentary", copy_source="")),
    Planted(ORDINARY, "12", "edata-incomplete", x.exhibit("audiovisual", medium="")),
    Planted(ORDINARY, "12", "edata-no-original", x.exhibit("audiovisual", has_file=False)),
    Planted(ORDINARY, "12", "no-edata-sheet", x.gone("edata_sheet")),
    Planted(ORDINARY, "13", "record-not-reviewed", x.unreviewed_record),
    # measures
    Planted(HEARD, "V10", "no-power", x.taking(False, lambda _d, _one: {"power": ""})),
    Planted(HEARD, "V10", "no-approval", x.taking(False, lambda _d, one: {"approved_at": one.taken_at + HOUR})),
    Planted(
        HEARD, "V10", "late-approval",
        x.taking(False, lambda _d, one: {"is_urgent": True, "approved_at": one.taken_at + timedelta(hours=24, minutes=1)}),
    ),
    Planted(HEARD, "14", "preserved-without-approval", x.taking(True, lambda _d, _one: {"approved_at": None})),
    Planted(HEARD, "14", "preservation-late", x.late_period("pres-7d", True)),
    Planted(HEARD, "14", "no-preservation-list", x.gone("preservation_list")),
    Planted(HEARD, "14", "no-preservation-release", x.gone("preservation_release")),
    Planted(HEARD, "15", "no-scene-record", x.taking(False, lambda _d, _one: {"has_record": False})),
    Planted(HEARD, "15", "no-video", x.taking(False, lambda _d, _one: {"video": ""})),
    Planted(HEARD, "15", "no-witness", x.taking(False, lambda _d, _one: {"party_present": False, "witness": ""})),
    Planted(HEARD, "15", "not-heard", x.taking(False, lambda _d, _one: {"statement": ""})),
    Planted(HEARD, "15", "no-measure-decision", x.gone("measure_decision")),
    Planted(HEARD, "15", "measure-not-served", x.unserved("measure_decision")),
    Planted(HEARD, "15", "empty-list", x.paper("measure_decision", tables=[])),
    Planted(HEARD, "15", "measure-rights", x.paper("measure_decision", remedies=["可以向四平市交通运输局申请行政复议。"])),
    Planted(HEARD, "16", "seizure-late", x.late_period("coerce-30d", False)),
    Planted(HEARD, "16", "extension-not-told", x.taking(False, lambda _d, one: {"extended_at": one.taken_at + DAY})),
    Planted(HEARD, "17", "no-custody", x.vacant()),
    Planted(HEARD, "17", "custody-late", x.handed_late),
    Planted(HEARD, "17", "not-returned", x.taking(False, lambda _d, _one: {"held": 1})),
    Planted(HEARD, "17", "return-unchecked", x.paper("measure_lifting", checked="")),
    # report and discretion
    Planted(ORDINARY, "18", "order-not-rechecked", x.unchecked_order),
    Planted(ORDINARY, "19", "no-report", x.gone("investigation_report")),
    Planted(ORDINARY, "19", "report-without-conclusion", x.paper("investigation_report", conclusion=[])),
    Planted(ORDINARY, "19", "report-opinion-incomplete", x.opinion("investigation_report", "head_opinion", name="")),
    Planted(ORDINARY, "20", "no-benchmark", x.paper("penalty_decision", discretion=[])),
    Planted(ORDINARY, "20", "outside-tier", x.discretion(minimum=Decimal(1200))),
    Planted(ORDINARY, "20", "amount-differs", x.discretion(amount=Decimal(1100))),
    Planted(ORDINARY, "21", "questions-open", x.facts(questions_answered=False)),
    Planted(ORDINARY, "21", "prior-not-queried", x.paper("investigation_report", discretion=[])),
)  # fmt: skip

"""From which fact a field of a document is printed: the column, or the row of the act that makes the document.

What every document prints alike (party, officers, organ, cause) is named once by field or label; what is only in one
document comes from the row of its act, and of that row from the column whose form asks for the same words.
"""

from __future__ import annotations

from django.apps import apps

from lishu_law.documents.document_type import DocumentType, Field, Home

LAW_DATA = "law data"
DAY = "the day of the act"
NOT_KEPT = "nothing: the register does not keep it, the field is struck out"
PARTY, CASE, UNIT, OFFICER = "registry.Party", "cases.Case", "registry.Unit", "cases.CaseOfficer.user"

# By the path in ``d``: the same in every document.
BY_NAME = {
    "case_no": f"{CASE}.case_no", "cause": f"{CASE}.violation", "act": f"{CASE}.violation", "source": f"{CASE}.source",
    "received_at": f"{CASE}.received_at", "summary": f"{CASE}.summary", "act_at": f"{CASE}.act_at",
    "party": f"{PARTY}.name", "party.name": f"{PARTY}.name", "recipient": f"{PARTY}.name",
    "party.person.name": f"{PARTY}.name", "party.person.gender": f"{PARTY}.gender",
    "party.person.age": f"{PARTY}.id_number", "party.person.id_number": f"{PARTY}.id_number",
    "party.person.address": f"{PARTY}.address", "party.person.phone": f"{PARTY}.phone",
    "party.person.workplace": NOT_KEPT, "party.person.postcode": NOT_KEPT,
    "party.organisation.name": f"{PARTY}.name", "party.organisation.address": f"{PARTY}.address",
    "party.organisation.phone": f"{PARTY}.phone", "party.organisation.representative": f"{PARTY}.person_name",
    "party.organisation.position": f"{PARTY}.person_post", "party.organisation.credit_code": f"{PARTY}.uscc",
    "representative": f"{PARTY}.person_name",
    "person.name": "cases.CasePerson.name", "person.gender": "cases.CasePerson.gender",
    "person.age": "cases.CasePerson.id_number", "person.id_number": "cases.CasePerson.id_number",
    "person.relation": "cases.CasePerson.role", "person.phone": "cases.CasePerson.phone",
    "person.address": "cases.CasePerson.address", "person.employer_and_position": "cases.CasePerson.employer",
    "vehicle_no": "registry.Vehicle.plate", "vehicle_type": "registry.Vehicle.type_name",
    "officers": OFFICER, "investigators": OFFICER, "handlers": OFFICER, "questioner": OFFICER, "recorder": OFFICER,
    "inspectors": OFFICER, "organ": f"{UNIT}.name", "department": f"{UNIT}.name", "section": f"{UNIT}.name",
    "unit": f"{UNIT}.name", "respondent": f"{UNIT}.name", "address": f"{UNIT}.address", "postcode": f"{UNIT}.postcode",
    "contact": f"{UNIT}.contact_name", "issued_on": DAY, "decided_on": DAY, "reviewed_on": DAY,
    "opinions": "cases.Step.opinion", "agency_opinion.text": "cases.Step.opinion", "head_opinion.text": "cases.Step.opinion",
}  # fmt: skip
# By the words of the form, where the field stands in a list of rows or in running text.
BY_LABEL = {
    "案号": f"{CASE}.case_no", "线索编号": f"{CASE}.clue_no", "案由": f"{CASE}.violation", "案名": f"{CASE}.violation",
    "违法行为": f"{CASE}.violation", "案件名称": f"{CASE}.violation", "线索来源": f"{CASE}.source",
    "立案日期": f"{CASE}.filed_on", "案件基本情况": f"{CASE}.summary", "基本案情": f"{CASE}.summary",
    "当事人": f"{PARTY}.name", "缴款人": f"{PARTY}.name", "委托人": f"{PARTY}.name",
    "相对人名称": f"{PARTY}.name", "类别": f"{PARTY}.kind", "代码": f"{PARTY}.uscc", "车船号": "registry.Vehicle.plate",
    "执法人员": OFFICER, "执法证号": "registry.Certificate.number", "承办人": OFFICER, "联系人": OFFICER,
    "联系电话": f"{UNIT}.phone", "电话": f"{UNIT}.phone", "领取地点": f"{UNIT}.address", "执收单位": f"{UNIT}.name",
    "机关": f"{UNIT}.name", "本机关": f"{UNIT}.name", "决定书号": "cases.Decision.number",
    "决定书文号": "cases.Decision.number", "决定书案号": "cases.Decision.number", "决定书编号": "cases.Decision.number",
    "处罚": "cases.Decision.result_text", "拟处罚内容": "cases.Discretion.amount", "拟作出": "cases.Discretion.amount",
    "决定日期": "cases.Decision.decided_on",
}  # fmt: skip
# The row behind what only this document says. Several papers may come from one row.
ROWS = {
    "filing_form": "cases.Case", "onscene_record": "cases.Transcript", "questioning_record": "cases.Transcript",
    "inquest_record": "cases.Transcript", "investigation_report": "cases.InvestigationReport",
    "prior_notice": "cases.Discretion", "legal_review_opinion": "cases.LegalReview", "penalty_approval": "cases.Discretion",
    "penalty_decision": "cases.Decision", "serving_receipt": "cases.Serving", "closing_report": "cases.Closure",
    "report_record": "cases.Informant", "no_filing_approval": "cases.Approval", "withdrawal_approval": "cases.Approval",
    "termination_approval": "cases.Approval", "extension_approval": "cases.Approval",
    "collective_discussion": "cases.Discussion", "transfer_letter": "cases.Approval", "transfer_notice": "cases.Approval",
    "crime_transfer_letter": "cases.CrimeTransfer", "no_penalty_decision": "cases.NoPenalty",
    "document_correction": "cases.Approval", "correction_order": "cases.CorrectionOrder",
    "sampling_voucher": "cases.Sample", "edata_sheet": "cases.Evidence", "paste_sheet": "cases.Evidence",
    "testing_commission": "cases.TestingCommission", "monitoring_review": "cases.MonitoringRecord",
    "assistance_letter": "cases.Document", "preservation_list": "cases.MeasureItem", "preservation_release": "cases.Measure",
    "measure_decision": "cases.Measure", "measure_extension": "cases.Measure", "measure_lifting": "cases.Measure",
    "preservation_approval": "cases.Measure", "preservation_release_approval": "cases.Measure",
    "measure_approval": "cases.Measure", "measure_change_approval": "cases.Measure", "custody_ledger": "cases.CustodyEntry",
    "recusal_paper": "cases.Recusal", "hearing_notice": "cases.Hearing", "hearing_record": "cases.HearingTranscript",
    "hearing_report": "cases.Hearing", "defence_record": "cases.Statement", "defence_review": "cases.StatementPoint",
    "waiver_statement": "cases.Defence", "power_of_attorney": "cases.CasePerson",
    "address_confirmation": "cases.AddressConfirmation", "public_serving_notice": "cases.Approval",
    "deferral_form": "cases.Approval", "deferral_notice": "cases.Deferral", "demand_letter": "cases.Demand",
    "court_application": "cases.Approval", "enforcement_form": "cases.Approval", "enforcement_decision": "cases.Enforcement",
    "proxy_decision": "cases.Enforcement", "demolition_notice": "cases.Enforcement", "enforcement_change": "cases.Approval",
    "execution_agreement": "cases.Agreement", "fine_receipt": "cases.Payment", "revocation_decision": "cases.Ruling",
    "review_reply": "cases.Remedy", "spot_decision": "cases.Decision", "publication_sheet": "cases.Decision",
    "withdrawal_statement": "cases.Ruling",
}  # fmt: skip
# What only one document says of itself, and a form asks for it in other words.
EXACT = {
    ("report_record", "联系电话"): "cases.Informant.contact", ("report_record", "举报人"): "cases.Informant.name",
    ("fine_receipt", "财政票据号"): "cases.Payment.receipt_no", ("fine_receipt", "金额"): "cases.Payment.amount",
    ("fine_receipt", "加处罚款"): "cases.Payment.additional", ("fine_receipt", "日期"): "cases.Payment.paid_on",
    ("paste_sheet", "来源"): "cases.Evidence.copy_source", ("paste_sheet", "证明事项"): "cases.Evidence.purpose",
    ("paste_sheet", "经核对与原件一致"): "cases.Evidence.is_checked_copy",
    ("paste_sheet", "日期"): "cases.Evidence.obtained_at", ("power_of_attorney", "受委托人"): "cases.CasePerson.name",
    ("edata_sheet", "证明事项"): "cases.Evidence.purpose", ("edata_sheet", "采集时间"): "cases.Evidence.obtained_at",
    ("edata_sheet", "采集地点"): "cases.Evidence.obtained_place", ("hearing_record", "联系电话"): f"{PARTY}.phone",
    ("court_application", "申请人"): f"{UNIT}.name", ("court_application", "被申请人"): f"{PARTY}.name",
    ("recusal_paper", "申请人"): "cases.Recusal.applicant", ("recusal_paper", "被申请回避人"): "cases.Recusal.person",
    ("filing_form", "案件来源"): f"{CASE}.source", ("no_penalty_decision", "事实"): "cases.InvestigationReport.facts",
    ("investigation_report", "证据名称"): "cases.Evidence.title", ("investigation_report", "备注"): "cases.Evidence.purpose",
    ("closing_report", "处理结果"): "cases.Closure.result", ("closing_report", "执行情况"): "cases.Closure.execution",
    ("publication_sheet", "公示编号"): "disclosure.DisclosureRecord.public_id",
    ("publication_sheet", "有效期"): "disclosure.DisclosureRecord.display_until",
    ("publication_sheet", "审核人"): "disclosure.DisclosureRecord.checked_by",
    ("withdrawal_statement", "公示编号"): "disclosure.DisclosureRecord.public_id",
    ("withdrawal_statement", "撤回原因"): "disclosure.Withdrawal.reason",
    ("withdrawal_statement", "生效文书"): "cases.Ruling.document_no",
}  # fmt: skip


def by_pen(field: Field) -> bool:
    """Written on the paper by hand: no fact is printed."""
    return field.home is Home.HAND


def source_of(document: DocumentType, field: Field) -> str:
    """The fact behind one field; empty where nothing says it.

    First what this document says of itself, then what all say alike, then the row of its act.
    """
    said = EXACT.get((document.code, field.label)) or BY_NAME.get(field.name) or BY_LABEL.get(field.label)
    if said or field.home is Home.LAW:
        return said or LAW_DATA
    row = ROWS.get(document.code, "")
    return f"{row}.{field.name}" if row and _is_column(row, field.name) else row


def _is_column(row: str, name: str) -> bool:
    return name in {field.name for field in apps.get_model(row)._meta.get_fields()}

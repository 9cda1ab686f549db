"""The documents of ``cases/procedure/steps/summary.py``."""

from __future__ import annotations

from lishu_law.documents.document_type import DocumentType, Field, Home, fields

SPOT_DECISION = DocumentType(
    code="spot_decision", doc_id="M14", title="当场行政处罚决定书", number_word="当罚",
    template="documents/spot_decision.html", template_version="2", kind="letter",
    fields=(
        Field("case_no", "案号", Home.CASE),
        *fields(
            Home.PARTY, ("party.person.name", "姓名"), ("party.person.id_number", "身份证件号"),
            ("party.person.address", "住址"), ("party.person.phone", "联系电话"), ("party.organisation.name", "名称"),
            ("party.organisation.address", "地址"), ("party.organisation.phone", "联系电话"),
            ("party.organisation.representative", "法定代表人"),
            ("party.organisation.credit_code", "统一社会信用代码"), required=False,
        ),
        Field("facts", "违法事实及依据", Home.CASE),
        *fields(Home.CASE, ("act_at", "时间"), ("place", "地点")),
        *fields(Home.LAW, ("breached", "违反了"), ("discretion", "裁量理由"), ("basis", "依据")),
        Field("penalty", "处罚", Home.CASE),
        Field("pays_on_the_spot", "当场缴纳", Home.CASE),
        *fields(Home.LAW, ("payment.bank", "15日内缴至"), ("payment.account", "账号"), ("remedy", "申请行政复议")),
        Field("heard", "处罚前已口头告知", Home.CASE),
        Field("officers", "执法人员签名", Home.STAFF),
        Field("organ", "印章", Home.STAFF),
        Field("decided_on", "印章", Home.CASE),
    ),
    signatures=("当事人或者其代理人", "执法人员", "执法人员"), seals=("机关印章",), copies=2,
    recipients=("存根", "当事人"), served=True, legal_basis="处罚法51,52;复议法23",
)  # fmt: skip

DOCUMENTS: tuple[DocumentType, ...] = (SPOT_DECISION,)

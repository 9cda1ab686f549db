"""The documents of ``cases/procedure/steps/remedies.py``."""

from __future__ import annotations

from lishu_law.documents.document_type import DocumentType, Field, Home, fields

_CASE_NO = Field("case_no", "案号", Home.CASE)

REVOCATION_DECISION = DocumentType(
    code="revocation_decision", doc_id="S35", title="撤销（变更）行政处罚决定书", number_word="撤",
    template="documents/revocation_decision.html", template_version="1", kind="letter",
    fields=(
        _CASE_NO,
        *fields(
            Home.PARTY, ("party.person.name", "姓名"), ("party.person.id_number", "身份证件号"),
            ("party.person.address", "住址"), ("party.organisation.name", "名称"),
            ("party.organisation.address", "地址"), required=False,
        ),
        Field("original", "原决定", Home.CASE),
        Field("error", "错误", Home.NARRATIVE),
        Field("basis", "依据", Home.NARRATIVE),
        Field("handling", "处理", Home.CASE),
        Field("refund", "退款", Home.CASE, required=False),
        *fields(Home.LAW, ("review_organ", "救济"), ("court", "人民法院")),
        Field("organ", "印章", Home.STAFF),
        Field("decided_on", "印章", Home.CASE, required=False),
    ),
    signatures=(), seals=("机关印章",), copies=2, recipients=("存根", "当事人"), served=True,
    legal_basis="处罚法75;强制法41",
)  # fmt: skip

REVIEW_REPLY = DocumentType(
    code="review_reply", doc_id="S41", title="行政复议答复书", number_word="复答",
    template="documents/review_reply.html", template_version="1", kind="letter",
    fields=(
        _CASE_NO,
        Field("review_organ", "复议机关", Home.CASE),
        Field("applicant", "申请人", Home.PARTY),
        Field("respondent", "被申请人", Home.STAFF),
        Field("answer", "答复", Home.NARRATIVE),
        Field("tables", "证据依据清单", Home.CASE),
        Field("organ", "印章", Home.STAFF),
    ),
    signatures=("负责人",), seals=("机关印章",), copies=2, recipients=("复议机关", "存卷"), served=False,
    legal_basis="复议法32,48,54",
)  # fmt: skip

DOCUMENTS: tuple[DocumentType, ...] = (REVOCATION_DECISION, REVIEW_REPLY)

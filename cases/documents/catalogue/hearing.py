"""The documents of ``cases/procedure/steps/hearing.py`` and of the party's defence."""

from __future__ import annotations

from lishu_law.documents.document_type import DocumentType, Field, Home, fields

_CASE_NO = Field("case_no", "案号", Home.CASE)
_CAUSE = Field("cause", "案由", Home.CASE)

HEARING_NOTICE = DocumentType(
    code="hearing_notice", doc_id="M12", title="听证通知书", number_word=None,
    template="documents/hearing_notice.html", template_version="1", kind="letter",
    fields=(
        _CASE_NO,
        Field("party", "当事人", Home.PARTY),
        Field("cause", "案名", Home.CASE),
        *fields(Home.NARRATIVE, ("scheduled_at", "听证时间"), ("place", "地点"), ("is_public", "公开")),
        *fields(
            Home.STAFF, ("chair", "主持人姓名职务"), ("members", "听证员姓名职务"), ("recorder", "记录员姓名职务"),
            ("address", "联系地址"), ("postcode", "邮编"), ("contact", "联系人"), ("phone", "联系电话"),
        ),
        Field("issued_on", "印章", Home.CASE),
    ),
    signatures=(), seals=("机关印章",), copies=2, recipients=("存根", "当事人或其代理人"), served=True,
    legal_basis="处罚法64",
)  # fmt: skip

HEARING_RECORD = DocumentType(
    code="hearing_record", doc_id="M13", title="听证笔录", number_word=None,
    template="documents/hearing_record.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        Field("cause", "案件名称", Home.CASE),
        Field("organ", "主持听证机关", Home.STAFF),
        *fields(Home.NARRATIVE, ("place", "地点"), ("started_at", "时间"), ("ended_at", "时间")),
        *fields(
            Home.STAFF, ("chair", "主持人"), ("members", "听证员"), ("recorder", "记录员"), ("officers", "执法人员"),
            ("officers", "执法证号"),
        ),
        *fields(
            Home.PARTY, ("party", "当事人"), ("representative", "法定代表人"), ("phone", "联系电话"),
        ),
        *fields(
            Home.NARRATIVE, ("proxies", "委托代理人"), ("third_party", "第三人"), ("others", "其他参与人员"),
            ("body", "听证记录"),
        ),
    ),
    signatures=("当事人或代理人", "主持人及听证员", "记录员", "其他参加人"), seals=(), copies=1, recipients=("存卷",),
    served=False, legal_basis="处罚法64(8)",
)  # fmt: skip

HEARING_REPORT = DocumentType(
    code="hearing_report", doc_id="S21", title="听证报告书", number_word=None,
    template="documents/_form.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        _CAUSE,
        *fields(Home.STAFF, ("rows", "主持人"), ("rows", "听证员"), ("rows", "书记员")),
        Field("rows", "当事人", Home.PARTY),
        *fields(Home.NARRATIVE, ("rows", "听证会摘要"), ("rows", "结论及处理意见")),
        Field("opinions", "负责人意见", Home.STAFF),
        Field("remarks", "备注", Home.NARRATIVE, required=False),
    ),
    signatures=("主持人", "负责人"), seals=(), copies=1, recipients=("副卷",), served=False, legal_basis="程序规定95",
)  # fmt: skip

DEFENCE_RECORD = DocumentType(
    code="defence_record", doc_id="S17", title="陈述申辩笔录", number_word=None,
    template="documents/_form.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        _CAUSE,
        *fields(
            Home.NARRATIVE, ("rows", "时间"), ("rows", "地点"), ("rows", "陈述申辩人"), ("rows", "身份"),
        ),
        *fields(Home.STAFF, ("rows", "执法人员"), ("rows", "记录人")),
        *fields(Home.NARRATIVE, ("rows", "内容"), ("rows", "证据清单")),
    ),
    signatures=("陈述申辩人", "执法人员", "记录人"), seals=(), copies=1, recipients=("存卷",), served=False,
    legal_basis="处罚法45",
)  # fmt: skip

DEFENCE_REVIEW = DocumentType(
    code="defence_review", doc_id="S18", title="陈述申辩复核意见书", number_word=None,
    template="documents/defence_review.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        _CAUSE,
        *fields(Home.NARRATIVE, ("points", "逐条理由"), ("points", "复核情况"), ("points", "采纳与否"), ("opinion", "意见")),
        Field("reviewer", "复核人", Home.STAFF),
    ),
    signatures=("复核人", "机构负责人"), seals=(), copies=1, recipients=("副卷",), served=False, legal_basis="处罚法45",
)  # fmt: skip

WAIVER_STATEMENT = DocumentType(
    code="waiver_statement", doc_id="S19", title="放弃陈述申辩及听证权利说明", number_word=None,
    template="documents/_form.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        _CAUSE,
        Field("rows", "当事人", Home.PARTY),
        *fields(Home.CASE, ("rows", "车船号"), ("rows", "时间"), ("rows", "违法行为")),
        Field("rows", "条款", Home.LAW),
        *fields(Home.CASE, ("rows", "收到通知书日期及编号"), ("rows", "放弃内容")),
    ),
    signatures=("当事人或代理人",), seals=(), copies=1, recipients=("存卷",), served=False, legal_basis="处罚法62",
)  # fmt: skip

POWER_OF_ATTORNEY = DocumentType(
    code="power_of_attorney", doc_id="S20", title="授权委托书", number_word=None,
    template="documents/_form.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        _CAUSE,
        Field("rows", "委托人", Home.PARTY),
        Field("rows", "受委托人", Home.CASE),
        *fields(Home.NARRATIVE, ("rows", "权限"), ("rows", "期限")),
    ),
    signatures=("委托人（签章）", "受委托人"), seals=(), copies=1, recipients=("存卷",), served=False,
    legal_basis="处罚法64(5)",
)  # fmt: skip

DOCUMENTS: tuple[DocumentType, ...] = (
    HEARING_NOTICE,
    HEARING_RECORD,
    HEARING_REPORT,
    DEFENCE_RECORD,
    DEFENCE_REVIEW,
    WAIVER_STATEMENT,
    POWER_OF_ATTORNEY,
)

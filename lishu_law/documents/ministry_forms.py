"""The fields of the ministry's 询问笔录, 抽样取证凭证 and 勘验笔录 (M02, M05, M03), which inspections fill too (J04–J06).

``reference`` is the number the paper carries (案号 or 备案号); the words a case and an inspection say differently are
given.
"""

from __future__ import annotations

from lishu_law.documents.document_type import Field, Home, fields


def questioning_fields(reference: Field, relation: str) -> tuple[Field, ...]:
    return (
        reference,
        *fields(Home.CASE, ("started_at", "时间"), ("ended_at", "时间"), ("ordinal", "次询问"), ("place", "地点")),
        *fields(Home.STAFF, ("questioner", "询问人"), ("recorder", "记录人")),
        Field("person.name", "被询问人", Home.PARTY),
        *fields(
            Home.PARTY, ("person.relation", relation), ("person.gender", "性别"), ("person.age", "年龄"),
            ("person.id_number", "身份证件号"), ("person.phone", "联系电话"),
            ("person.employer_and_position", "工作单位及职务"), ("person.address", "联系地址"), required=False,
        ),
        *fields(Home.STAFF, ("organ", "执法人员"), ("officers", "执法证号")),
        Field("exchanges", "问", Home.NARRATIVE),
        Field("reading", "上述笔录", Home.HAND),
    )  # fmt: skip


def sampling_fields(reference: Field) -> tuple[Field, ...]:
    return (
        reference,
        Field("party.name", "当事人", Home.PARTY),
        *fields(Home.CASE, ("started_at", "抽样取证时间"), ("place", "抽样地点")),
        *fields(Home.STAFF, ("organ", "抽样取证机关"), ("phone", "联系电话")),
        Field("basis", "依据", Home.LAW),
        *fields(
            Home.CASE, ("items", "序号"), ("items", "被抽样物品名称"), ("items", "规格及批号"), ("items", "数量"),
            ("items", "被抽样物品地点"),
        ),
        Field("remarks", "备注", Home.NARRATIVE, required=False),
        Field("issued_on", "印章", Home.CASE),
    )  # fmt: skip


def inquest_fields(reference: Field, cause: str) -> tuple[Field, ...]:
    return (
        reference,
        Field("cause", cause, Home.CASE),
        *fields(Home.CASE, ("started_at", "勘验时间"), ("place", "勘验场所"), ("weather", "天气情况")),
        *fields(Home.STAFF, ("inspectors", "勘验人"), ("unit", "单位及职务"), ("inspectors", "执法证号")),
        *fields(
            Home.PARTY, ("person.name", "姓名"), ("person.gender", "性别"), ("person.age", "年龄"),
            ("person.id_number", "身份证号"), ("person.employer_and_position", "单位及职务"), ("person.address", "住址"),
            ("person.phone", "联系电话"), ("invited", "被邀请人"), ("invited_unit", "单位及职务"), required=False,
        ),
        Field("recorder", "记录人", Home.STAFF),
        Field("unit", "单位及职务", Home.STAFF),
        Field("content", "勘验情况及结果", Home.NARRATIVE),
        Field("reading", "上述笔录", Home.HAND),
    )  # fmt: skip

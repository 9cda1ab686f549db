"""The shape of a penalty record, checked before it is frozen: the schema of feed_api.md §3.1 as a table of fields.

The exchange checks the same again. Doing it here turns a refusal days later into a message beside the fact to mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
MONEY = r"(0|[1-9][0-9]{0,11})\.[0-9]{2}"
WAN = r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?"
USCC = r"[0-9A-HJ-NP-RTUW-Y]{18}"
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
TYPES = frozenset({"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "99"})


@dataclass(frozen=True)
class Fault:
    """One broken rule: its code, the JSON pointer, the words for the checker and the fact to mend."""

    rule: str
    path: str
    message: str
    fact: str = ""


Check = Callable[[Any], str]


def _text(least: int, most: int) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str):
            return "要填文字"
        if _CONTROL.search(value):
            return "含有看不见的控制字符，请删去"
        return "" if least <= len(value) <= most else f"要在 {least} 到 {most} 字之间，现在 {len(value)} 字"

    return check


def _like(pattern: str) -> Check:
    def check(value: Any) -> str:
        return "" if isinstance(value, str) and re.fullmatch(pattern, value) else "格式不对"

    return check


def _one_of(*codes: str) -> Check:
    return lambda value: "" if value in codes else "不在代码表里"


def _boolean(value: Any) -> str:
    return "" if isinstance(value, bool) else "要选是或否"


def _types(value: Any) -> str:
    good = isinstance(value, list) and value and len(set(value)) == len(value) and set(value) <= TYPES
    return "" if good else "处罚种类没有选，或者不在代码表里"


def _people(value: Any) -> str:
    """At least two names or numbers, none of them empty."""
    if not isinstance(value, list) or not 2 <= len(value) <= 20:
        return "要有 2 到 20 项"
    good = all(isinstance(item, str) and 1 <= len(item) <= 50 for item in value)
    return "" if good else "有一项是空的，或者太长"


def _blocks(value: Any) -> str:
    good = isinstance(value, list) and len(value) <= 200 and all(isinstance(item, Mapping) for item in value)
    return "" if good else "最多 200 项"


@dataclass(frozen=True)
class Field:
    name: str
    title: str
    check: Check
    required: bool = False
    fact: str = ""


def _need(name: str, title: str, check: Check, fact: str = "") -> Field:
    return Field(name, title, check, True, fact or name)


def _may(name: str, title: str, check: Check, fact: str = "") -> Field:
    return Field(name, title, check, False, fact or name)


SIX = ("0", "1", "2", "3", "4", "5", "6")
PENALTY = (
    _need("supervise_item_code", "监管事项目录编码", _like("[0-9]{14}"), "item_code"),
    _need("punish_action_name", "处罚行为名称", _text(1, 500), "violation"),
    _need("punish_action_code", "处罚行为编号", _text(1, 50), "case_no"),
    _need("implement_institution", "实施机构", _text(1, 100), "organ_name"),
    _need("implement_institution_code", "实施机构代码", _like(USCC), "organ_uscc"),
    _may("entrust_dept", "受委托部门", _text(0, 100)),
    _may("entrust_dept_code", "受委托部门代码", _like("[0-9A-Z]{18}")),
    _may("supervise_object_type", "监管对象类型", _one_of("01", "02", "03", "04", "05", "06")),
    _need("supervise_object", "监管对象", _text(1, 200), "party_name"),
    _need("case_source", "案件来源", _one_of("01", "02", "03", "04", "05", "06")),
    _need("check_action_code", "检查行为编号", _text(1, 50)),
    _need("administrative_cp", "行政相对人", _text(1, 200), "party_name"),
    _need("administrative_cp_na", "行政相对人性质", _one_of("01", "02", "03"), "party_kind"),
    _need("administrative_cp_ce_type", "证件类型", _one_of("001", "111", "112", "414", "999"), "party_id_kind"),
    _need("administrative_cp_ui_code", "行政相对人代码", _text(1, 20), "party_id_number"),
    _may("address_registered", "注册地址", _text(0, 400), "party_address"),
    _may("address_operating", "经营地址", _text(0, 400), "party_address"),
    _need("area_number", "行政区划代码", _like("[1-9][0-9]{5}"), "area_code"),
    _need("illegal_fact", "违法事实", _text(20, 5000), "facts_text"),
    _need("punish_accord", "处罚依据", _text(1, 2000), "basis"),
    _need("punish_procedure", "处罚程序", _one_of("1", "2"), "procedure"),
    _need("is_hearing", "是否听证", _boolean),
    _may("set_date", "立案日期", _like(DATE), "filed_on"),
    _need("is_criminal", "是否涉刑", _boolean),
    _may("major_case", "是否重大案件", _boolean),
    _may("legal_review", "是否法制审核", _boolean),
    _may("legal_review_date", "法制审核日期", _like(DATE), "legal_reviewed_on"),
    _may("legal_review_opinion", "法制审核意见", _text(0, 100), "legal_opinion"),
    _may("group_discussion", "是否集体讨论", _boolean),
    _may("group_discussion_date", "集体讨论日期", _like(DATE), "discussed_on"),
    _may("group_discussion_conclusion", "集体讨论结论", _text(0, 1000), "discussion_conclusion"),
    _need("punish_file_num", "决定书文号", _text(1, 100), "number"),
    _need("punish_set_date", "决定日期", _like(DATE), "decided_on"),
    _need("punish_type", "处罚种类", _types, "penalty_types"),
    _may("fine_amount", "罚款金额", _like(MONEY), "fine"),
    _may("confiscated_amount", "没收金额", _like(MONEY), "confiscated"),
    _may("licence_action", "暂扣或者吊销的证照", _text(0, 200)),
    _need("punish_result", "处罚内容", _text(1, 1000), "result_text"),
    _need("reconsideration", "复议情况", _one_of(*SIX)),
    _need("litigation", "诉讼情况", _one_of(*SIX)),
    _may("execute_mode", "执行方式", _one_of("1", "2", "3", "4")),
    _may("execute_result", "执行结果", _one_of("1", "2", "3", "4")),
    _may("paid_amount", "已缴金额", _like(MONEY)),
    _need("no_punish", "是否不予处罚", _boolean),
    _may("close_date", "结案日期", _like(DATE), "closed_on"),
    _may("other_handling", "其他处理", _one_of("1", "2", "9")),
    _may("transfer_date", "移送日期", _like(DATE)),
    _may("submitted_personnel", "报送人", _text(0, 50)),
    _need("credit_class", "失信等级", _one_of("1", "2", "3")),
    _need("public", "公示内容", lambda value: "" if isinstance(value, dict) else "缺少公示内容"),
    _may("sgs", "双公示内容", lambda value: "" if isinstance(value, dict) else "格式不对"),
)
PUBLIC = (
    _need("visible", "是否公示", _boolean),
    _may("exclusion_code", "不予公示理由", _like("X0[1-8]")),
    _need("party_display", "公示的当事人", _text(1, 200), "party_name"),
    _may("fact_display", "公示的违法事实", _text(0, 5000), "facts_text"),
    _may("display_until", "公示截止日", _like(DATE)),
    _may("public_url", "公示地址", _text(0, 300)),
)
SGS = (
    _need("CF_XDR_MC", "行政相对人名称", _text(1, 200), "party_name"),
    _need("CF_XDR_LB", "行政相对人类别", _one_of("法人及非法人组织", "自然人", "个体工商户"), "party_kind"),
    _may("CF_XDR_SHXYM", "统一社会信用代码", _text(0, 18), "party_uscc"),
    _may("CF_XDR_GSZC", "工商注册号", _text(0, 50)),
    _may("CF_XDR_ZZJG", "组织机构代码", _text(0, 9)),
    _may("CF_XDR_SWDJ", "税务登记号", _text(0, 20)),
    _may("CF_XDR_SYDW", "事业单位证书号", _text(0, 50)),
    _may("CF_XDR_SHZZ", "社会组织登记证号", _text(0, 50)),
    _may("CF_FRDB", "法定代表人", _text(0, 50), "party_person_name"),
    _may("CF_FR_ZJLX", "法定代表人证件类型", _text(0, 64)),
    _may("CF_FR_ZJHM", "法定代表人证件号码", _text(0, 64)),
    _may("CF_XDR_ZJLX", "证件类型", _text(0, 64)),
    _may("CF_XDR_ZJHM", "证件号码", _text(0, 64)),
    _need("CF_WSH", "决定书文号", _text(1, 128), "number"),
    _need("CF_WFXW", "违法行为类型", _text(1, 2000), "violation"),
    _need("CF_SY", "违法事实", _text(1, 5000), "facts_text"),
    _need("CF_YJ", "处罚依据", _text(1, 2000), "basis"),
    _need("CF_CFLB", "处罚类别", _text(1, 200), "penalty_types"),
    _need("CF_NR", "处罚内容", _text(1, 4000), "result_text"),
    _may("CF_NR_FK", "罚款金额（万元）", _like(WAN), "fine"),
    _may("CF_NR_WFFF", "没收金额（万元）", _like(WAN), "confiscated"),
    _may("CF_NR_ZKDX", "暂扣或者吊销的证照", _text(0, 200), "licence_action"),
    _need("CF_JDRQ", "处罚决定日期", _like(DATE), "decided_on"),
    _need("CF_YXQ", "处罚有效期", _like(DATE)),
    _need("CF_GSJZQ", "公示截止期", _like(DATE)),
    _need("CF_CFJG", "处罚机关", _text(1, 200), "organ_name"),
    _need("CF_CFJGDM", "处罚机关代码", _like(USCC), "organ_uscc"),
    _need("CF_SJLY", "数据来源单位", _text(1, 200), "organ_name"),
    _need("CF_SJLYDM", "数据来源单位代码", _like(USCC), "organ_uscc"),
    _may("BZ", "备注", _text(0, 512)),
)


CHECK_RESULT = (
    _need("code", "检查结果", _one_of(*(f"R{number}" for number in range(1, 11))), "result_code"),
    _may("text", "检查情况", _text(0, 4000), "result_text"),
    _may("items", "检查要点", _blocks, "points"),
)
CHECK_ITEM = (
    _need("no", "检查要点序号", _text(0, 20), "points"),
    _need("name", "检查要点", _text(0, 300), "points"),
    _need("result", "检查要点结果", _one_of("合格", "不合格", "未检查", "合理缺项"), "points"),
)
INSPECTION = (
    _may("plan_id", "抽查计划编号", _text(0, 50)),
    _may("filing_no", "备案号", _text(0, 30)),
    _need("supervise_item_implement_code", "监管事项编码", _like("[0-9]{14}"), "matter_code"),
    _need("supervise_item_check_icode", "检查实施清单编码", _like("[0-9A-Z]{18}[1-5][0-9A-Z]{0,21}"), "matter_code"),
    _need("check_action_name", "检查行为名称", _text(1, 2000), "matter_name"),
    _need("check_action_code", "检查行为编号", _text(1, 50)),
    _need("implement_institution", "实施机构", _text(1, 100), "organ_name"),
    _need("implement_institution_code", "实施机构代码", _like(USCC), "organ_uscc"),
    _need("supervise_object", "监管对象", _text(1, 200), "party_name"),
    _need("administrative_cp", "行政相对人", _text(1, 200), "party_name"),
    _need("administrative_cp_na", "行政相对人性质", _one_of("01", "02", "03"), "party_kind"),
    _need("administrative_cp_ce_type", "证件类型", _one_of("001", "111", "112", "414", "999"), "party_id_kind"),
    _need("administrative_cp_ui_code", "行政相对人代码", _text(1, 20), "party_id_number"),
    _may("address_registered", "注册地址", _text(0, 400), "party_address"),
    _may("address_operating", "经营地址", _text(0, 400), "place"),
    _need("area_number", "行政区划代码", _like("[1-9][0-9]{5}"), "area_code"),
    _need("check_form", "检查形式", _one_of("01", "02", "03"), "form"),
    _need("check_type", "检查类别", _one_of("01", "02", "03", "04", "05", "06"), "category"),
    _may("check_mode", "检查方式", _one_of("01", "02", "03", "04"), "method"),
    _need("check_result", "检查结果", lambda value: "" if isinstance(value, dict) else "格式不对", "result_code"),
    _need("check_date", "检查时间", _like(DATE + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}\+08:00"), "checked_at"),
    _need("check_personnel", "检查人员", _people, "officers"),
    _need("check_personnel_code", "检查人员执法证号", _people, "officers"),
    _may("company_type", "企业分类", _text(0, 100), "industry"),
)


def inspection_shape_faults(data: Mapping[str, Any]) -> list[Fault]:
    """Every field of an inspection record that the exchange's schema would refuse (feed_api.md §3.2)."""
    found = list(_faults(data, INSPECTION, "/data"))
    result = data.get("check_result")
    if isinstance(result, Mapping):
        found += _faults(result, CHECK_RESULT, "/data/check_result")
        for place, item in enumerate(result.get("items") or ()):
            found += _faults(item, CHECK_ITEM, f"/data/check_result/items/{place}")
    return found


def shape_faults(data: Mapping[str, Any]) -> list[Fault]:
    """Every field of a penalty record that the exchange's schema would refuse (E3001)."""
    found = list(_faults(data, PENALTY, "/data"))
    for name, fields in (("public", PUBLIC), ("sgs", SGS)):
        block = data.get(name)
        if isinstance(block, Mapping):
            found += _faults(block, fields, f"/data/{name}")
    return found


def _faults(values: Mapping[str, Any], fields: tuple[Field, ...], path: str) -> Iterator[Fault]:
    for field in fields:
        value = values.get(field.name)
        if value is None:
            if field.required:
                yield Fault("schema", f"{path}/{field.name}", f"缺少{field.title}，请先补上。", field.fact)
            continue
        wrong = field.check(value)
        if wrong:
            yield Fault("schema", f"{path}/{field.name}", f"{field.title}{wrong}。", field.fact)
    for name in set(values) - {field.name for field in fields}:
        yield Fault("schema", f"{path}/{name}", f"交换平台不认识字段 {name}。")

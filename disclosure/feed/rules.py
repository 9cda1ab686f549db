"""The cross-field rules of the exchange (feed_api.md §3.1), run before a record is frozen.

The same list runs on the other side. V09 (the named inspection is live there) and V18 (the number is not taken) need
the exchange's own holdings: of V09 only the words are checked here, of V18 nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from disclosure.content import PENALTY_TYPES
from disclosure.credit import months_after
from disclosure.detectors import is_id_number
from disclosure.feed.shape import Fault
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.identity.uscc import organisation_check_digit, uscc_check_digit

_NEW_TYPES = frozenset({"08", "09", "10", "11", "12"})
_NEW_LAW_ON = "2021-07-15"
# The exchange takes 个体工商户 (03) with the organisations; our own procedure is stricter (simple_scope.sole_trader).
_SUMMARY_MOST = {"01": "simple_scope.citizen", "02": "simple_scope.organisation", "03": "simple_scope.organisation"}
_NO_END = "2099-12-31"
_MONTHS = {"1": 3, "2": 12, "3": 36}
_CARDS = ("111", "112")
P1 = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
P2 = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
P3 = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·・ ]?[A-HJ-NP-Z0-9]{4,5}"
    r"[A-HJ-NP-Z0-9挂学警港澳领]"
)


def uscc_is_valid(code: str) -> bool:
    """GB 32100: check character, and the check character of the organisation code inside (disclosure.md §2.3)."""
    if not re.fullmatch("[0-9A-HJ-NPQRTUWXY]{18}", code):
        return False
    return uscc_check_digit(code[:17]) == code[17] and organisation_check_digit(code[8:16]) == code[16]


class Record:
    """One envelope with the readings the rules share."""

    def __init__(self, envelope: Mapping[str, Any], today: date) -> None:
        self.envelope, self.today = envelope, today
        self.data: Mapping[str, Any] = envelope["data"]
        self.public: Mapping[str, Any] = self.data.get("public", {})
        self.sgs: Mapping[str, Any] | None = self.data.get("sgs")
        self.types = frozenset(self.data.get("punish_type", ()))

    def get(self, name: str) -> Any:
        return self.data.get(name) or None

    def money(self, name: str) -> Decimal | None:
        value = self.data.get(name)
        return Decimal(value) if value else None


def rule_faults(envelope: Mapping[str, Any], today: date) -> list[Fault]:
    """Every broken rule of a penalty record whose shape is right; ``today`` is the date in Asia/Shanghai."""
    record = Record(envelope, today)
    return [fault for rule in RULES for fault in rule(record)]


def inspection_rule_faults(envelope: Mapping[str, Any], today: date) -> list[Fault]:
    """Every broken rule of an inspection record whose shape is right (feed_api.md §3.2)."""
    record = Record(envelope, today)
    return [fault for rule in INSPECTION_RULES for fault in rule(record)]


def _fault(rule: str, field: str, message: str, fact: str = "") -> Fault:
    return Fault(rule, f"/data/{field}", message, fact or field)


def _v01(r: Record) -> Iterator[Fault]:
    named = [("implement_institution_code", r.get("implement_institution_code"), "organ_uscc")]
    named.append(("entrust_dept_code", r.get("entrust_dept_code"), "entrust_dept_code"))
    if r.data["administrative_cp_ce_type"] == "001":
        named.append(("administrative_cp_ui_code", r.get("administrative_cp_ui_code"), "party_uscc"))
    for name, fact in (("CF_XDR_SHXYM", "party_uscc"), ("CF_CFJGDM", "organ_uscc"), ("CF_SJLYDM", "organ_uscc")):
        named.append((f"sgs/{name}", (r.sgs or {}).get(name), fact))
    for field, code, fact in named:
        if code and not uscc_is_valid(code):
            yield _fault("V01", field, "统一社会信用代码校验不通过，请对照营业执照核对。", fact)


def _v02(r: Record) -> Iterator[Fault]:
    if r.data["administrative_cp_ce_type"] not in _CARDS:
        return
    number = r.data["administrative_cp_ui_code"]
    born = card_birth_date(number)
    if "x" in number or not is_id_number(number) or born is None or born.isoformat() > r.envelope["cd_time"][:10]:
        yield _fault("V02", "administrative_cp_ui_code", "身份证号校验不通过，请对照证件核对。", "party_id_number")


def card_birth_date(number: str) -> date | None:
    """The birth date in an 18-digit identity number; None when it does not exist."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14])) if len(number) == 18 else None
    except ValueError:
        return None


def _v03(r: Record) -> Iterator[Fault]:
    kind, card = r.data["administrative_cp_na"], r.data["administrative_cp_ce_type"]
    if (kind == "02" and card != "001") or (kind == "01" and card == "001"):
        yield _fault("V03", "administrative_cp_ce_type", "当事人类别与证件类型不一致，请核对。", "party_id_kind")


def _v04(r: Record) -> Iterator[Fault]:
    fined = (r.money("fine_amount") or 0) > 0
    if ("02" in r.types) != fined:
        yield _fault("V04", "fine_amount", "处罚种类有罚款就要有罚款金额，没有罚款就不能填。", "fine")
    if r.types & {"03", "04"} and r.money("confiscated_amount") is None:
        yield _fault("V04", "confiscated_amount", "处罚种类含没收，请填写没收金额，没有价值的填 0。", "confiscated")
    if r.types & {"05", "07"} and not r.get("licence_action"):
        yield _fault("V04", "licence_action", "暂扣或者吊销证照时，请写明证照名称和编号。")


def _v05(r: Record) -> Iterator[Fault]:
    if r.data["punish_procedure"] != "1":
        return
    # The exchange applies the figures of the present law to older decisions as well.
    day = date.fromisoformat(max(r.data["punish_set_date"], _NEW_LAW_ON))
    most = DEFAULT_PARAMETERS.number(_SUMMARY_MOST[r.data["administrative_cp_na"]], day)
    if not r.types <= {"01", "02"} or (r.money("fine_amount") or 0) > most:
        yield _fault("V05", "punish_procedure", "简易程序只能警告，或者在当场处罚的限额内罚款。", "procedure")


def _v06(r: Record) -> Iterator[Fault]:
    decided, filed = r.data["punish_set_date"], r.get("set_date")
    if r.data["punish_procedure"] == "2" and (filed is None or filed > decided):
        yield _fault("V06", "set_date", "普通程序要有立案日期，且不晚于决定日期。", "filed_on")
    if decided > r.today.isoformat():
        yield _fault("V06", "punish_set_date", "决定日期不能晚于今天。", "decided_on")


def _v07(r: Record) -> Iterator[Fault]:
    closed, filed, decided = r.get("close_date"), r.get("set_date"), r.data["punish_set_date"]
    if closed and ((filed and closed < filed) or closed < decided):
        yield _fault("V07", "close_date", "结案日期不能早于立案日期和决定日期。", "closed_on")
    if r.envelope["cd_time"][:10] < decided:
        yield _fault("V07", "punish_set_date", "报送时间不能早于决定日期。", "decided_on")


def _v08(r: Record) -> Iterator[Fault]:
    if r.get("major_case") and not r.get("legal_review"):
        yield _fault("V08", "legal_review", "重大案件要先经法制审核。", "legal_reviewed_on")
    for flag, field, title, fact in (
        ("legal_review", "legal_review_date", "法制审核", "legal_reviewed_on"),
        ("group_discussion", "group_discussion_date", "集体讨论", "discussed_on"),
    ):
        day = r.get(field)
        if r.get(flag) and not day:
            yield _fault("V08", field, f"请填写{title}日期。", fact)
        if day and day > r.data["punish_set_date"]:
            yield _fault("V08", field, f"{title}日期不能晚于决定日期。", fact)


def _v09(r: Record) -> Iterator[Fault]:
    if (r.data["case_source"] == "01") == (r.data["check_action_code"] == "无"):
        yield _fault("V09", "check_action_code", "监督检查来的案件写检查编号，其他来源写“无”。")


def _v10(r: Record) -> Iterator[Fault]:
    if r.sgs is None:
        return
    for name, field, fact in (
        ("CF_WSH", "punish_file_num", "number"),
        ("CF_JDRQ", "punish_set_date", "decided_on"),
        ("CF_CFJGDM", "implement_institution_code", "organ_uscc"),
    ):
        if r.sgs[name] != r.data[field]:
            yield _fault("V10", f"sgs/{name}", "双公示内容与处罚决定不一致。", fact)
    for name, field, fact in (("CF_NR_FK", "fine_amount", "fine"), ("CF_NR_WFFF", "confiscated_amount", "confiscated")):
        if Decimal(r.sgs.get(name) or 0) * 10000 != (r.money(field) or 0):
            yield _fault("V10", f"sgs/{name}", "万元金额与元金额不一致。", fact)


def _v11(r: Record) -> Iterator[Fault]:
    if r.sgs is None:
        return
    kind, code = r.sgs["CF_XDR_LB"], r.sgs.get("CF_XDR_SHXYM")
    if kind == "法人及非法人组织":
        if not code:
            yield _fault("V11", "sgs/CF_XDR_SHXYM", "请补上单位的统一社会信用代码。", "party_uscc")
        if not r.sgs.get("CF_FRDB"):
            yield _fault("V11", "sgs/CF_FRDB", "请补上单位的法定代表人。", "party_person_name")
    elif kind == "自然人":
        if not r.sgs.get("CF_XDR_ZJLX") or not r.sgs.get("CF_XDR_ZJHM") or code:
            yield _fault("V11", "sgs/CF_XDR_ZJHM", "自然人要有证件类型和号码，没有信用代码。", "party_id_number")
    elif not code and not r.sgs.get("CF_XDR_GSZC"):
        yield _fault("V11", "sgs/CF_XDR_SHXYM", "请补上个体工商户的信用代码或者注册号。", "party_uscc")


def _v12(r: Record) -> Iterator[Fault]:
    if r.sgs is None:
        return
    names = {"99" if n.startswith("其他-") and len(n) > 3 else n for n in r.sgs["CF_CFLB"].split(";")}
    if names != {code if code == "99" else PENALTY_TYPES[code] for code in r.types}:
        yield _fault("V12", "sgs/CF_CFLB", "处罚类别的名称与处罚种类不一致。", "penalty_types")


def _v13(r: Record) -> Iterator[Fault]:
    if r.sgs is None:
        return
    decided, shown, valid = r.sgs["CF_JDRQ"], r.sgs["CF_GSJZQ"], r.sgs["CF_YXQ"]
    level = r.data["credit_class"]
    last = months_after(date.fromisoformat(decided), _MONTHS[level]).isoformat()
    if level == "3" and valid != _NO_END:
        last = max(last, valid)
    if not decided < shown <= last:
        yield _fault("V13", "sgs/CF_GSJZQ", "公示截止期要在决定日之后，且不超过本级最长期限。", "display_until")


def _v14(r: Record) -> Iterator[Fault]:
    if r.envelope["record_unique_identity"][:18] != r.data["implement_institution_code"]:
        yield _fault("V14", "implement_institution_code", "记录标识与实施机构代码不一致。", "organ_uscc")


def _v15(r: Record) -> Iterator[Fault]:
    visible, code = r.public["visible"], r.public.get("exclusion_code")
    if visible == bool(code):
        yield _fault("V15", "public/visible", "不予公示要有理由，公示的不能有。", "exclusion_code")
    if visible and r.data["administrative_cp_ce_type"] in _CARDS:
        born = card_birth_date(r.data["administrative_cp_ui_code"])
        day = r.get("set_date") or r.data["punish_set_date"]
        if born and day <= _eighteenth(born).isoformat():
            yield _fault("V15", "public/visible", "当事人不满十八周岁，不得公示。", "birth_on")


def _eighteenth(born: date) -> date:
    leap = (born.month, born.day) == (2, 29)
    return date(born.year + 18, 3, 1) if leap else born.replace(year=born.year + 18)


def _v16(r: Record) -> Iterator[Fault]:
    hidden = [r.data["administrative_cp"], r.data["administrative_cp_ui_code"]]
    for name in ("party_display", "fact_display"):
        text = unicodedata.normalize("NFKC", r.public.get(name) or "")
        shows = any(pattern.search(text) for pattern in (P1, P2, P3))
        if r.data["administrative_cp_na"] == "01":
            shows = shows or any(unicodedata.normalize("NFKC", value) in text for value in hidden)
        if shows:
            yield _fault("V16", f"public/{name}", "公开内容里还有个人信息或者车牌，请先遮盖。", "facts_text")


def _v17(r: Record) -> Iterator[Fault]:
    if r.data["punish_set_date"] < _NEW_LAW_ON and r.types & _NEW_TYPES:
        yield _fault("V17", "punish_type", "这种处罚 2021 年 7 月 15 日起才有。", "penalty_types")


RULES = (_v01, _v02, _v03, _v04, _v05, _v06, _v07, _v08, _v09, _v10, _v11, _v12, _v13, _v14, _v15, _v16, _v17)


def _v21(r: Record) -> Iterator[Fault]:
    numbers = r.data["check_personnel_code"]
    if len(r.data["check_personnel"]) != len(numbers) or len(set(numbers)) != len(numbers):
        yield _fault("V21", "check_personnel_code", "每名检查人员要有自己的执法证号。", "officers")


def _v22(r: Record) -> Iterator[Fault]:
    if r.data["check_date"] >= r.envelope["cd_time"]:
        yield _fault("V22", "check_date", "检查时间要早于报送时间。", "checked_at")


def _v23(r: Record) -> Iterator[Fault]:
    if r.data["check_type"] == "01" and not r.get("plan_id"):
        yield _fault("V23", "plan_id", "双随机抽查要写抽查计划编号。")


def _v24(r: Record) -> Iterator[Fault]:
    if r.data["supervise_item_check_icode"][:18] != r.data["implement_institution_code"]:
        yield _fault("V24", "supervise_item_check_icode", "检查实施清单编码要以实施机构代码开头。", "organ_uscc")


def _v25(r: Record) -> Iterator[Fault]:
    result = r.data["check_result"]
    if result["code"] in ("R1", "R7") and any(item["result"] == "不合格" for item in result.get("items", ())):
        yield _fault("V25", "check_result/code", "有不合格的要点，检查结果不能是未发现问题。", "result_code")


INSPECTION_RULES = (_v01, _v02, _v03, _v14, _v21, _v22, _v23, _v24, _v25)

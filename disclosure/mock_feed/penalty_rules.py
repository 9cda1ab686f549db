"""Cross-field rules V04–V19 of a penalty decision (contract 3.1). V18 is a look-up and lives with the intake."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from disclosure.mock_feed.codes import PUNISH_TYPE
from disclosure.mock_feed.errors import Json, detail
from disclosure.mock_feed.identity import birth_date, is_under_18
from disclosure.mock_feed.moment import parse_date
from disclosure.mock_feed.rules import ID_CARD_TYPES, SHARED_RULES, Posted, Rule, check_sender

_WAN: Final = Decimal(10_000)
_SIMPLE_LIMIT: Final = {"01": Decimal("200.00"), "02": Decimal("3000.00"), "03": Decimal("3000.00")}
_NEW_LAW_ON: Final = date(2021, 7, 15)
_NEW_TYPES: Final = frozenset({"08", "09", "10", "11", "12"})
_UNLIMITED: Final = "2099-12-31"
_CLASS_MONTHS: Final = {"1": 3, "2": 12, "3": 36}
_OTHER: Final = "其他-"
_TYPE_OF_NAME: Final = {name: code for code, name in PUNISH_TYPE.items() if code != "99"}
_PRIVATE: Final = (
    ("身份证号", re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")),
    ("手机号", re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")),
    (
        "车牌号",
        re.compile(
            "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·・ ]?"
            "[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳领]"
        ),
    ),
)


def _money(text: str | None) -> Decimal:
    return Decimal(text) if text else Decimal(0)


def _types_have_their_fields(posted: Posted) -> Iterator[Json]:
    types = set(posted.data["punish_type"])
    fine = _money(posted.text("fine_amount"))
    if ("02" in types) != (fine > 0):
        yield detail("V04", "/data/fine_amount", "处罚种类含罚款时必须填写罚款金额，不含时不得填写")
    if types & {"03", "04"} and not posted.text("confiscated_amount"):
        yield detail("V04", "/data/confiscated_amount", "处罚种类含没收时必须填写没收金额")
    if types & {"05", "07"} and not posted.text("licence_action"):
        yield detail("V04", "/data/licence_action", "暂扣或吊销许可证件时必须填写证件情况")


def _simple_procedure_is_small(posted: Posted) -> Iterator[Json]:
    if posted.data["punish_procedure"] != "1":
        return
    if not set(posted.data["punish_type"]) <= {"01", "02"}:
        yield detail("V05", "/data/punish_type", "简易程序只能警告或罚款")
    if _money(posted.text("fine_amount")) > _SIMPLE_LIMIT[posted.data["administrative_cp_na"]]:
        yield detail("V05", "/data/fine_amount", "罚款超过简易程序的限额")


def _filed_before_decided(posted: Posted) -> Iterator[Json]:
    filed, decided = posted.day("set_date"), posted.day("punish_set_date")
    if posted.data["punish_procedure"] == "2" and (filed is None or (decided is not None and filed > decided)):
        yield detail("V06", "/data/set_date", "普通程序应有立案日期，且不晚于处罚决定日期")
    if decided is not None and decided > posted.around.today:
        yield detail("V06", "/data/punish_set_date", "处罚决定日期不能晚于今天")


def _closed_after(posted: Posted) -> Iterator[Json]:
    filed, decided, closed = posted.day("set_date"), posted.day("punish_set_date"), posted.day("close_date")
    if closed is not None and filed is not None and closed < filed:
        yield detail("V07", "/data/close_date", "结案日期不能早于立案日期")
    if closed is not None and decided is not None and closed < decided:
        yield detail("V07", "/data/close_date", "结案日期不能早于处罚决定日期")
    if decided is not None and posted.sent_on < decided:
        yield detail("V07", "/cd_time", "报送时间不能早于处罚决定日期")


def _reviewed_before_decided(posted: Posted) -> Iterator[Json]:
    data, decided = posted.data, posted.day("punish_set_date")
    if data.get("major_case") and not data.get("legal_review"):
        yield detail("V08", "/data/legal_review", "重大案件应经法制审核")
    for act in ("legal_review", "group_discussion"):
        held = posted.day(f"{act}_date")
        if data.get(act) and held is None:
            yield detail("V08", f"/data/{act}_date", "已填写审核或讨论时应有其日期")
        if held is not None and decided is not None and held > decided:
            yield detail("V08", f"/data/{act}_date", "审核或讨论日期不能晚于处罚决定日期")


def _comes_from_inspection(posted: Posted) -> Iterator[Json]:
    code = posted.data["check_action_code"]
    if posted.data["case_source"] == "01":
        if not posted.around.is_live_inspection(code):
            yield detail("V09", "/data/check_action_code", "没有找到这次检查的记录，请先报送检查记录")
    elif code != "无":
        yield detail("V09", "/data/check_action_code", "案件来源不是监督检查时应填“无”")


def _credit_template_agrees(posted: Posted) -> Iterator[Json]:
    data, credit = posted.data, posted.data.get("sgs")
    if not credit:
        return
    for theirs, ours in (
        ("CF_WSH", "punish_file_num"),
        ("CF_JDRQ", "punish_set_date"),
        ("CF_CFJGDM", "implement_institution_code"),
    ):
        if credit[theirs] != data[ours]:
            yield detail("V10", f"/data/sgs/{theirs}", "与处罚决定的对应内容不一致")
    for theirs, ours in (("CF_NR_FK", "fine_amount"), ("CF_NR_WFFF", "confiscated_amount")):
        if _money(credit.get(theirs)) * _WAN != _money(data.get(ours)):
            yield detail("V10", f"/data/sgs/{theirs}", "万元金额与处罚决定的金额不一致")


def _credit_template_is_complete(posted: Posted) -> Iterator[Json]:
    credit = posted.data.get("sgs")
    if not credit:
        return
    kind = credit["CF_XDR_LB"]
    has = {name for name, value in credit.items() if value}
    if kind == "法人及非法人组织":
        lacking = {"CF_XDR_SHXYM", "CF_FRDB"} - has
    elif kind == "自然人":
        lacking = {"CF_XDR_ZJLX", "CF_XDR_ZJHM"} - has
        if "CF_XDR_SHXYM" in has:
            yield detail("V11", "/data/sgs/CF_XDR_SHXYM", "自然人不填统一社会信用代码")
    else:
        lacking = set() if has & {"CF_XDR_SHXYM", "CF_XDR_GSZC"} else {"CF_XDR_SHXYM"}
    for name in sorted(lacking):
        yield detail("V11", f"/data/sgs/{name}", "该类行政相对人必须填写此项")


def _credit_types_agree(posted: Posted) -> Iterator[Json]:
    credit = posted.data.get("sgs")
    if not credit:
        return
    types = {_type_of(part) for part in credit["CF_CFLB"].split(";")}
    if types != set(posted.data["punish_type"]):
        yield detail("V12", "/data/sgs/CF_CFLB", "处罚类别与处罚种类不一致，多项用英文分号隔开且不加空格")


def _type_of(part: str) -> str:
    if part.startswith(_OTHER) and part == part.strip() and len(part) > len(_OTHER):
        return "99"
    return _TYPE_OF_NAME.get(part, "")


def _display_ends_in_time(posted: Posted) -> Iterator[Json]:
    credit = posted.data.get("sgs")
    if not credit:
        return
    decided, until = parse_date(credit["CF_JDRQ"]), parse_date(credit["CF_GSJZQ"])
    if decided is None or until is None:
        return
    degree = posted.data["credit_class"]
    latest = _months_later(decided, _CLASS_MONTHS[degree])
    valid_until = parse_date(credit["CF_YXQ"])
    if degree == "3" and credit["CF_YXQ"] != _UNLIMITED and valid_until is not None:
        latest = max(latest, valid_until)
    if not decided < until <= latest:
        yield detail("V13", "/data/sgs/CF_GSJZQ", "公示截止期应晚于决定日期，且不超过该信用等级的最长期限")


def _months_later(day: date, months: int) -> date:
    """Calendar months later; a day missing in the month becomes its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _visible_unless_excluded(posted: Posted) -> Iterator[Json]:
    public = posted.data["public"]
    if public["visible"] == bool(public.get("exclusion_code")):
        yield detail("V15", "/data/public/exclusion_code", "不公示时应填不公示原因，公示时不填")
    if not public["visible"] or posted.data["administrative_cp_ce_type"] not in ID_CARD_TYPES:
        return
    born = birth_date(posted.data["administrative_cp_ui_code"])
    on = posted.day("set_date") or posted.day("punish_set_date")
    if born is not None and on is not None and is_under_18(born, on):
        yield detail("V15", "/data/public/visible", "当事人未满十八周岁，不得公示")


def _display_is_masked(posted: Posted) -> Iterator[Json]:
    data = posted.data
    hidden = []
    if data["administrative_cp_na"] == "01":
        hidden = [_folded(data["administrative_cp"]), _folded(data["administrative_cp_ui_code"])]
    for name in ("party_display", "fact_display"):
        shown = _folded(data["public"].get(name) or "")
        for what, pattern in _PRIVATE:
            if pattern.search(shown):
                yield detail("V16", f"/data/public/{name}", f"公示内容含{what}，请遮盖")
        if any(value in shown for value in hidden):
            yield detail("V16", f"/data/public/{name}", "公示内容含当事人姓名或证件号，请遮盖")


def _folded(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _types_of_the_time(posted: Posted) -> Iterator[Json]:
    decided = posted.day("punish_set_date")
    if decided is not None and decided < _NEW_LAW_ON and _NEW_TYPES & set(posted.data["punish_type"]):
        yield detail("V17", "/data/punish_type", "2021年7月15日前没有这种处罚种类")


def _no_credit_after_its_withdrawal(posted: Posted) -> Iterator[Json]:
    is_later = posted.envelope["cd_operation"] == "u"
    if is_later and posted.around.is_credit_withdrawn and posted.data.get("sgs") is not None:
        yield detail("V19", "/data/sgs", "信用公示已撤回，更新时不得再报双公示内容")


PENALTY_RULES: Final[tuple[Rule, ...]] = (
    *SHARED_RULES,
    _types_have_their_fields,
    _simple_procedure_is_small,
    _filed_before_decided,
    _closed_after,
    _reviewed_before_decided,
    _comes_from_inspection,
    _credit_template_agrees,
    _credit_template_is_complete,
    _credit_types_agree,
    _display_ends_in_time,
    check_sender,
    _visible_unless_excluded,
    _display_is_masked,
    _types_of_the_time,
    _no_credit_after_its_withdrawal,
)

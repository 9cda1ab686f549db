"""The code lists of contract section 12, and which field of a payload is looked up in which list."""

from collections.abc import Iterator
from typing import Final

from disclosure.mock_feed.errors import ExchangeError, Json

VERSION: Final = "2026-1"
VERSION_AFTER_CHANGE: Final = "2026-2"  # served while a fault has removed a code

_COURT: Final = "0 未申请(未起诉) 1 审理中 2 维持(驳回) 3 变更 4 撤销 5 确认违法 6 其他"
_TEXT: Final = {
    "punish_type": "01 警告 02 罚款 03 没收违法所得 04 没收非法财物 05 暂扣许可证件 06 责令停产停业 07 吊销许可证件 "
    "08 通报批评 09 降低资质等级 10 限制开展生产经营活动 11 责令关闭 12 限制从业 99 其他",
    "administrative_cp_na": "01 公民 02 法人 03 其他组织",
    "administrative_cp_ce_type": "001 统一社会信用代码 111 居民身份证 112 临时居民身份证 414 普通护照 999 其他",
    "supervise_object_type": "01 企业 02 个体工商户 03 自然人 04 车辆 05 场所 06 其他",
    "case_source": "01 监督检查 02 投诉举报 03 上级交办 04 其他机关移送 05 自动监测 06 其他",
    "punish_procedure": "1 简易程序 2 普通程序",
    "reconsideration": _COURT,
    "litigation": _COURT,
    "execute_mode": "1 自觉履行 2 申请法院强制执行 3 行政机关强制执行 4 未执行",
    "execute_result": "1 全部执行 2 部分执行 3 未执行 4 终结执行",
    "other_handling": "1 移送司法机关 2 移送其他行政机关 9 其他",
    "check_form": "01 日常检查 02 专项检查 03 个案检查",
    "check_type": "01 双随机抽查 02 重点监管 03 信用监管 04 联合检查 05 投诉举报核查 06 其他",
    "check_mode": "01 现场 02 非现场 03 书面 04 视频/远程",
    "check_result": "R1 未发现问题 R2 未按规定公示应当公示的信息 R3 公示信息隐瞒真实情况、弄虚作假 "
    "R4 通过登记的住所(经营场所)无法联系 R5 发现问题已责令改正 R6 不配合检查情节严重 "
    "R7 未发现开展本次抽查涉及的经营活动 R8 发现问题待后续处理 R9 发现违法线索,移送立案 "
    "R10 违法轻微,当场改正,批评教育(首违不罚)",
    "exclusion_code": "X01 当事人行为时不满18周岁 X02 涉及国家秘密 X03 危及国家安全、公共安全、经济安全、社会稳定 "
    "X04 涉及商业秘密 X05 涉及个人隐私 X06 法律规定或省级机关批准不公示 X07 信用等级轻微不公示 X08 不予处罚决定",
    "withdraw_reason": "W1 变更 W2 撤销 W3 确认违法 W4 确认无效 W5 信用修复 W6 公示期满前依法停止 W9 其他",
    "area_number": "220300 四平市 220301 市辖区 220302 铁西区 220303 铁东区 220322 梨树县 220323 伊通满族自治县 "
    "220382 双辽市",
}


def _pairs(text: str) -> dict[str, str]:
    words = text.split(" ")
    return dict(zip(words[::2], words[1::2], strict=True))


LISTS: Final = {name: _pairs(text) for name, text in _TEXT.items()}
PUNISH_TYPE: Final = LISTS["punish_type"]
# The national catalogue of matters: no list to fetch, and every code of the right form is in it until a switch
# (`schema_tightened` with this list and a code) takes one away.
MATTERS: Final = "supervise_item"

_PENALTY_FIELDS: Final = (
    "administrative_cp_na",
    "administrative_cp_ce_type",
    "supervise_object_type",
    "case_source",
    "punish_procedure",
    "reconsideration",
    "litigation",
    "execute_mode",
    "execute_result",
    "other_handling",
    "area_number",
)
_INSPECTION_FIELDS: Final = (
    "administrative_cp_na",
    "administrative_cp_ce_type",
    "check_form",
    "check_type",
    "check_mode",
    "area_number",
)


def served(name: str, removed: frozenset[tuple[str, str]]) -> Json:
    """The body of `GET /codes/{list}`; E4040 for an unknown list. `removed` are (list, code) taken away by a fault."""
    if name not in LISTS:
        raise ExchangeError("E4040")
    items = [
        {"code": code, "name": text, "valid_from": None, "valid_to": None}
        for code, text in LISTS[name].items()
        if (name, code) not in removed
    ]
    return {"list": name, "version": version_of(name, removed), "items": items}


def version_of(name: str, removed: frozenset[tuple[str, str]]) -> str:
    """The version under which a list is served now."""
    return VERSION_AFTER_CHANGE if any(listed == name for listed, _ in removed) else VERSION


def missing(kind: str, data: Json, removed: frozenset[tuple[str, str]]) -> list[Json]:
    """An entry for every code of the payload that its served list does not hold (E3003)."""
    return [
        {
            "rule": "list",
            "path": path,
            "message": "代码不在现行代码表内，请更新代码表",
            "value_hint": None,
            "list": name,
            "version": version_of(name, removed),
        }
        for name, path, code in _used(kind, data)
        if code is not None and ((name != MATTERS and code not in LISTS[name]) or (name, code) in removed)
    ]


def _used(kind: str, data: Json) -> Iterator[tuple[str, str, str | None]]:
    if kind == "withdrawal":
        yield "withdraw_reason", "/data/reason_code", data["reason_code"]
        return
    fields = _PENALTY_FIELDS if kind == "penalty-decision" else _INSPECTION_FIELDS
    for name in fields:
        yield name, f"/data/{name}", data.get(name)
    matter = "supervise_item_code" if kind == "penalty-decision" else "supervise_item_implement_code"
    yield MATTERS, f"/data/{matter}", data.get(matter)
    if kind == "penalty-decision":
        for index, code in enumerate(data["punish_type"]):
            yield "punish_type", f"/data/punish_type/{index}", code
        yield "exclusion_code", "/data/public/exclusion_code", data["public"].get("exclusion_code")
    else:
        yield "check_result", "/data/check_result/code", data["check_result"]["code"]

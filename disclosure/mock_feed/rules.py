"""Cross-field rules of the contract shared by the kinds of record, and those of inspections and withdrawals.

Every rule yields one `details` entry per breach. A field that is absent, null or empty skips a rule unless the rule
asks for it, which is what `filled` answers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from disclosure.mock_feed.errors import Json, detail
from disclosure.mock_feed.identity import birth_date, is_credit_code
from disclosure.mock_feed.moment import parse_date

ID_CARD_TYPES: Final = ("111", "112")
CREDIT_CODE_TYPE: Final = "001"


@dataclass(frozen=True)
class Surroundings:
    """What the rules may ask about besides the envelope itself."""

    app_uscc: str
    today: date
    is_live_inspection: Callable[[str], bool]
    is_credit_withdrawn: bool


@dataclass(frozen=True)
class Posted:
    """One envelope under examination."""

    envelope: Json
    data: Json
    around: Surroundings

    def text(self, name: str) -> str:
        """A text field of `data`; empty when absent or null."""
        return self.data.get(name) or ""

    def day(self, name: str) -> date | None:
        """A date field of `data`, None when absent or null."""
        return parse_date(self.text(name))

    @property
    def sent_on(self) -> date:
        """The date part of `cd_time`, whose existence the schema has checked."""
        return date.fromisoformat(self.envelope["cd_time"][:10])


Rule = Callable[[Posted], Iterator[Json]]


def check_credit_codes(posted: Posted) -> Iterator[Json]:
    """V01: check characters of the credit codes of organ, entrusted organ, party and the credit template."""
    fields = ["implement_institution_code", "entrust_dept_code"]
    if posted.data["administrative_cp_ce_type"] == CREDIT_CODE_TYPE:
        fields.append("administrative_cp_ui_code")
    places = [(f"/data/{name}", posted.text(name)) for name in fields]
    credit = posted.data.get("sgs") or {}
    places += [(f"/data/sgs/{name}", credit.get(name) or "") for name in ("CF_XDR_SHXYM", "CF_CFJGDM", "CF_SJLYDM")]
    checked: dict[str, bool] = {}
    for path, code in places:
        if not code:
            continue
        if code not in checked:
            checked[code] = is_credit_code(code)
        if not checked[code]:
            yield detail("V01", path, "统一社会信用代码核对不上，请对照证照检查")


def check_id_card(posted: Posted) -> Iterator[Json]:
    """V02: an identity card has a right check digit and a real birth date not after `cd_time`."""
    if posted.data["administrative_cp_ce_type"] not in ID_CARD_TYPES:
        return
    born = birth_date(posted.data["administrative_cp_ui_code"])
    if born is None or born > posted.sent_on:
        yield detail("V02", "/data/administrative_cp_ui_code", "身份证号核对不上，请对照证件检查")


def check_party_kind(posted: Posted) -> Iterator[Json]:
    """V03: a legal person has a credit code, a citizen has none."""
    kind, card = posted.data["administrative_cp_na"], posted.data["administrative_cp_ce_type"]
    if (kind == "02" and card != CREDIT_CODE_TYPE) or (kind == "01" and card == CREDIT_CODE_TYPE):
        yield detail("V03", "/data/administrative_cp_ce_type", "当事人类型与证件类型不一致")


def check_sender(posted: Posted) -> Iterator[Json]:
    """V14: the identity's prefix is the application's own code, and so is the organ's, where data names one."""
    own = posted.around.app_uscc
    if posted.envelope["record_unique_identity"][:18] != own:
        yield detail("V14", "/record_unique_identity", "记录标识前 18 位应为报送单位的统一社会信用代码")
    if posted.envelope["kind"] != "withdrawal" and posted.envelope["cd_operation"] != "d":
        code = posted.data["implement_institution_code"]
        if code != own or code != posted.envelope["record_unique_identity"][:18]:
            yield detail("V14", "/data/implement_institution_code", "实施机构代码应与报送单位、记录标识一致")


def _as_many_numbers(posted: Posted) -> Iterator[Json]:
    if len(posted.data["check_personnel"]) != len(posted.data["check_personnel_code"]):
        yield detail("V21", "/data/check_personnel_code", "检查人员与证号数量不一致")


def _checked_before_sent(posted: Posted) -> Iterator[Json]:
    if posted.data["check_date"] >= posted.envelope["cd_time"]:
        yield detail("V22", "/data/check_date", "检查时间应早于报送时间")


def _drawn_has_plan(posted: Posted) -> Iterator[Json]:
    if posted.data["check_type"] == "01" and not posted.text("plan_id"):
        yield detail("V23", "/data/plan_id", "双随机抽查应填写计划编号")


def _item_of_this_organ(posted: Posted) -> Iterator[Json]:
    if posted.data["supervise_item_check_icode"][:18] != posted.data["implement_institution_code"]:
        yield detail("V24", "/data/supervise_item_check_icode", "检查实施清单编码前 18 位应为实施机构代码")


def _bad_item_is_a_finding(posted: Posted) -> Iterator[Json]:
    result = posted.data["check_result"]
    if result["code"] in ("R1", "R7") and any(item["result"] == "不合格" for item in result.get("items", ())):
        yield detail("V25", "/data/check_result/code", "有不合格项时检查结果不能为未发现问题")


def _target_fits(posted: Posted) -> Iterator[Json]:
    letters = "-CF-" if posted.data["target_kind"] == "penalty-decision" else "-JC-"
    if letters not in posted.envelope["record_unique_identity"]:
        yield detail("V31", "/data/target_kind", "撤回对象种类与记录标识不一致")


def _event_not_later(posted: Posted) -> Iterator[Json]:
    event = posted.day("event_date")
    if event is not None and event > posted.sent_on:
        yield detail("V32", "/data/event_date", "事由发生日期不能晚于报送日期")


SHARED_RULES: Final[tuple[Rule, ...]] = (check_credit_codes, check_id_card, check_party_kind)
INSPECTION_RULES: Final[tuple[Rule, ...]] = (
    *SHARED_RULES,
    check_sender,
    _as_many_numbers,
    _checked_before_sent,
    _drawn_has_plan,
    _item_of_this_organ,
    _bad_item_is_a_finding,
)
WITHDRAWAL_RULES: Final[tuple[Rule, ...]] = (check_sender, _target_fits, _event_not_later)
DELETION_RULES: Final[tuple[Rule, ...]] = (check_sender,)

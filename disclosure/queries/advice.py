"""What a person can do about a delivery that stopped, in one sentence per cause (feed_api.md §6)."""

from __future__ import annotations

from disclosure.feed.receipts import REJECTED
from disclosure.models import Delivery, DeliveryState
from disclosure.outbox.inspections import INCOMPLETE
from disclosure.outbox.poll import STUCK
from disclosure.outbox.settle import PARKED

_BY_CODE = {
    INCOMPLETE: "请补全检查记录里缺的内容，再重新推送。",
    PARKED: "一般不用处理，平台目录更新后自动推送。确认是我方事项编码有误的，改正编码后重新推送。",
    REJECTED: "请按平台说的原因改正案件或者检查里的内容，再重新推送。系统会生成下一版。",
    STUCK: "请电话询问平台，再重新推送。系统会再查一次结果，不会重复报送。",
    "E3001": "平台要求的格式变了，或者内容不合格式。请改正所说的内容；改正不了的，请系统管理员更新系统。",
    "E3002": "请按所说的规则改正案件、当事人或者检查里的内容，再重新推送。",
    "E3003": "请到“平台代码表”核对，改用现行代码，再重新推送。",
    "E4001": "同一编号两次报送的内容不同，是系统故障。请告知系统管理员，不要反复推送。",
    "E4002": "平台上的版本与我方不同。请先到“对账”立即对账，按结果处理。",
    "E4003": "平台没有要更正或者撤回的原记录。请先到“对账”立即对账，系统会从第一版起重新推送。",
    "E4004": "平台已经撤回这条记录。请核对撤回理由，两边一致的不用再推送。",
    "E4005": "这个文号在平台上已属于另一条记录。请核对文号登记，再与平台联系。",
    "E4006": "平台已删除这条记录，记录标识不能再用。请与平台联系。",
    "E2002": "内容超过平台允许的大小。请与系统管理员联系。",
}


def advice(delivery: Delivery) -> str:
    """One sentence, empty while the system itself is still trying."""
    if delivery.last_code in _BY_CODE and (delivery.state != DeliveryState.PENDING or delivery.parked_at):
        return _BY_CODE[delivery.last_code]
    if delivery.state == DeliveryState.DEAD:
        return "已过推送期限仍未成功。请弄清原因，再重新推送；推送期限从今天起重新计算。"
    return "请改正所说的内容，再重新推送。" if delivery.state == DeliveryState.FIX else ""

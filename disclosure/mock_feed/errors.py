"""The exchange's error table (contract section 6) and the one exception every refusal travels in."""

from dataclasses import dataclass, field
from typing import Any, Final

Json = dict[str, Any]  # one JSON object of the wire, whose shape only its schema knows

# code: HTTP status, retryable, message
TABLE: Final[dict[str, tuple[int, bool, str]]] = {
    "E1001": (401, False, "应用未登记，请核对 X-App-Id"),
    "E1002": (401, False, "密钥不存在或已停用，请改用新密钥"),
    "E1003": (401, True, "时间与平台相差超过 300 秒，请按 X-Server-Time 校时后重发"),
    "E1004": (401, True, "随机数缺失、不合格式或已用过，请换新的随机数重发"),
    "E1005": (401, False, "签名核对不上，请检查签名算法和密钥"),
    "E1006": (403, False, "来源地址不在允许范围内，请联系平台"),
    "E2001": (400, False, "报文不是合格的 UTF-8 JSON，请检查编码、重复键和小数"),
    "E2002": (413, False, "报文或批次过大，请拆分后再发"),
    "E2003": (415, False, "内容类型应为 application/json，请修改后重发"),
    "E2004": (400, False, "幂等键缺失、不合格式或与内容不符，请核对"),
    "E3001": (422, False, "内容不符合格式要求，请按明细修改"),
    "E3002": (422, False, "内容未通过业务校验，请按明细修改"),
    "E3003": (422, False, "使用了代码表中没有的代码，请更新代码表后修改"),
    "E4001": (409, False, "同一幂等键已用于其他内容，请核对"),
    "E4002": (409, False, "版本已存在或早于当前版本，请查询记录后再定"),
    "E4003": (404, False, "平台没有这条记录，请先报送新增"),
    "E4004": (409, False, "该记录已撤回，不再接受此操作"),
    "E4005": (409, False, "决定书文号已被另一条记录使用，请人工核对"),
    "E4006": (409, False, "该记录已删除，标识不得再用"),
    "E4040": (404, False, "没有找到所请求的内容，请核对地址"),
    "E5001": (500, True, "平台内部出错，请稍后重发"),
    "E5002": (503, True, "平台维护中，请稍后重发"),
    "E5003": (504, True, "平台处理超时，结果未知，请用同一幂等键重发"),
    "E6001": (429, True, "请求过于频繁，请按 Retry-After 稍候"),
    "E6002": (429, True, "当日报送数量已满，请次日再发"),
}


@dataclass
class ExchangeError(Exception):
    """A refusal with its code; `extra` are further keys of the body (`current`, `withdrawals`)."""

    code: str
    details: list[Json] = field(default_factory=list)
    message: str = ""
    extra: Json = field(default_factory=dict)
    headers: list[tuple[str, str]] = field(default_factory=list)
    http_status: int = 0
    closes: bool = False

    @property
    def status(self) -> int:
        """The HTTP status: the table's, unless this refusal names its own (405 goes with E4040)."""
        return self.http_status or TABLE[self.code][0]

    def body(self, trace_id: str) -> Json:
        """The error body with its six fixed keys."""
        _, retryable, message = TABLE[self.code]
        return {
            "code": self.code,
            "message": self.message or message,
            "trace_id": trace_id,
            "retryable": retryable,
            "details": self.details,
            **self.extra,
        }


def detail(rule: str | None, path: str | None, message: str) -> Json:
    """One entry of `details`; the hint stays empty, so no personal data can leave through it."""
    return {"rule": rule, "path": path, "message": message, "value_hint": None}


def schema_error(path: str | None, message: str) -> ExchangeError:
    """E3001 with a single entry."""
    return ExchangeError("E3001", [detail("schema", path, message)])

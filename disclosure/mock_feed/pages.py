"""The exchange's screens: read-only HTML of what it holds, with no more of a party than the public would see."""

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Final

from disclosure.mock_feed.exchange import Exchange
from disclosure.mock_feed.moment import DAY_MS, day_of, stamp
from disclosure.mock_feed.reading import day_digest
from disclosure.mock_feed.states import Version, state_of
from disclosure.mock_feed.wire import Request, Response

_CSS: Final = (Path(__file__).parent / "page.css").read_bytes()
_PER_PAGE: Final = 100
_KINDS: Final = {"penalty-decision": "行政处罚", "inspection-record": "检查记录", "withdrawal": "撤回"}
_STATUS: Final = {
    "RECEIVED": "已接收",
    "ACCEPTED": "已受理",
    "PUBLISHED": "公示中",
    "NOT_PUBLIC": "不公示",
    "REJECTED": "已退回",
    "WITHDRAWN": "已撤回",
    "DELETED": "已删除",
    "SUPERSEDED": "已被新版本取代",
}
_OPERATIONS: Final = {"i": "新增", "u": "更新", "d": "删除"}
_TABS: Final = (
    ("/", "记录"),
    ("/receipts", "回执"),
    ("/rejected", "退回"),
    ("/reconcile", "对账"),
    ("/faults", "故障"),
    ("/log", "请求日志"),
)
_FAULTS: Final = {
    "timeout_after_commit": "收下后不回答（超时或者断开）",
    "timeout_before_commit": "没有收下也不回答",
    "duplicate_receipt": "重复回执，或者给出别的记录的回执",
    "burst_5xx": "连续 500、502、503",
    "schema_tightened": "字段变为必填，或者代码从代码表消失",
    "late_reject": "先收下，后退回",
    "clock_skew": "平台时钟偏差",
    "partial_batch": "批次里部分被拒，或者只回答一部分",
    "slow": "回答很慢",
    "rate_limit": "超过频率（429）",
    "bad_json": "回答残缺、是网页、过大、要求转向或者连接重置",
    "legacy200": "在 200 里回错误代码",
    "lost_write": "给出回执后丢失",
    "foreign_record": "出现本应用没有报送的记录",
    "stuck": "一直停在已接收",
    "key_rotated": "密钥立即失效",
    "unordered": "第一版的回答晚于第二版",
}
_HEADERS: Final = [
    ("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
]
_HTML: Final = "text/html; charset=utf-8"


def handle(exchange: Exchange, request: Request) -> Response:
    """One screen; 404 for an unknown address, 405 for anything but reading."""
    if request.method not in ("GET", "HEAD"):
        return Response(405, b"", [("Allow", "GET")], _HTML)
    if request.path == "/static/page.css":
        return Response(200, _CSS, [("Cache-Control", "max-age=3600")], "text/css; charset=utf-8")
    now = exchange.clock.now_ms()
    before = _before(request.query)
    with exchange.storage.transaction():
        content = _content(exchange, request.path, before, now)
    status = 200
    if content is None:
        status, content = 404, "<h1>没有这个页面</h1><p>请从上面的栏目重新进入。</p>"
    return Response(status, _page(request.path, content, now).encode(), list(_HEADERS), _HTML)


def _content(exchange: Exchange, path: str, before: int, now: int) -> str | None:
    match path.split("/")[1:]:
        case [""]:
            return _records(exchange, before, now)
        case ["receipts"]:
            return _receipts(exchange, before, now)
        case ["rejected"]:
            return _rejected(exchange, now)
        case ["reconcile"]:
            return _reconcile(exchange, now)
        case ["faults"]:
            return _faults(exchange)
        case ["log"]:
            return _log(exchange, before)
        case ["records", receipt_no]:
            return _record(exchange, receipt_no, now)
    return None


def _before(query: str) -> int:
    text = query.removeprefix("before=")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 1 << 60


def _page(path: str, content: str, now: int) -> str:
    tabs = "".join(
        f'<a href="{address}"{" aria-current=page" if address == path else ""}>{name}</a>' for address, name in _TABS
    )
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<title>模拟监管平台</title><link rel="stylesheet" href="/static/page.css"></head><body>'
        f'<header><p class="name">模拟“互联网+监管”平台 <small>演示用，只读</small></p>'
        f'<nav aria-label="栏目">{tabs}</nav></header>'
        f"<main>{content}</main><footer>平台时间 {_time(now)}</footer></body></html>"
    )


def _table(title: str, heads: Iterable[str], rows: list[list[str]], more: str = "") -> str:
    """A table of cells that are HTML already."""
    if not rows:
        return f"<h1>{title}</h1><p>暂无内容。</p>"
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f'<h1>{title}</h1><div class="scroll" tabindex="0" role="region" aria-label="{title}"><table><thead><tr>{head}'
        f"</tr></thead><tbody>{body}</tbody></table></div>{more}"
    )


def _more(path: str, ids: list[int]) -> str:
    return f'<p><a href="{path}?before={ids[-1]}">更早的 {_PER_PAGE} 条</a></p>' if len(ids) == _PER_PAGE else ""


def _time(ms: int) -> str:
    return stamp(ms)[:19].replace("T", " ")


def _found(exchange: Exchange, where: str, before: int) -> tuple[list[int], list[Version]]:
    """A page of versions, newest first, with the row ids that page on."""
    clause = f"WHERE {where} AND id < ? ORDER BY id DESC LIMIT ?"
    ids = [row[0] for row in exchange.storage.rows(f"SELECT id FROM version {clause}", (before, _PER_PAGE))]
    return ids, exchange.storage.versions(clause, (before, _PER_PAGE))


def _shown(exchange: Exchange, newest: Version, now: int) -> str:
    """What the public sees of a record's party: the masked name while it is on display, else why not."""
    if newest.final_status != "PUBLISHED":
        return escape(newest.reason_public or "") or "—"
    if not newest.is_in_effect(now) or newest.record_kind != "penalty-decision":
        return "—"
    if newest.party_display is not None:
        return escape(newest.party_display)
    chain = exchange.storage.chain(newest.app_id, newest.rui)
    return escape(next((version.party_display for version in reversed(chain) if version.party_display), "—"))


def _number(exchange: Exchange, newest: Version) -> str:
    if newest.number is not None:
        return newest.number
    chain = exchange.storage.chain(newest.app_id, newest.rui)
    return next((version.number for version in reversed(chain) if version.number), "—")


def _records(exchange: Exchange, before: int, now: int) -> str:
    total = exchange.storage.rows("SELECT count(*) FROM version WHERE is_newest = 1")[0][0]
    ids, found = _found(exchange, "is_newest = 1", before)
    rows = []
    for newest in found:
        state = state_of(newest, (), now)
        receipt = escape(newest.receipt_no)
        rows.append(
            [
                _KINDS[newest.record_kind],
                escape(_number(exchange, newest)),
                _shown(exchange, newest, now),
                f'<span class="status {state.status.lower()}">{_STATUS[state.status]}</span>',
                f'<a href="/records/{receipt}"><code>{receipt}</code></a>',
                f"<code>{escape(newest.rui)}</code> · {newest.version}",
                _time(newest.received_ms),
                _time(state.updated_ms),
            ]
        )
    heads = ("种类", "文号或检查编号", "公示内容", "状态", "回执号", "标识与版本", "接收时间", "更新时间")
    return _table(f"平台记录（共 {total} 条）", heads, rows, _more("/", ids))


def _state(exchange: Exchange, version: Version, now: int) -> str:
    chain = exchange.storage.chain(version.app_id, version.rui)
    return state_of(version, [later for later in chain if later.version > version.version], now).status


def _receipts(exchange: Exchange, before: int, now: int) -> str:
    ids, found = _found(exchange, "1 = 1", before)
    rows = [
        [
            f"<code>{escape(version.receipt_no)}</code>",
            _KINDS[version.kind],
            f"<code>{escape(version.rui)}</code> · {version.version}",
            _OPERATIONS[version.operation],
            _STATUS[_state(exchange, version, now)],
            "是" if version.is_late else "否",
            _time(version.received_ms),
            f"<code>{version.digest[:16]}…</code>",
        ]
        for version in found
    ]
    heads = ("回执号", "种类", "标识与版本", "操作", "状态", "逾期", "接收时间", "内容摘要")
    return _table("回执", heads, rows, _more("/receipts", ids))


def _rejected(exchange: Exchange, now: int) -> str:
    found = exchange.storage.versions(
        "WHERE final_status = 'REJECTED' AND final_ms <= ? ORDER BY id DESC LIMIT ?", (now, _PER_PAGE)
    )
    late = [
        [
            f"<code>{escape(version.receipt_no)}</code>",
            f"<code>{escape(version.rui)}</code> · {version.version}",
            escape("、".join(str(error["rule"]) for error in version.errors)),
            _time(version.final_ms),
        ]
        for version in found
    ]
    refused = exchange.storage.rows(
        "SELECT at_ms, code, path, subject, trace_id FROM request_log"
        " WHERE code <> '' AND method = 'POST' ORDER BY id DESC LIMIT ?",
        (_PER_PAGE,),
    )
    rows = [[_time(row[0]), *(escape(str(cell)) for cell in row[1:])] for row in refused]
    return _table("受理后退回", ("回执号", "标识与版本", "规则", "时间"), late) + _table(
        "未受理的报送", ("时间", "代码", "地址", "幂等键", "追踪号"), rows
    )


def _reconcile(exchange: Exchange, now: int) -> str:
    """Per application, kind and day what the summary path answers, over the last 35 days."""
    since = now - 35 * DAY_MS
    found = exchange.storage.versions("WHERE is_newest = 1 AND final_ms >= ?", (since,))
    days: dict[tuple[str, str, str], list[str]] = {}
    for newest in found:
        updated_ms = state_of(newest, (), now).updated_ms
        if updated_ms >= since:
            key = (day_of(updated_ms).isoformat(), newest.app_id, newest.record_kind)
            days.setdefault(key, []).append(newest.digest)
    rows = [
        [day, escape(app_id), _KINDS[kind], str(len(digests)), f"<code>{day_digest(digests)}</code>"]
        for (day, app_id, kind), digests in sorted(days.items(), reverse=True)
    ]
    return _table("对账（最近 35 天）", ("日期", "应用", "种类", "记录数", "当日摘要"), rows)


def _faults(exchange: Exchange) -> str:
    """All switches there are, those that are set, and what the last hour's traffic met."""
    is_on = exchange.settings.has_faults
    state = "已启用" if is_on else "没有启用（启动时设 MOCK_FAULTS=1）"
    kinds = [[f"<code>{escape(name)}</code>", text] for name, text in _FAULTS.items()]
    shown = exchange.faults.shown()
    active = [
        [
            f"<code>{escape(one['fault'])}</code>",
            escape(str(one["match"]["path"] or one["match"]["rui"] or "全部请求")),
            "不限" if one["count"] is None else str(one["count"]),
            f"{one['probability']:.3f}",
            f"<code>{escape(json.dumps(one['params'], ensure_ascii=False))}</code>",
            str(one["fired"]),
        ]
        for one in shown
    ]
    since = exchange.clock.now_ms() - 3_600_000
    traffic = exchange.storage.rows(
        "SELECT status, code, count(*), max(took_us) FROM request_log WHERE at_ms >= ? GROUP BY status, code"
        " ORDER BY status, code",
        (since,),
    )
    rows = [[str(row[0]), escape(row[1]) or "—", str(row[2]), f"{row[3] / 1000:.1f}"] for row in traffic]
    how = (
        f"<p>故障开关：{state}。用 <code>POST /__mock__/faults</code> 设置，<code>DELETE</code> 全部取消，"
        "<code>POST /__mock__/hostile</code> 按比例混合；随机数由 MOCK_SEED 决定。</p>"
    )
    return (
        _table("正在起作用的故障", ("故障", "范围", "剩余次数", "概率", "参数", "已发生"), active)
        + how
        + _table("一小时内的请求", ("状态", "代码", "次数", "最长毫秒"), rows)
        + _table("可以设置的故障", ("名称", "平台的表现"), kinds)
    )


def _log(exchange: Exchange, before: int) -> str:
    found = exchange.storage.rows(
        "SELECT id, at_ms, app_id, method, path, status, code, subject, trace_id, took_us FROM request_log"
        " WHERE id < ? ORDER BY id DESC LIMIT ?",
        (before, _PER_PAGE),
    )
    rows = [[_time(row[1]), *(escape(str(cell)) for cell in row[2:9]), f"{row[9] / 1000:.1f}"] for row in found]
    heads = ("时间", "应用", "方法", "地址", "状态", "代码", "幂等键", "追踪号", "毫秒")
    return _table("请求日志", heads, rows, _more("/log", [row[0] for row in found]))


def _record(exchange: Exchange, receipt_no: str, now: int) -> str | None:
    found = exchange.storage.versions("WHERE receipt_no = ?", (receipt_no,))
    if not found:
        return None
    newest = exchange.storage.chain(found[0].app_id, found[0].rui)[-1]
    state = state_of(newest, (), now)
    facts = (
        ("种类", _KINDS[newest.record_kind]),
        ("文号或检查编号", escape(_number(exchange, newest))),
        ("公示内容", _shown(exchange, newest, now)),
        ("状态", _STATUS[state.status]),
        ("标识", f"<code>{escape(newest.rui)}</code>"),
        ("最新版本", str(newest.version)),
        ("接收时间", _time(newest.received_ms)),
        ("更新时间", _time(state.updated_ms)),
    )
    return "<h1>记录</h1><dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts) + "</dl>"

"""The read-only interface described for programs (OpenAPI 3.0): every address, what it takes, every answer it gives."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from disclosure.content import PENALTY_TYPES
from disclosure.portal.asking import DAY, LONGEST_DOMAIN
from disclosure.portal.open_data import workbook
from disclosure.portal.open_data.columns import COLUMNS, LIST
from disclosure.portal.open_data.feeds import TITLE
from disclosure.queries.search import CURSOR, LONGEST_QUERY
from disclosure.register.leaf import LAST_EVENTS

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
PUBLIC_ID: Schema = {"type": "string", "pattern": "^[0-9]{4}-[a-z2-7]{10}$"}
# A form that is sent without an answer says an empty one; it asks for nothing.
YEAR: Schema = {"type": "string", "pattern": "^(199[0-9]|20[0-9]{2}|21[0-9]{2}|2200|)$"}
DATE: Schema = {"type": "string", "format": "date", "pattern": f"^{DAY}$"}
JSON, PAGE = "application/json", "text/html"


def openapi(organ: str) -> Schema:
    """The whole description; costs no query."""
    return {
        "openapi": "3.0.3",
        "info": {"title": f"{organ}{TITLE}", "version": "1", "description": "只读；不用登记，不用密钥。"},
        "servers": [{"url": settings.PUBLIC_BASE_URL or "/"}],
        "paths": {address: {"get": said} for address, said in (_lists() | _records() | _files()).items()},
        "components": {"schemas": _schemas()},
    }


def _lists() -> Schema:
    page = _object(items={"type": "array", "items": _ref("Penalty")}, next=_maybe(TEXT))
    day = _object(on=DATE, items={"type": "array", "items": _ref("Shown")}, next=_maybe(TEXT))
    after = _query(
        "after", "接着上一页往下：用上一页 next 里的值", {"type": "string", "pattern": f"^({CURSOR.pattern})?$"}
    )
    asked = [
        after,
        _query(
            "q", f"单位名称、文号、违法行为，最多 {LONGEST_QUERY} 字", {"type": "string", "maxLength": LONGEST_QUERY}
        ),
        _query("year", "决定年份", YEAR),
        _query("domain", "领域", {"type": "string", "maxLength": LONGEST_DOMAIN}),
        _query("type", "处罚种类代码", {"type": "string", "enum": ["", *PENALTY_TYPES]}),
        _query("on", "日期（2026-05-01）：当天公示过的编号和文号", DATE),
    ]
    since = [_query("since", "只要这一天起撤下的", DATE)]
    stones = _object(date=DATE, items={"type": "array", "items": _ref("Tombstone")})
    digests = _object(date=DATE, items={"type": "array", "items": _ref("Digest")})
    said = "公示中的处罚，新的在前，每页 100 条；用 on 查某一天公示了哪些"
    return {
        "/penalties.json": _get(said, JSON, {"anyOf": [page, day]}, asked, wrong=True, paced=True),
        "/open/tombstones.json": _get("已撤回和期满的编号", JSON, stones, since, wrong=True),
        "/open/manifest.json": _get("公示中各条的内容摘要", JSON, digests),
    }


def _records() -> Schema:
    one = [_path("public_id", PUBLIC_ID)]
    record = _get("一条公示；撤回或者期满后是 410", JSON, _ref("Record"), one, missing=True, paced=True)
    record["responses"]["410"] = _answer("已撤回，或者公示期满", JSON, {"anyOf": [_ref("Record"), _ref("Notice")]})
    linked = _get("一条公示的 JSON-LD", "application/ld+json", {"type": "object"}, one, missing=True, paced=True)
    return {"/penalties/{public_id}.json": record, "/penalties/{public_id}.jsonld": linked}


def _files() -> Schema:
    kinds = {"csv": "text/csv", "jsonl": "application/x-ndjson", "xlsx": workbook.TYPE}
    parts = [_path("year", {"type": "string", "pattern": "^[0-9]{4}$"}), _path("kind", {"enum": list(kinds), **TEXT})]
    year = _get("一年的全部处罚；kind 是 csv、xlsx 或者 jsonl", "text/csv", TEXT, parts, missing=True)
    year["responses"]["200"]["content"] = {media: {"schema": TEXT} for media in kinds.values()}
    return {
        "/open/penalties-{year}.{kind}": year,
        "/penalties.csv": _get("公示中的全部处罚", "text/csv", TEXT),
        "/penalties.csv-metadata.json": _get("CSV 的说明（CSVW）", "application/csvm+json", {"type": "object"}),
        "/penalties/atom.xml": _get("最近的 50 条和撤下通知（Atom）", "application/atom+xml", TEXT),
        "/penalties/rss.xml": _get("最近的 50 条和撤下通知（RSS）", "application/rss+xml", TEXT),
        "/open/fields.json": _get("各列的含义", JSON, {"type": "object"}),
        "/open/catalog.json": _get("数据目录（DCAT）", "application/ld+json", {"type": "object"}),
    }


def _schemas() -> Schema:
    row = {one.name: {"type": "array", "items": TEXT} if one.kind == LIST else TEXT for one in COLUMNS}
    titled = {one.name: {**row[one.name], "title": one.title, "description": one.meaning} for one in COLUMNS}
    events = {"type": "string", "enum": ["publish", "correct", *LAST_EVENTS]}
    number = {"type": "integer", "minimum": 0}
    register = _object(leaf=number, ver=number, ev=events, at=TEXT, salt=DIGEST, commit=DIGEST)
    state = {"type": "string", "enum": ["shown", "withdrawn", "expired"]}
    kind = {"type": "string", "enum": ["withdrawn", "expired"]}
    record = _object(
        public_id=PUBLIC_ID, url=TEXT, content={"type": "object"}, content_digest=DIGEST, register=register
    )
    return {
        "Penalty": _object(**titled),
        "Record": record,
        "Notice": _object(public_id=PUBLIC_ID, content={"type": "object"}),
        "Shown": _object(public_id=PUBLIC_ID, number=TEXT, public_from=TEXT, public_until=_maybe(TEXT), now=state),
        "Tombstone": _object(public_id=PUBLIC_ID, number=TEXT, kind=kind, date=DATE),
        "Digest": _object(public_id=PUBLIC_ID, content_digest=DIGEST),
        "Wrong": _object(error=TEXT),
    }


def _get(
    what: str, media: str, schema: Schema, parameters: list[Schema] | None = None, **may_be: bool
) -> Schema:  # fmt: skip
    """``wrong``: 400 for what cannot be read; ``missing``: 404; ``paced``: 429 for who asks too often."""
    answers = {"200": _answer("成功", media, schema), "304": {"description": "没有变化"}}
    if may_be.get("wrong"):
        answers["400"] = _answer("问的内容看不懂，error 里说明怎么改", JSON, _ref("Wrong"))
    if may_be.get("missing"):
        answers["404"] = _answer("没有这一条", PAGE, TEXT)
    if may_be.get("paced"):
        answers["429"] = _answer("问得太频繁，按 Retry-After 稍候；要全部数据请下载文件", PAGE, TEXT)
    return {"summary": what, "parameters": parameters or [], "responses": answers}


def _answer(what: str, media: str, schema: Schema) -> Schema:
    return {"description": what, "content": {media: {"schema": schema}}}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _maybe(schema: Schema) -> Schema:
    return {**schema, "nullable": True}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _query(name: str, what: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": what, "schema": schema}


def _path(name: str, schema: Schema) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": schema}

"""What describes the data: DCAT catalogue, field dictionary, CSVW, OpenAPI, and JSON-LD of one record."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, Min
from django.urls import reverse

from disclosure.models import DisclosureRecord
from disclosure.portal import explain
from disclosure.portal.open_data import workbook
from disclosure.portal.open_data.columns import COLUMNS, LIST, address, changed_at, dictionary, published_on
from disclosure.portal.open_data.feeds import TITLE, headline
from disclosure.queries.search import on_show
from lishu_law.law.parameters import DEFAULT_PARAMETERS

AREA = "220322"  # GB/T 2260: 梨树县
SCHEMA = "https://schema.org/"
LICENCE = "open_data.licence"
FORMATS = {
    "csv": ("CSV", "text/csv", "逗号分隔表格，UTF-8 带 BOM，第一行是中文列名"),
    "xlsx": ("XLSX", workbook.TYPE, "电子表格，全部是文本单元格"),
    "jsonl": ("JSON Lines", "application/x-ndjson", "每行一条，供程序读取"),
}


def link(name: str, **parts: Any) -> str:
    """The full address of one of our pages or files."""
    return settings.PUBLIC_BASE_URL + reverse(name, kwargs=parts or None)


def span(today: date) -> tuple[date | None, date | None]:
    """First and last decision on show. One statement."""
    found = on_show(today).aggregate(first=Min("decided_on"), last=Max("decided_on"))
    return found["first"], found["last"]


def years(today: date) -> list[int]:
    """The years of the decisions on show, the newest first. One statement."""
    first, last = span(today)
    return [] if first is None or last is None else list(range(last.year, first.year - 1, -1))


def fields() -> dict[str, Any]:
    """The dictionary of every file."""
    return {"title": TITLE, "encoding": "UTF-8", "fields": dictionary()}


def csvw(file: str) -> dict[str, Any]:
    """Metadata of a CSV by the W3C's vocabulary: the machine's header beside the people's."""
    columns = [{"name": one.name, "titles": one.title, "dc:description": one.meaning} for one in COLUMNS]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh-CN"}],
        "url": file,
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": columns, "primaryKey": "public_id"},
    }


def catalog(today: date, organ: str) -> dict[str, Any]:
    """DCAT, and schema.org beside it: one data set, all its files."""
    publisher = {"@type": ["foaf:Agent", "schema:GovernmentOrganization"], "foaf:name": organ, "schema:name": organ}
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
            "schema": SCHEMA,
        },
        "@id": link("open-catalog"),
        "@type": "dcat:Catalog",
        "dct:title": f"{organ}开放数据目录",
        "dct:publisher": publisher,
        "dcat:dataset": [_data_set(today, organ, publisher)],
        "dcat:service": [{"@type": "dcat:DataService", "dcat:endpointDescription": link("open-api")}],
    }  # fmt: skip


def _data_set(today: date, organ: str, publisher: dict[str, Any]) -> dict[str, Any]:
    first, last = span(today)
    shown = [] if first is None or last is None else range(last.year, first.year - 1, -1)
    files = [
        _distribution(f"{year} 年", kind, link("open-year", year=year, kind=kind)) for year in shown for kind in FORMATS
    ]
    found: dict[str, Any] = {
        "@id": link("public-data"),
        "@type": ["dcat:Dataset", "schema:Dataset"],
        "dct:title": f"{organ}{TITLE}",
        "schema:name": f"{organ}{TITLE}",
        "dct:description": f"{organ}作出的、正在公示的行政处罚决定。自然人只留姓；撤回和期满的不在其中。",
        "schema:description": f"{organ}作出的、正在公示的行政处罚决定。",
        "dct:publisher": publisher,
        "dct:license": licence(today),
        "schema:license": licence(today),
        "dct:spatial": AREA,
        "schema:spatialCoverage": AREA,
        "dct:accrualPeriodicity": "http://purl.org/cld/freq/continuous",
        "dct:language": "zh",
        "dcat:keyword": ["行政处罚", "交通运输", "公示"],
        "dcat:landingPage": link("public-data"),
        "dct:conformsTo": link("open-fields"),
        "dcat:distribution": [_distribution("全部", "csv", link("open-csv")), *files],
    }
    if first and last:
        found["dct:temporal"] = {"dcat:startDate": first.isoformat(), "dcat:endDate": last.isoformat()}
        found["schema:temporalCoverage"] = f"{first.isoformat()}/{last.isoformat()}"
    return found


def licence(today: date) -> str:
    """Under which terms the data may be used; 待确认 until somebody decided."""
    return DEFAULT_PARAMETERS.value(LICENCE, today)


def _distribution(what: str, kind: str, where: str) -> dict[str, Any]:
    name, media, _words = FORMATS[kind]
    return {
        "@type": ["dcat:Distribution", "schema:DataDownload"], "dct:title": f"{what}（{name}）", "dcat:downloadURL": where,
        "schema:contentUrl": where, "dcat:mediaType": media, "schema:encodingFormat": media,
    }  # fmt: skip


def linked(record: DisclosureRecord) -> str:
    """JSON-LD of one record, safe inside a page too: no ``<`` can end an element."""
    organ = str(record.content.get("organ", ""))
    day = published_on(record)
    said = {
        "@context": SCHEMA,
        "@type": "CreativeWork",
        "@id": address(record),
        "url": address(record),
        "identifier": record.public_id,
        "name": f"行政处罚：{record.number}",
        "headline": headline(record),
        "abstract": explain.lead(record),
        "inLanguage": "zh-CN",
        "datePublished": day.isoformat() if day else None,
        "dateModified": changed_at(record),
        "expires": (record.display_until + timedelta(days=1)).isoformat(),
        "publisher": {"@type": "GovernmentOrganization", "name": organ},
        "isPartOf": {"@type": "Dataset", "@id": link("public-data"), "name": f"{organ}{TITLE}"},
    }
    text = json.dumps({name: value for name, value in said.items() if value is not None}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def openapi(organ: str) -> dict[str, Any]:
    """The read-only interface, described for programs."""
    text = {"type": "string"}
    row = {one.name: {"type": "array", "items": text} if one.kind == LIST else text for one in COLUMNS}
    for column in COLUMNS:
        row[column.name] = {**row[column.name], "title": column.title, "description": column.meaning}
    return {
        "openapi": "3.0.3",
        "info": {"title": f"{organ}{TITLE}", "version": "1", "description": "只读；不用登记，不用密钥。"},
        "servers": [{"url": settings.PUBLIC_BASE_URL or "/"}],
        "paths": _paths(),
        "components": {"schemas": {"Penalty": {"type": "object", "required": list(row), "properties": row}}},
    }


def _paths() -> dict[str, Any]:
    page = {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/Penalty"}},
            "next": {"type": "string", "nullable": True, "description": "下一页的网址；最后一页没有"},
        },
    }
    after = _parameter("after", "接着上一页往下：用上一页 next 里的值")
    return {
        "/penalties.json": _get(
            "公示中的处罚，新的在前，每页 100 条；用 on 查某一天公示了哪些", "application/json", page,
            [
                after, _parameter("q", "单位名称、文号、违法行为，最多 50 字"), _parameter("year", "决定年份"),
                _parameter("domain", "领域"), _parameter("type", "处罚种类代码"),
                _parameter("on", "日期（2026-05-01）：当天公示过的编号和文号"),
            ],
        ),
        "/penalties/{public_id}.json": _get("一条公示；撤回或者期满后是 410", "application/json", None, [_in_path("public_id")]),
        "/penalties/{public_id}.jsonld": _get("一条公示的 JSON-LD", "application/ld+json", None, [_in_path("public_id")]),
        "/penalties.csv": _get("公示中的全部处罚", "text/csv"),
        "/penalties/atom.xml": _get("最近的 50 条和撤下通知（Atom）", "application/atom+xml"),
        "/penalties/rss.xml": _get("最近的 50 条和撤下通知（RSS）", "application/rss+xml"),
        "/open/penalties-{year}.{kind}": _get(
            "一年的全部处罚；kind 是 csv、xlsx 或者 jsonl", "application/octet-stream", None,
            [_in_path("year"), _in_path("kind")],
        ),
        "/open/fields.json": _get("各列的含义", "application/json"),
        "/open/catalog.json": _get("数据目录（DCAT）", "application/ld+json"),
        "/open/tombstones.json": _get(
            "已撤回和期满的编号", "application/json", None, [_parameter("since", "只要这一天起撤下的")]
        ),
        "/open/manifest.json": _get("公示中各条的内容摘要", "application/json"),
    }  # fmt: skip


def _get(what: str, media: str, schema: dict[str, Any] | None = None, parameters: Any = ()) -> dict[str, Any]:
    content = {media: {"schema": schema or {}}}
    answers = {"200": {"description": "成功", "content": content}, "304": {"description": "没有变化"}}
    return {"get": {"summary": what, "parameters": list(parameters), "responses": answers}}


def _parameter(name: str, what: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": what, "schema": {"type": "string"}}


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}

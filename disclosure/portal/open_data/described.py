"""What describes the data: DCAT catalogue, field dictionary, CSVW, and JSON-LD of one record."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Min

from disclosure.models import DisclosureRecord
from disclosure.portal import explain
from disclosure.portal.open_data import workbook
from disclosure.portal.open_data.columns import COLUMNS, address, changed_at, dictionary, published_on
from disclosure.portal.open_data.feeds import TITLE, headline
from disclosure.queries.search import on_show
from lishu_law.addresses import public_address
from lishu_law.law.parameters import DEFAULT_PARAMETERS

AREA = "220322"  # GB/T 2260: 梨树县
SCHEMA = "https://schema.org/"
LICENCE = "open_data.licence"
FORMATS = {
    "csv": ("CSV", "text/csv", "逗号分隔表格，UTF-8 带 BOM，第一行是中文列名"),
    "xlsx": ("XLSX", workbook.TYPE, "电子表格，全部是文本单元格"),
    "jsonl": ("JSON Lines", "application/x-ndjson", "每行一条，供程序读取"),
}


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
        "@id": public_address("open-catalog"),
        "@type": "dcat:Catalog",
        "dct:title": f"{organ}开放数据目录",
        "dct:publisher": publisher,
        "dcat:dataset": [_data_set(today, organ, publisher)],
        "dcat:service": [{"@type": "dcat:DataService", "dcat:endpointDescription": public_address("open-api")}],
    }  # fmt: skip


def _data_set(today: date, organ: str, publisher: dict[str, Any]) -> dict[str, Any]:
    first, last = span(today)
    shown = [] if first is None or last is None else range(last.year, first.year - 1, -1)
    files = [
        _distribution(f"{year} 年", kind, public_address("open-year", year=year, kind=kind))
        for year in shown
        for kind in FORMATS
    ]
    found: dict[str, Any] = {
        "@id": public_address("public-data"),
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
        "dcat:landingPage": public_address("public-data"),
        "dct:conformsTo": public_address("open-fields"),
        "dcat:distribution": [_distribution("全部", "csv", public_address("open-csv")), *files],
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
        "isPartOf": {"@type": "Dataset", "@id": public_address("public-data"), "name": f"{organ}{TITLE}"},
    }
    text = json.dumps({name: value for name, value in said.items() if value is not None}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")

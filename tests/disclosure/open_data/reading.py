"""Every public byte of open data, fetched as a stranger would, and read by programs that know nothing of ours."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import openpyxl
from django.test import Client

ATOM, STONE, SITEMAP = (
    "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}", "{http://www.sitemaps.org/schemas/sitemap/0.9}",
)  # fmt: skip
ONCE = (
    "/penalties/", "/penalties.json", "/penalties.csv", "/penalties.csv-metadata.json", "/penalties/atom.xml",
    "/penalties/rss.xml", "/sitemap.xml", "/robots.txt", "/open/", "/open/penalties-header.csv", "/open/fields.json",
    "/open/catalog.json", "/open/tombstones.json", "/open/manifest.json", "/open/openapi.json",
)  # fmt: skip
KINDS = ("csv", "jsonl", "xlsx")


def body(response: Any) -> bytes:
    """The bytes of an answer, streamed or not."""
    return b"".join(response) if response.streaming else bytes(response.content)


def fetch(client: Client, address: str, **query: Any) -> bytes:
    """The bytes of a page that answers 200."""
    response = client.get(address, query)
    assert response.status_code == 200, (address, response.status_code)
    return body(response)


def csv_rows(data: bytes) -> list[dict[str, str]]:
    """By the standard library's reader."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def xlsx_rows(data: bytes) -> list[list[Any]]:
    """By openpyxl; every cell must be a string."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    for row in sheet.iter_rows():
        assert {cell.data_type for cell in row if cell.value is not None} <= {"s", "inlineStr"}
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def xlsx_text(data: bytes) -> str:
    """All text of a workbook, for looking into."""
    return "\n".join(str(cell) for row in xlsx_rows(data) for cell in row if cell is not None)


def json_lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().splitlines()]


def xml(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)


def all_pages(client: Client) -> list[dict[str, Any]]:
    """The whole list by following ``next``."""
    found: list[dict[str, Any]] = []
    address = "/penalties.json"
    while address:
        page = json.loads(fetch(client, address))
        found += page["items"]
        address = (page["next"] or "").removeprefix("http://127.0.0.1:8000")
    return found

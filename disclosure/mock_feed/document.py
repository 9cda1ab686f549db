"""Strict JSON reading (contract section 1): what Python's reader lets pass and the exchange must not."""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from disclosure.mock_feed.errors import ExchangeError, Json, detail

MAX_BODY = 2 * 1024 * 1024

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_ESCAPE = re.compile(r"\\[ubfrt]")
_HIGH_CONTROL = re.compile("[\x7f-\x9f]")
_COMPATIBILITY = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")


def _unique(pairs: list[tuple[str, Any]]) -> Json:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice")
    return result


def _no_number(text: str) -> Any:
    raise ValueError(f"number {text} not allowed")


_decoder = json.JSONDecoder(object_pairs_hook=_unique, parse_float=_no_number, parse_constant=_no_number)


def parse(body: bytes) -> tuple[Json, str]:
    """The object in `body` and its text; E2001 for whatever is not strict JSON with an object on top."""
    try:
        text = body.decode("utf-8")
        value = _decoder.decode(text)
        if b"\\u" in body:
            json.dumps(value, ensure_ascii=False).encode("utf-8")  # a lone surrogate cannot be written
    except (ValueError, RecursionError) as error:
        raise ExchangeError("E2001") from error
    if not isinstance(value, dict):
        raise ExchangeError("E2001", message="报文最外层应为 JSON 对象")
    return value, text


def is_clean(text: str) -> bool:
    """Whether no string of this JSON text can hold a control character or be outside NFC (may say no too often)."""
    if ("\\" in text and _ESCAPE.search(text)) or _HIGH_CONTROL.search(text):
        return False
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def text_problems(value: object, path: str = "") -> list[Json]:
    """An entry for every string below `value` that is not NFC or holds a control character other than a line break.

    CJK compatibility ideographs count as normal: a person's name is never normalised.
    """
    return [detail("schema", where, message) for where, message in _walk(value, path)]


def _walk(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if _CONTROL.search(value):
            yield path, "含有控制字符，请删除"
        if not unicodedata.is_normalized("NFC", _COMPATIBILITY.sub("一", value)):
            yield path, "文字不是 NFC 规范形式，请转换后重发"
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, f"{path}/{pointer(key)}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, f"{path}/{index}")


def pointer(key: str) -> str:
    """A key as one step of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")

"""The contract's JSON schemas compiled once into plain Python calls.

A generic validator costs milliseconds per record; this one knows exactly the keywords the contract uses, plus the
contract's two additions: `$` is the end of the text, and a date or time must exist.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from disclosure.mock_feed.document import pointer
from disclosure.mock_feed.errors import Json, detail
from disclosure.mock_feed.moment import is_datetime, parse_date
from disclosure.mock_feed.penalty_schema import PENALTY
from disclosure.mock_feed.schemas import ENVELOPE, INSPECTION, RECEIPT, WITHDRAWAL

Problems = list[tuple[str, str]]  # (JSON pointer, message)
Check = Callable[[Any, str, Problems], None]

_TYPES: Final[dict[str, tuple[type, str]]] = {
    "object": (dict, "对象"),
    "array": (list, "数组"),
    "string": (str, "文字"),
    "integer": (int, "整数"),
    "boolean": (bool, "true 或 false"),
    "null": (type(None), "空"),
}
_DATE_PATTERN: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_DATETIME_PATTERN: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\+08:00$"


def compile_schema(schema: Json) -> Check:
    """A check that appends every violation it finds to the list it is given."""
    return _compile(schema, schema.get("$defs", {}))


def _compile(schema: Json, definitions: Json) -> Check:
    if "$ref" in schema:
        return _compile(definitions[schema["$ref"].removeprefix("#/$defs/")], definitions)
    if "oneOf" in schema:  # the contract uses it once: null or an object
        return _null_or(_compile(schema["oneOf"][1], definitions))
    if schema.get("type") in ("string", ["string", "null"]):
        return _string_check(schema)
    checks: list[Check] = []
    if "type" in schema:
        checks.append(_type_check(schema["type"]))
    if "enum" in schema:
        checks.append(_enum_check(schema["enum"]))
    if "const" in schema:
        checks.append(_enum_check([schema["const"]]))
    for keywords, build in _BUILDERS:
        if any(keyword in schema for keyword in keywords):
            checks.append(build(schema, definitions))
    checks.extend(_condition(rule, definitions) for rule in schema.get("allOf", ()))
    return checks[0] if len(checks) == 1 else _all_of(tuple(checks))


def _all_of(checks: tuple[Check, ...]) -> Check:
    def check(value: Any, path: str, problems: Problems) -> None:
        for part in checks:
            before = len(problems)
            part(value, path, problems)
            if part is checks[0] and len(problems) > before:
                return  # of the wrong type: the other keywords have nothing to say

    return check


def _null_or(inner: Check) -> Check:
    def check(value: Any, path: str, problems: Problems) -> None:
        if value is not None:
            inner(value, path, problems)

    return check


def _type_check(names: str | list[str]) -> Check:
    listed = [names] if isinstance(names, str) else names
    allowed = frozenset(_TYPES[name][0] for name in listed)
    message = "类型应为" + "或".join(_TYPES[name][1] for name in listed)

    def check(value: Any, path: str, problems: Problems) -> None:
        if type(value) not in allowed:
            problems.append((path, message))

    return check


def _enum_check(values: list[Any]) -> Check:
    # True equals 1 in Python and not in JSON, so the type is part of the key.
    allowed = frozenset((type(value), value) for value in values)
    message = "取值不在允许范围内：" + "、".join("空" if value is None else str(value) for value in values)

    def check(value: Any, path: str, problems: Problems) -> None:
        if isinstance(value, dict | list) or (type(value), value) not in allowed:
            problems.append((path, message))

    return check


def _string_check(schema: Json) -> Check:
    """Type, length and pattern in one call: nearly every field is a text, and calls are what costs."""
    may_be_null = isinstance(schema["type"], list)
    of_wrong_type = _type_check(schema["type"])
    text = _text_check(schema, {})

    def check(value: Any, path: str, problems: Problems) -> None:
        if type(value) is str:
            text(value, path, problems)
        elif value is not None or not may_be_null:
            of_wrong_type(value, path, problems)

    return check


def _text_check(schema: Json, _: Json) -> Check:
    shortest, longest = schema.get("minLength", 0), schema.get("maxLength", 1 << 30)
    source = schema.get("pattern")
    search = re.compile(re.sub(r"\$$", r"\\Z", source)).search if source else None
    exists = _existence(source)

    def check(value: Any, path: str, problems: Problems) -> None:
        if not isinstance(value, str):
            return
        if not shortest <= len(value) <= longest:
            problems.append((path, f"长度 {len(value)} 不在 {shortest}–{longest} 之间"))
        if search is not None:
            if search(value) is None:
                problems.append((path, "书写格式不符合要求"))
            elif exists is not None and not exists(value):
                problems.append((path, "日期或时间不存在"))

    return check


def _existence(pattern: str | None) -> Callable[[str], bool] | None:
    if pattern == _DATE_PATTERN:
        return lambda text: parse_date(text) is not None
    return is_datetime if pattern == _DATETIME_PATTERN else None


def _range_check(schema: Json, _: Json) -> Check:
    lowest, highest = schema["minimum"], schema["maximum"]

    def check(value: Any, path: str, problems: Problems) -> None:
        if type(value) is int and not lowest <= value <= highest:
            problems.append((path, f"数值应在 {lowest}–{highest} 之间"))

    return check


def _object_check(schema: Json, definitions: Json) -> Check:
    fields = {name: _compile(part, definitions) for name, part in schema.get("properties", {}).items()}
    required: tuple[str, ...] = tuple(schema.get("required", ()))
    is_closed = schema.get("additionalProperties") is False

    def check(value: Any, path: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            return
        for name in required:
            if name not in value:
                problems.append((f"{path}/{name}", "必填项缺失"))
        for name, item in value.items():
            field = fields.get(name)
            if field is not None:
                field(item, f"{path}/{name}", problems)
            elif is_closed:
                problems.append((f"{path}/{pointer(name)}", "没有这个字段，请删除"))

    return check


def _array_check(schema: Json, definitions: Json) -> Check:
    fewest, most = schema.get("minItems", 0), schema.get("maxItems", 1 << 30)
    is_unique = schema.get("uniqueItems", False)
    inner = _compile(schema["items"], definitions)

    def check(value: Any, path: str, problems: Problems) -> None:
        if not isinstance(value, list):
            return
        if not fewest <= len(value) <= most:
            problems.append((path, f"项数 {len(value)} 不在 {fewest}–{most} 之间"))
        if is_unique and len({repr(item) for item in value}) < len(value):
            problems.append((path, "有重复项，请删除"))
        for index, item in enumerate(value):
            inner(item, f"{path}/{index}", problems)

    return check


def _condition(rule: Json, definitions: Json) -> Check:
    asks = _compile(rule["if"], definitions)
    then = _compile(rule["then"], definitions)
    otherwise = _compile(rule["else"], definitions) if "else" in rule else None

    def check(value: Any, path: str, problems: Problems) -> None:
        doubts: Problems = []
        asks(value, path, doubts)
        branch = otherwise if doubts else then
        if branch is not None:
            branch(value, path, problems)

    return check


_BUILDERS: Final[tuple[tuple[tuple[str, ...], Callable[[Json, Json], Check]], ...]] = (
    (("minLength", "maxLength", "pattern"), _text_check),
    (("minimum", "maximum"), _range_check),
    (("properties", "required", "additionalProperties"), _object_check),
    (("items",), _array_check),
)

CHECKS: Final = {
    "envelope": compile_schema(ENVELOPE),
    "penalty-decision": compile_schema(PENALTY),
    "inspection-record": compile_schema(INSPECTION),
    "withdrawal": compile_schema(WITHDRAWAL),
    "receipt": compile_schema(RECEIPT),
}


def violations(name: str, value: object, path: str = "") -> list[Json]:
    """The `details` of E3001 for one document under the named schema; empty when it is valid."""
    problems: Problems = []
    CHECKS[name](value, path, problems)
    return [detail("schema", where, message) for where, message in problems]

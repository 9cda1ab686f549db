"""The compiled validator against the jsonschema library, and the two places where the contract asks for more."""

import copy
import json

import jsonschema
import pytest
from signed_client import EXAMPLES, example

from disclosure.mock_feed.document import is_clean, parse, text_problems
from disclosure.mock_feed.errors import ExchangeError
from disclosure.mock_feed.penalty_schema import PENALTY
from disclosure.mock_feed.schemas import ENVELOPE, INSPECTION, RECEIPT, WITHDRAWAL
from disclosure.mock_feed.validator import violations

SCHEMAS = {
    "envelope": ENVELOPE,
    "penalty-decision": PENALTY,
    "inspection-record": INSPECTION,
    "withdrawal": WITHDRAWAL,
    "receipt": RECEIPT,
}
DOCUMENTS = [("envelope", EXAMPLES[name]) for name in EXAMPLES] + [
    (EXAMPLES[name]["kind"], EXAMPLES[name]["data"]) for name in EXAMPLES
]
# No value here is a well-written date that does not exist: there the library knows less than the contract.
ODD_VALUES = [
    None,
    "",
    "x",
    "长" * 5001,
    0,
    1,
    2,
    True,
    [],
    ["01", "01"],
    ["02"],
    [1],
    {},
    {"x": 1},
    "i",
    "u",
    "d",
    "1.5",
]


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_a_schema(name):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize(("name", "document"), DOCUMENTS)
def test_examples_are_valid(name, document):
    assert violations(name, document) == []


def _places(value, path=()):
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from _places(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield (*path, index)
            yield from _places(item, (*path, index))


def _mutants(document):
    for path in list(_places(document)):
        for value in (*ODD_VALUES, "__delete__"):
            mutant = copy.deepcopy(document)
            place = mutant
            for step in path[:-1]:
                place = place[step]
            if value == "__delete__":
                del place[path[-1]]
            else:
                place[path[-1]] = value
            yield mutant
    yield {**document, "unknown": 1}
    yield from ([], "text", 7, None)


@pytest.mark.parametrize(("name", "document"), DOCUMENTS)
def test_agrees_with_the_library_on_mutations(name, document):
    library = jsonschema.Draft202012Validator(SCHEMAS[name])
    tried = refused = 0
    for mutant in _mutants(document):
        theirs, ours = library.is_valid(mutant), not violations(name, mutant)
        assert theirs == ours, json.dumps(mutant, ensure_ascii=False)[:300]
        tried, refused = tried + 1, refused + (not ours)
    assert tried > 100
    assert 50 < refused < tried


@pytest.mark.parametrize("day", ["2026-02-30", "2025-02-29", "2026-13-01", "0000-01-01", "2026-04-08\n", "2026-4-08"])
def test_a_date_must_exist(day):
    found = violations("penalty-decision", example(punish_set_date=day)["data"])
    assert [entry["path"] for entry in found] == ["/punish_set_date"]


@pytest.mark.parametrize(
    "moment", ["2026-04-10T24:00:00+08:00", "2026-04-10T09:60:00+08:00", "2026-02-30T09:00:00+08:00"]
)
def test_a_time_must_exist(moment):
    assert [entry["path"] for entry in violations("envelope", {**EXAMPLES["penalty"], "cd_time": moment})] == [
        "/cd_time"
    ]


def test_a_leap_day_exists():
    assert violations("penalty-decision", example(set_date="2024-02-29")["data"]) == []


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf{}",
        b"\xff{}",
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b'{"a": 1.0}',
        b'{"a": 1e3}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": "\\ud800"}',
        b'{"a": "x\ty"}',
        b"[]",
        b"",
        b"{",
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
)
def test_not_strict_json(body):
    with pytest.raises(ExchangeError) as caught:
        parse(body)
    assert caught.value.code == "E2001"


def test_a_surrogate_pair_is_one_character():
    assert parse(b'{"a": "\\ud842\\udfb7"}')[0] == {"a": "𠮷"}


@pytest.mark.parametrize(
    ("value", "is_fine"),
    [
        ("一\n二", True),
        ("\u00e9", True),
        ("e\u0301", False),
        ("\t", False),
        ("\x7f", False),
        ("\x85", False),
        ("李\uf9dd", True),  # compatibility ideographs in a name stay
        ("丽\U0002f800", True),
        ("\uf9dd\u00e9", True),
        ("\uf9dde\u0301", False),
        ("𠮷䶮", True),
    ],
)
def test_text_is_normal_and_without_controls(value, is_fine):
    text = json.dumps({"a": [value]})
    assert (text_problems(parse(text.encode())[0]) == []) is is_fine
    raw = json.dumps({"a": [value]}, ensure_ascii=False)
    if not is_fine:
        assert not is_clean(text)
        assert not is_clean(raw)

"""Every address has a row in url_permissions.csv, written by a person and compared with what the program does.

The table is a second opinion on purpose: whoever opens a page to more people has to say so in two places.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from lishu_law.access.doors import PUBLIC, SIGNED_IN
from lishu_law.access.matrix import RULES
from lishu_law.access.policy import may_ever
from lishu_law.registry.models import Unit, UnitKind
from lishu_law.registry.roles import Role
from tests.cast import person

TABLE = Path(__file__).with_name("url_permissions.csv")
with TABLE.open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))
ANYBODY, EVERYBODY_HERE = "任何人", "已登录人员"
# An example of each part an address may have; nothing of that name exists.
EXAMPLES = {
    "message_id": 1, "notice_id": 1, "secret": "nothing", "number": "DZ20991231-01", "place": 1,
    "clue_no": "XS-2026-99999", "paper_id": 1, "limit_id": 1, "document_id": 1, "part_id": 1, "seat_no": 1, "evidence_id": 1, "reference": "nobody",
    "shift_no": "BC-2026-99999", "check_code": "nothing", "position": 1, "token": "nothing", "version": "1",
    "device_id": 1, "serial": 1, "receipt": "nothing", "draw_no": "SJ-2026-99999", "name": "nothing",
    "object_no": "DX-220322-999999", "merge_id": 1, "listing_id": 1, "staff_number": "nobody", "absence_id": 1,
    "conflict_id": 1, "item_code": "00000000000000", "valid_from": "2026-01-01", "power_id": 1, "kind": "objects",
    "delegation_id": 1, "certificate_id": 1, "cap_id": 1, "public_id": "2026-aaaaaaaaaa", "rui": "11220322MB0T00015M-CF-2026-000001",
    "ticket_no": "JD-2026-99999999", "part": "months",
    "row_key": "nothing", "code": "nothing", "size": 1, "tile": 1, "review_id": 1, "objection_id": 1, "task_id": 1, "form": "A", "key": "total", "year": "2026",
}  # fmt: skip
GUARDED = [row for row in ROWS if row["policy"] not in (PUBLIC, SIGNED_IN)]


def address_of(row: dict[str, str]) -> str:
    return reverse(row["name"], kwargs={part: EXAMPLES[part] for part in row["parts"].split()})


def test_every_address_has_a_name_and_exactly_one_row(addresses) -> None:
    assert [one for one in addresses if not one.name] == []
    assert Counter(row["name"] for row in ROWS) == Counter(one.name for one in addresses)


def test_views_declare_what_the_table_says(addresses) -> None:
    said = {row["name"]: row["policy"] for row in ROWS}
    assert {one.name: one.policy for one in addresses} == said


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_who_may_open_is_who_the_matrix_lets_in(row: dict[str, str]) -> None:
    if row["policy"] == PUBLIC:
        assert row["who"] == ANYBODY
    elif row["policy"] == SIGNED_IN:
        assert row["who"] == EVERYBODY_HERE
    else:
        roles = {grant.role for grant in RULES[row["policy"]].grants}
        words = "所有角色" if roles == set(Role) else "、".join(role.label for role in Role if role in roles)
        assert row["who"] == words


def test_every_rule_that_opens_a_page_is_used_or_asked_inside(addresses, tree: Path) -> None:
    """A rule nobody asks for is a promise nobody keeps."""
    source = "".join(
        path.read_text(encoding="utf-8")
        for package in ("lishu_law", "cases", "inspections", "disclosure")
        for path in (tree / package).rglob("*.py")
        if path.parent.name != "matrix"
    )
    unused = {action for action in RULES if f'"{action}"' not in source}
    assert unused == {"parameter.read"}  # the page of local parameters is not built yet


@pytest.mark.django_db
@pytest.mark.parametrize("row", [row for row in ROWS if row["policy"] != PUBLIC], ids=lambda row: row["name"])
def test_strangers_are_sent_to_sign_in_by_every_method(row: dict[str, str]) -> None:
    client, address = Client(), address_of(row)
    for answer in (client.get(address), client.post(address), client.head(address)):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/?next=/")


@pytest.mark.django_db
def test_somebody_without_a_role_is_refused_everywhere_but_at_home() -> None:
    unit = Unit.objects.create(code="LS", name="梨树县交通运输局", kind=UnitKind.AUTHORITY)
    newcomer = person("newcomer", "示例新人", unit)
    client = Client()
    client.force_login(newcomer)
    statuses = {row["name"]: {client.get(address_of(row)).status_code, client.post(address_of(row)).status_code}
                for row in GUARDED}  # fmt: skip
    assert {name: found for name, found in statuses.items() if found != {403}} == {}
    assert not any(may_ever(newcomer, action) for action in RULES)

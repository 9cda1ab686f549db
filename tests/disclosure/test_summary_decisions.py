"""An on-the-spot decision on its way to the public and to the exchange (V05: punish_procedure 1)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.api import decision_facts, sealed_decision_ids
from disclosure.actions.draft import decision_class, draft, record_fields
from disclosure.feed import payload
from tests.cast import Cast, make_cast
from tests.spot_scenes import COMPANY, OVERLOAD, spot_at


@pytest.fixture
def cast(transactional_db: None, settings: Any) -> Cast:
    settings.DEMO = True  # the invented identity numbers
    return make_cast()


@pytest.mark.parametrize(("amount", "party", "types"), [("50", None, ["02"]), (None, COMPANY, ["01"])])
def test_the_exchange_takes_it_as_one_of_the_summary_procedure(
    cast: Cast, amount: str | None, party: Any, types: list[str]
) -> None:
    words = {"party": party, "item": OVERLOAD} if party else {}
    walk = spot_at("delivered", cast, amount=amount, **words)
    facts = decision_facts(sealed_decision_ids()[-1])
    public = payload.PublicBlock("示**", "途中甩客。", date(2027, 3, 2), "https://example.invalid/penalties/2026-a/")
    who = payload.Identity("11220322MB0T00015M-CF-2026-000001", 1, "I", "0" * 32)
    envelope = payload.build(facts, public, decision_class(facts), who, walk.at)
    payload.check(envelope, date(2026, 3, 3))
    data = envelope["data"]
    assert (data["punish_procedure"], data["punish_type"]) == ("1", types)
    assert "set_date" not in data
    assert data["punish_action_code"] == walk.case.case_no


def test_the_public_copy_says_summary_and_names_nobody(cast: Cast) -> None:
    spot_at("delivered", cast)
    facts = decision_facts(sealed_decision_ids()[-1])
    record = draft(facts)
    fields = record_fields(facts)
    assert fields["content"]["procedure"] == "summary"
    assert record.publish_due == date(2026, 3, 11)
    assert "示例司机" not in str(fields["content"])
    assert "吉C12345" not in str(fields["content"])

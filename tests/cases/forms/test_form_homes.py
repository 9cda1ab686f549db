"""Type once, provably: the table of homes is complete and true, and the check can fail."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cases.documents.catalogue import CATALOGUE
from cases.forms import homes

pytestmark = pytest.mark.law


def test_every_field_of_every_form_has_one_home_and_no_fact_is_asked_twice() -> None:
    assert homes.faults() == []
    rows = homes.asked()
    assert len({(one.form, one.field) for one in rows}) == len(rows) > 700
    assert {one.again for one in rows} <= {"", "更正", "简易程序", "纸质文书补录", "变更处罚意见"}


def test_a_second_form_for_a_fact_of_the_case_is_found() -> None:
    rows = homes.asked()
    summary = next(one for one in rows if one.home == "cases.Case.summary" and not one.again)
    second = replace(summary, form="investigation.ReportForm", field="facts")
    (found,) = homes.asked_twice([*rows, second])
    assert found.startswith("cases.Case.summary is asked for twice: clue.ClueForm.summary")
    assert list(homes.asked_twice([*rows, replace(second, again="更正")])) == []


def test_a_missing_row_a_wrong_column_and_a_stale_row_are_named() -> None:
    rows = homes.asked()
    found = homes.faults([
        *(one for one in rows if (one.form, one.field) != ("serving.PaymentForm", "receipt_no")),
        replace(rows[0], form="serving.PaymentForm", field="gone", label="", home="cases.Payment.gone"),
    ])  # fmt: skip
    assert found == [
        "serving.PaymentForm.receipt_no has no home in cases/data/form_homes.csv",
        "serving.PaymentForm.gone is listed, but no form asks for it",
        "cases.Payment.gone is no column",
    ]


def test_every_document_of_a_case_is_printed_from_named_facts() -> None:
    fed = homes.fed()
    assert {one.document.code for one in fed} == {document.code for document in CATALOGUE}
    party = {one.words for one in fed if one.home == "registry.Party.name"}
    assert "M15 行政处罚决定书：名称" in party
    assert len(party) > 40


def test_the_command_prints_each_fact_and_fails_on_a_fault(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("facts")
    printed = capsys.readouterr().out
    assert "cases.Payment.receipt_no\n    asked: serving.PaymentForm.receipt_no “财政票据号”" in printed
    assert "No fact is asked for twice." in printed
    monkeypatch.setattr(homes, "asked", lambda: ())
    with pytest.raises(CommandError, match=r"clue\.ClueForm\.summary has no home"):
        call_command("facts", only_check=True)

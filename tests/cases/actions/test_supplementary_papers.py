"""The papers that nothing is typed for: pasted copy, authority, approval of the penalty, register of receipts, report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.actions import ending, proxies, sampling
from cases.models import Case, CasePerson, Document, Informant
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotFound, Refused
from tests.cases.actions import evidence_scenes as scenes
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at, last_document


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def rows_of(document: Document) -> dict[str, str]:
    return {row["label"]: "".join(row["paragraphs"]) for row in document.data["rows"]}


def refused(act: Any, *args: Any, **typed: Any) -> set[tuple[str, str]]:
    with pytest.raises(Refused) as found:
        act(*args, **typed)
    return {(one.code, one.fix) for one in found.value.refusals}


# S07


def test_a_copy_is_pasted_with_its_origin_and_what_was_compared(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    copy = scenes.add(walk, is_copy=True, copy_source="示例丙提供，原件存公司", is_checked_copy=True)
    before = JournalEntry.objects.count()
    document = walk.step(sampling.paste_copy, cast.lead, evidence_id=copy.pk)
    assert JournalEntry.objects.count() == before + 1
    data = document.data
    assert (document.code, document.part) == ("paste_sheet", f"evidence:{copy.pk}")
    assert (data["source"], data["checked"]) == ("示例丙提供，原件存公司", "经核对与原件一致。")
    assert [one["name"] for one in data["officers"]] == [cast.lead.full_name, cast.assistant.full_name]


def test_only_a_copy_that_still_counts_is_pasted(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    original = scenes.add(walk)
    assert refused(walk.step, sampling.paste_copy, cast.lead, evidence_id=original.pk) == {
        ("inv-copy-verify", "evidence_id")
    }
    with pytest.raises(NotFound):
        walk.step(sampling.paste_copy, cast.lead, evidence_id=original.pk + 1000)


# S20


def authority(walk: Walk, **changed: Any) -> Document:
    typed: dict[str, Any] = {
        "name": "示例戊", "kind": "special", "powers": "代为参加听证。\n代领文书。", "gender": "male",
        "id_number": "220399199108150044", "employer": "示例公司职员", **changed,
    }  # fmt: skip
    made: Document = walk.step(proxies.authorise_proxy, walk.cast.lead, proxy=proxies.NewProxy(**typed))
    return made


def test_an_authority_names_both_and_keeps_the_person_for_what_follows(cast: Cast) -> None:
    walk = case_at("notice_served", cast)
    document = authority(walk, until=clock.local(walk.at).date() + timedelta(days=30))
    person = CasePerson.objects.get(case=walk.case, role="agent")
    rows = rows_of(document)
    assert document.part == f"person:{person.pk}"
    assert rows["委托人"].startswith("梨树县示例运输有限公司，法定代表人（负责人）：示例人")
    assert "示例戊，男" in rows["受委托人"]
    assert rows["权限"] == "特别授权。代为参加听证。代领文书。"
    assert "2026年4月" in rows["期限"]
    authority(walk, kind="general", powers="")
    assert CasePerson.objects.filter(case=walk.case, role="agent").count() == 1
    assert rows_of(last_document(walk.case, "power_of_attorney"))["期限"].endswith("本案办理终结")


@pytest.mark.parametrize(("changed", "field"), [
    ({"powers": " "}, "powers"), ({"kind": ""}, "kind"), ({"days": -1}, "until"),
])  # fmt: skip
def test_an_authority_says_how_far_and_how_long(cast: Cast, changed: dict[str, Any], field: str) -> None:
    walk = case_at("clue", cast)
    if "days" in changed:
        changed = {"until": clock.local(walk.at).date() + timedelta(days=changed["days"])}
    assert refused(authority, walk, **changed) == {("hearing-proxy", field)}
    authority(walk, until=clock.local(walk.at).date())  # the last day is still a day


# S24, S31


def test_the_approval_gathers_the_four_opinions_and_the_receipt_is_registered(cast: Cast) -> None:
    walk = case_at("paid", cast)
    approval = last_document(walk.case, "penalty_approval")
    decision = last_document(walk.case, "penalty_decision")
    assert approval.pk < decision.pk
    assert approval.sealed_at == decision.sealed_at
    said = {one["label"]: one["opinion"] for one in approval.data["opinions"]}
    names = [cast.lead, cast.squad_leader, cast.reviewer, cast.head]
    assert [one["name"] for one in said.values()] == [one.full_name for one in names]
    assert list(said) == ["承办人意见", "承办机构意见", "法制审核机构意见", "负责人意见"]
    assert all(one["text"] and one["signed_on"] for one in said.values())
    assert rows_of(approval)["拟处罚内容"] == walk.case.decision.result_text
    rows = rows_of(last_document(walk.case, "fine_receipt"))
    assert rows["决定书号"] == walk.case.decision.number
    assert rows["金额"] == "人民币壹仟元整（¥1,000.00）"
    assert rows["加处罚款"] == ""
    assert rows["财政票据号（缴款码）"] == f"R{walk.case.pk:010d}"


# S01


def test_a_report_is_kept_encrypted_and_sealed_nowhere(cast: Cast) -> None:
    walk = case_at("verified", cast)
    Case.objects.filter(pk=walk.case.pk).update(source="report")
    informant = ending.NewInformant(
        name="示例举报人", content="有车扬撒。", reported_at=walk.at, way="visit", id_number="220399199108150044",
    )  # fmt: skip
    walk.step(ending.record_informant, cast.lead, informant=informant)
    assert Informant.objects.get(case=walk.case).id_number == "220399199108150044"
    assert not Document.objects.filter(case=walk.case, code="report_record").exists()

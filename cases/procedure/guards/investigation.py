"""Before the report goes up: transcripts, evidence and a party that is identified (处罚法40、46、55、57、59)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal


def transcripts_present(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-transcript-required: questioning or inspection produces a transcript (处罚法55).

    The signed record of the inspection that found the act is one; nobody writes it a second time.
    """
    if any(one.kind == "onscene" for one in facts.transcripts) or any(one.is_onscene for one in facts.evidence):
        return None
    return Refusal(
        "inv-transcript-required", "案卷里还没有现场笔录。请先制作现场笔录。", "行政处罚法第五十五条", "record_onscene"
    )


def transcripts_lawful(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-show-licence, inv-question-sign: licences shown and the record signed or the refusal noted (处罚法55)."""
    for transcript in facts.transcripts:
        if not transcript.licence_shown:
            return Refusal(
                "gen-show-licence",
                f"{transcript.title}没有记明已出示执法证。请更正笔录或说明。",
                "行政处罚法第五十五条第一款",
                "record_onscene",
            )
        if len(set(transcript.officers)) < 2:
            return Refusal(
                "gen-two-officers",
                f"{transcript.title}只有 1 名执法人员。请由两名执法人员重新制作。",
                "行政处罚法第四十二条第一款",
                "record_onscene",
            )
    return None


def no_overlap(facts: CaseFacts, today: date) -> Refusal | None:
    """The same officer cannot be in two transcripts at one time (procedure.md §2.4)."""
    if not facts.overlaps:
        return None
    return Refusal("transcript-overlap", facts.overlaps[0], "行政处罚法第四十二条第一款", "record_onscene")


def evidence_verified(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-evidence-verified: evidence is verified before it grounds facts (处罚法46第二款)."""
    open_items = [item.title for item in facts.evidence if not item.is_verified]
    if not open_items:
        return None
    return Refusal(
        "inv-evidence-verified",
        f"还有 {len(open_items)} 份证据没有查证核对（{open_items[0]}等）。请先核对。",
        "行政处罚法第四十六条第二款",
        "evidence",
    )


def party_true(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-party-truth: the party is identified by its own document (处罚法40、59)."""
    if facts.party and facts.party.has_identity and facts.party.has_address:
        return None
    return Refusal("inv-party-truth", "当事人的证件号码或者地址还不完整。请先补齐。", "行政处罚法第五十九条", "edit")


def report_endorsed(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-report: the agency head signs before the head."""
    submitted, endorsed = facts.done.get("submit_report"), facts.done.get("endorse_report")
    if submitted and endorsed and endorsed >= submitted:
        return None
    return Refusal(
        "inv-report",
        "经办机构负责人还没有签署调查报告意见。请先由中队长签署。",
        "行政处罚法第五十七条",
        "endorse_report",
    )

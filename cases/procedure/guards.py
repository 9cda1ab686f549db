"""Legal preconditions: each a pure function ``(facts, today) -> Refusal | None`` named after its rule.

The message says what is missing, why and how to go on; the citation names the article; ``fix`` names the step or field
that cures it. Rule ids are those of law/procedure_rules.csv.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal
from lishu_law.law.limits import compute

Guard = Callable[[CaseFacts, date], Refusal | None]


def two_officers(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-two-officers: at least two different officers (处罚法42)."""
    if len({officer.staff_number for officer in facts.officers}) >= 2 and facts.lead:
        return None
    return Refusal(
        "gen-two-officers",
        f"至少要有 2 名执法人员，其中 1 名主办，现在有 {len(facts.officers)} 名。请补充承办人。",
        "行政处罚法第四十二条第一款",
        "officers",
    )


def certificates_valid(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-licence-valid: every handling officer's certificate is valid on the day of the act (处罚法42)."""
    for officer in facts.officers:
        if officer.certificate_on(today) is None:
            last = max((c.valid_until for c in officer.certificates), default=None)
            when = f"已于 {last:%Y-%m-%d} 到期" if last and last < today else "没有在有效期内的证件"
            return Refusal(
                "gen-licence-valid",
                f"{officer.name}的执法证{when}，请换人或先更新证件。",
                "行政处罚法第四十二条第一款",
                "officers",
            )
    return None


def no_conflict(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-recuse-self: each officer has declared that nothing may affect fairness (处罚法43)."""
    missing = [officer.name for officer in facts.officers if not officer.conflict_declared]
    if not missing:
        return None
    return Refusal(
        "gen-recuse-self",
        f"{'、'.join(missing)}还没有作出无利害关系声明。请本人先在案件页声明。",
        "行政处罚法第四十三条",
        "conflict",
    )


def in_jurisdiction(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-jurisdiction-place: the act happened in this county (处罚法22)."""
    if facts.is_in_county and facts.place:
        return None
    return Refusal(
        "gen-jurisdiction-place",
        "违法行为发生地不在本县或者没有写明。请核对地点；确在县外的应当移送。",
        "行政处罚法第二十二条",
        "edit",
    )


def filing_criteria(facts: CaseFacts, today: date) -> Refusal | None:
    """file-criteria: an identified party, preliminary facts and a penalty clause (处罚法54第二款)."""
    missing = []
    if facts.party is None or not facts.party.has_identity:
        missing.append("当事人身份")
    if not facts.violation:
        missing.append("案由")
    if len(facts.summary.strip()) < 20:
        missing.append("案件基本情况（至少 20 字）")
    if facts.act_on is None:
        missing.append("违法时间")
    if not missing:
        return None
    return Refusal(
        "file-criteria", f"还缺{'、'.join(missing)}，不符合立案标准。请先补齐。", "行政处罚法第五十四条第二款", "edit"
    )


def within_limitation(facts: CaseFacts, today: date) -> Refusal | None:
    """file-limitation-2y: discovered within two years from the end of the act (处罚法36)."""
    ended = facts.act_ended_on or facts.act_on
    if ended is None or facts.discovered_on is None:
        return None
    due = compute("file-limitation-2y", ended).due
    if facts.discovered_on <= due:
        return None
    return Refusal(
        "file-limitation-2y",
        f"违法行为 {ended:%Y-%m-%d} 结束，{facts.discovered_on:%Y-%m-%d} 才发现，已超过二年，不再给予处罚。",
        "行政处罚法第三十六条",
        "edit",
    )


def filing_recommended(facts: CaseFacts, today: date) -> Refusal | None:
    """file-approval: the agency head signs before the head (立案登记表两级意见)."""
    requested = facts.done.get("request_filing")
    recommended = facts.done.get("recommend_filing")
    if recommended and requested and recommended >= requested:
        return None
    return Refusal(
        "file-approval", "经办机构负责人还没有签署立案意见。请先由中队长签署。", "执法程序规定第六十三条", "recommend_filing"
    )


def transcripts_present(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-transcript-required: questioning or inspection produces a transcript (处罚法55)."""
    if any(transcript.kind == "onscene" for transcript in facts.transcripts):
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
    if not facts.evidence:
        return Refusal("inv-comprehensive", "案卷里还没有证据。请先补充证据。", "行政处罚法第四十条", "add_evidence")
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


def not_under_fourteen(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-minor-u14: no penalty on a person under fourteen (处罚法30)."""
    if facts.party and facts.party.age_at_act is not None and facts.party.age_at_act < 14:
        return Refusal(
            "decide-minor-u14",
            "当事人行为时不满十四周岁，不予行政处罚，应责令监护人管教。",
            "行政处罚法第三十条",
            "edit",
        )
    return None


def discretion_chosen(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-discretion: the benchmark applied, the amount inside its range (处罚法5、34)."""
    chosen = facts.discretion
    if chosen is None:
        return Refusal("decide-discretion", "还没有适用裁量基准。请先裁量。", "行政处罚法第三十四条", "set_discretion")
    if chosen.action != "penalise":
        return Refusal(
            "decide-discretion",
            "按裁量基准本案不应罚款。请改走不予处罚或者责令改正，不能提出处罚意见。",
            "行政处罚法第五条第二款",
            "set_discretion",
        )
    low, high, amount = chosen.minimum, chosen.maximum, chosen.amount
    if amount is not None and low is not None and high is not None and not low <= amount <= high:
        return Refusal(
            "decide-discretion",
            f"罚款应在 {low:f}–{high:f} 元之间。请重新裁量。",
            "行政处罚法第三十四条",
            "set_discretion",
        )
    return None


def questions_answered(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-mitigate-must, -minor-act, -first-offence, -no-fault, -law-time, -double-fine: silence blocks."""
    if facts.questions_answered:
        return None
    return Refusal(
        "decide-mitigate-must",
        "从轻减轻、轻微不罚、首违不罚、无主观过错等问题还没有逐项回答。请在裁量页回答。",
        "行政处罚法第二十九条、第三十二条、第三十三条、第三十七条",
        "set_discretion",
    )


def benchmark_confirmed(facts: CaseFacts, today: date) -> Refusal | None:
    """A row nobody has read carries no sealed decision until the legal section confirmed it (shared decision 23)."""
    if facts.discretion and facts.discretion.needs_confirmation:
        return Refusal(
            "benchmark-unconfirmed",
            "本案适用的裁量基准条款来源待核对。请法制机构先核对确认。",
            "行政处罚法第三十四条",
            "set_discretion",
        )
    return None


def report_endorsed(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-report: the agency head signs before the head."""
    submitted, endorsed = facts.done.get("submit_report"), facts.done.get("endorse_report")
    if submitted and endorsed and endorsed >= submitted:
        return None
    return Refusal(
        "inv-report", "经办机构负责人还没有签署调查报告意见。请先由中队长签署。", "行政处罚法第五十七条", "endorse_report"
    )


def notice_sealed(facts: CaseFacts, today: date) -> Refusal | None:
    """notice-served needs a sealed notice."""
    if facts.notice:
        return None
    return Refusal(
        "notice-before-decision", "还没有制作违法行为通知书。请先制作。", "行政处罚法第四十四条", "issue_notice"
    )


def window_over(facts: CaseFacts, today: date) -> Refusal | None:
    """defence-window, hearing-block-decision: no further step while the party may still speak (处罚法45、62、64)."""
    if facts.defence and facts.defence.kind == "waiver":
        return None
    if facts.notice is None or facts.notice.served_on is None or facts.defence_due is None:
        return Refusal("notice-served", "违法行为通知书还没有送达。请先送达。", "行政处罚法第四十四条", "serve_notice")
    if today > facts.defence_due:
        return None
    return Refusal(
        "hearing-block-decision",
        f"陈述申辩和听证申请期到 {facts.defence_due:%Y-%m-%d} 24 时才届满，之前不能作出决定。请届满后再办。",
        "行政处罚法第六十二条、第六十四条",
        "",
    )


def no_hearing_open(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-request: a timely request must be heard first (处罚法63、64)."""
    if facts.defence and facts.defence.hearing_requested:
        return Refusal("hearing-request", "当事人已申请听证，听证结束前不能往下办。", "行政处罚法第六十三条", "")
    return None


def defence_reviewed(facts: CaseFacts, today: date) -> Refusal | None:
    """defence-review: what the party said is reviewed point by point (处罚法45)."""
    if facts.defence is None:
        return Refusal(
            "defence-record", "还没有记录当事人是否陈述申辩。请先记录。", "行政处罚法第四十五条", "record_defence"
        )
    if facts.defence.kind in {"written", "oral"} and not facts.defence.is_reviewed:
        return Refusal(
            "defence-review", "当事人的陈述申辩还没有复核。请先复核。", "行政处罚法第四十五条第一款", "review_defence"
        )
    return None


def review_passed(facts: CaseFacts, today: date) -> Refusal | None:
    """review-no-pass-no-decision: not reviewed or not passed, no decision (处罚法58)."""
    if facts.review and facts.review.outcome == "passed":
        return None
    return Refusal(
        "review-no-pass-no-decision", "法制审核还没有通过，不能作出决定。请等审核意见。", "行政处罚法第五十八条", "review"
    )


def discussed_where_due(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-collective: complex or major cases are discussed by the heads first (处罚法57第二款)."""
    if not facts.discussion_due or facts.discussed_on:
        return None
    return Refusal(
        "decide-collective",
        "本案达到集体讨论标准，还没有集体讨论记录。请先组织集体讨论。",
        "行政处罚法第五十七条第二款",
        "record_discussion",
    )


def not_heavier_than_notice(facts: CaseFacts, today: date) -> Refusal | None:
    """defence-no-heavier, notice-renotice: never heavier than what the party was told (处罚法45第二款)."""
    proposed = facts.discretion.amount if facts.discretion else None
    noticed = facts.notice.amount if facts.notice else None
    if (proposed or Decimal(0)) <= (noticed or Decimal(0)):
        return None
    return Refusal(
        "defence-no-heavier",
        f"拟罚款 {proposed:f} 元高于告知的 {noticed or Decimal(0):f} 元。不得因申辩加重；事实变化的应重新告知。",
        "行政处罚法第四十五条第二款",
        "issue_notice",
    )


def in_ninety_days(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-90d: within ninety days from filing (处罚法60)."""
    if facts.decide_due is None or today <= facts.decide_due:
        return None
    return Refusal(
        "decide-90d",
        f"办案期限已于 {facts.decide_due:%Y-%m-%d} 届满。请先办理延长或者超期说明。",
        "行政处罚法第六十条",
        "",
    )


def decision_served(facts: CaseFacts, today: date) -> Refusal | None:
    """pay-15d runs from service only."""
    if facts.decision_served_on:
        return None
    return Refusal("serve-7d", "处罚决定书还没有送达。请先送达。", "行政处罚法第六十一条", "serve_decision")


def fine_paid(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: performed in full."""
    due = facts.decision_amount or Decimal(0)
    if facts.paid >= due:
        return None
    return Refusal(
        "close-conditions",
        f"罚款还有 {due - facts.paid:f} 元没有缴清。请登记缴款后再结案。",
        "行政处罚法第六十七条第三款",
        "record_payment",
    )


def everything_served(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: no unserved document."""
    unserved = [d.title for d in facts.documents if d.must_be_served and d.served_on is None]
    if not unserved:
        return None
    return Refusal(
        "close-conditions", f"{unserved[0]}还没有送达。请送达后再结案。", "行政处罚法第六十一条", "serve_decision"
    )


def disclosed(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: the decision is public (处罚法48)."""
    if facts.disclosed_on:
        return None
    return Refusal(
        "close-conditions",
        "处罚决定还没有公示。请等公示审核员公示后再结案。",
        "行政处罚法第四十八条第一款",
        "",
    )


def closing_endorsed(facts: CaseFacts, today: date) -> Refusal | None:
    """close-approval: the agency head signs before the head."""
    proposed, endorsed = facts.done.get("propose_closing"), facts.done.get("endorse_closing")
    if proposed and endorsed and endorsed >= proposed:
        return None
    return Refusal(
        "close-approval", "经办机构负责人还没有签署结案意见。请先由中队长签署。", "行政处罚法第五十七条", "endorse_closing"
    )


def in_order(facts: CaseFacts, today: date) -> Refusal | None:
    """The order invariant of procedure.md §2.4, asked again before the decision is sealed."""
    dates = [facts.filed_on, facts.report_approved_on, facts.notice.served_on if facts.notice else None, today]
    known = [day for day in dates if day]
    if known == sorted(known):
        return None
    return Refusal("order-invariant", "案件日期先后颠倒，请核对立案、报告、告知的日期。", "行政处罚法第四十四条", "")

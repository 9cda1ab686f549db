"""The straight road of the ordinary procedure, walked with the real actions: no case is made by writing fields."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from cases.actions import (
    closure,
    decision,
    discussion,
    filing,
    investigation,
    legal_review,
    notice,
    payment,
    serving,
)
from cases.actions.discretion import PERSONS_QUESTIONS, QUESTIONS, assess_case, set_discretion
from cases.actions.discussion import NewDiscussion
from cases.api import decision_facts
from cases.discretion.checks import allowed_range
from cases.models import CasePerson, Discretion, Serving
from cases.procedure.duties import duties_of
from cases.procedure.review_items import ITEMS
from cases.queries.benchmarks import violation
from cases.queries.facts import load_case
from disclosure.actions.draft import draft
from disclosure.actions.publish import publish
from disclosure.models import DisclosureRecord
from lishu_law import clock
from lishu_law.demo.heard import HEARING
from lishu_law.demo.parties import NAMES, TOWNSHIPS
from lishu_law.demo.plans import Plan
from lishu_law.demo.walk import Milestone, Walk
from lishu_law.registry.identity.demo import demo_id_number, demo_mobile, demo_person_name
from lishu_law.registry.models import PartyKind

FACTS: dict[str, Any] = {"harm": "none", "obstruct": False, "corrected_immediately": False, "order_refused": False}
ROUTES = ("国道303线", "国道102线", "省道206线", "县道001线")
ANSWERS = dict.fromkeys((*QUESTIONS, *PERSONS_QUESTIONS), False)
# On-scene records take the first twenty minutes of their story's half hour, questioning the ten after them: whatever day
# two stories share, their officers are never in two places (procedure.md §2.4).
HALF_HOUR = timedelta(minutes=30)
DEFENCES = {
    "none": ("none", ""),
    "waiver": ("waiver", ""),
    "oral": ("oral", "当事人称装运前已安排人员检查，请求减少罚款。"),
    "oral_adopted": ("oral", "当事人称事后已主动向乘客退还车费并道歉，请求从轻处罚。"),
    "written": ("written", "当事人书面陈述：驳载系货主要求，本单位事前不知情，请求减少罚款。"),
}


def report_body(walk: Walk) -> str:
    case = walk.known_case
    act = clock.local(case.act_at)
    return f"{act.year}年{act.month}月{act.day}日{act.hour}时{act:%M}分，当事人在{case.place}，{walk.plan.deed.seen}"


def register(walk: Walk, act_at: datetime) -> None:
    """The clue, and unless it was only reported, the record made on the scene."""
    plan, chance = walk.plan, walk.chance
    met = "party" if walk.party.kind == PartyKind.CITIZEN else "driver" if walk.vehicle else "representative"
    person = _met(walk, met)
    known = violation(plan.deed.item_code)
    clue = filing.NewClue(
        source=plan.source, item_code=plan.deed.item_code, violation=known.title if known else "",
        domain=known.domain if known else "", act_at=act_at, summary=f"检查发现，当事人{plan.deed.seen}",
        received_at=act_at + timedelta(minutes=5), route=chance.choice(ROUTES), party=walk.party, vehicle=walk.vehicle,
        stake=f"K{chance.randrange(2, 90)}+{chance.randrange(1, 10)}00", township=chance.choice(TOWNSHIPS),
        persons=(person,),
    )  # fmt: skip
    walk.at = act_at + timedelta(minutes=25)
    walk.case = filing.register_clue(by=walk.lead, assistant=walk.assistant, clue=clue, at=walk.at)
    if plan.until == "clue" and plan.source == "report":
        return
    transcript = investigation.NewTranscript(
        started_at=act_at, ended_at=act_at + timedelta(minutes=20), place=walk.case.place,
        second_officer=walk.assistant, person=CasePerson.objects.get(case=walk.case), licence_shown=True,
        rights_told=True, signing="signed", body=clue.summary,
    )  # fmt: skip
    walk.step(investigation.record_onscene, walk.lead, transcript=transcript)


def _met(walk: Walk, role: str) -> filing.NewPerson:
    """Who was met: the party, who speaks for it, or who drives for it."""
    party = walk.party
    if role == "driver":
        number = walk.chance.randrange(NAMES)
        gender = "female" if number % 5 == 0 else "male"
        return filing.NewPerson(
            role, demo_person_name(number), gender, demo_id_number(number, gender=gender), demo_mobile(number),
            party.address, f"{party.name}驾驶员",
        )  # fmt: skip
    name = party.name if role == "party" else party.person_name
    employer = "个体运输" if role == "party" else f"{party.name}{party.person_post or '经营者'}"
    return filing.NewPerson(role, name, party.gender, party.id_number, party.phone, party.address, employer)


def _verify_clue(walk: Walk) -> None:
    walk.step(filing.verify_clue, walk.lead, opinion="经核查，情况属实，涉嫌违法。")


def _request_filing(walk: Walk) -> None:
    walk.step(filing.request_filing, walk.lead, opinion="有明确的当事人和初步违法事实，建议立案调查。")


def _return_filing(walk: Walk) -> None:
    walk.step(
        filing.recommend_filing, walk.leader, agree=False, opinion="请补充载货品名和行驶路线后重新提请。"
    )  # fmt: skip


def _recommend_filing(walk: Walk) -> None:
    walk.step(filing.recommend_filing, walk.leader, agree=True, opinion="同意立案，请分管负责人审批。")


def _file(walk: Walk) -> None:
    for officer in (walk.lead, walk.assistant):
        filing.declare_no_conflict(case_id=walk.known_case.pk, by=officer, at=walk.now)
    walk.step(filing.approve_filing, walk.cast["deputy1"], agree=True, opinion="同意立案。")


def _question(walk: Walk) -> None:
    """A questioning record in the story's own ten minutes, if the plan has one."""
    if not walk.plan.is_questioned:
        return
    started = clock.local(walk.now).replace(hour=7, minute=20) + walk.turn * HALF_HOUR
    walk.at = max(walk.now, started + timedelta(minutes=15))
    transcript = investigation.NewTranscript(
        started_at=started, ended_at=started + timedelta(minutes=9), place="梨树县交通运输局询问室",
        second_officer=walk.assistant, person=CasePerson.objects.filter(case=walk.case).first(), licence_shown=True,
        rights_told=True, signing="signed", is_alone=True,
        answers=(
            ("请说明当时的情况。", "当时没有注意，认识到做得不对。"),
            ("你是否申请回避？", "不申请。"),
        ),
    )  # fmt: skip
    walk.step(investigation.record_questioning, walk.lead, transcript=transcript)


def _verify_evidence(walk: Walk) -> None:
    ids = tuple(walk.known_case.evidence.order_by("pk").values_list("pk", flat=True))
    walk.step(investigation.verify_evidence, walk.lead, evidence_ids=ids)


def _set_discretion(walk: Walk) -> None:
    """The amount lies in the lower half of the range the benchmark gives on the facts of this case."""
    loaded = load_case(walk.known_case.pk)
    facts = FACTS | dict(walk.plan.deed.found)
    span = allowed_range(assess_case(loaded, clock.local(walk.now).date(), facts, (), ANSWERS).result)
    if span is None:
        raise ValueError(f"the benchmark gives no fine for {walk.plan.deed.item_code}")
    unit = Decimal(100) if span.maximum > 500 else Decimal(5)
    steps = int((span.maximum - span.minimum) / unit / 2)
    amount = span.minimum + unit * walk.chance.randint(0 if span.minimum else 1, max(steps, 1))
    if walk.plan.is_major:
        amount = max(amount, Decimal(6000))  # large enough for the collective discussion
    walk.step(
        set_discretion, walk.lead, facts=facts, factors=(), answers=ANSWERS, answers_note="均无相应证据。",
        amount=amount.quantize(Decimal("0.01")), reason="首次被查处，未造成危害后果，配合调查，在本档幅度内确定。",
        outlier_reason="装载量和里程与多数案件不同，按本案实际情节确定。",
    )  # fmt: skip


def _submit_report(walk: Walk) -> None:
    chosen = Discretion.objects.filter(case=walk.known_case).first()
    advice = f"建议按裁量结果处罚款{chosen.amount:.0f}元" if chosen and chosen.amount else "建议不予行政处罚"
    walk.step(
        investigation.submit_report, walk.lead, process="执法人员出示执法证后检查并制作笔录，调查过程合法。",
        facts=report_body(walk), opinion=f"事实清楚，证据充分，{advice}。",
    )  # fmt: skip


def _return_report(walk: Walk) -> None:
    walk.step(investigation.endorse_report, walk.leader, agree=False, opinion="请补充车辆装载情况的说明后再报。")


def _endorse_report(walk: Walk) -> None:
    walk.step(investigation.endorse_report, walk.leader, agree=True, opinion="同意处罚意见。")


def _approve_report(walk: Walk) -> None:
    walk.step(investigation.approve_report, walk.cast["deputy1"], agree=True, opinion="同意，依法告知当事人。")


def new_serving(walk: Walk, *, left: bool = False) -> serving.NewServing:
    is_citizen = walk.party.kind == PartyKind.CITIZEN
    is_shop = walk.party.kind == PartyKind.INDIVIDUAL_BUSINESS
    return serving.NewServing(
        method="left" if left else "direct",
        receiver_name=walk.party.name if is_citizen else walk.party.person_name,
        relation="self" if is_citizen or is_shop else "representative",
        place=walk.party.address,
        served_at=walk.now - timedelta(minutes=10),
        second_server=walk.assistant,
        refusal_reason="受送达人拒绝签收" if left else "",
        witness_name="吴示例" if left else "",
    )


def _serve_notice(walk: Walk) -> None:
    walk.step(serving.serve_notice, walk.lead, serving=new_serving(walk))


def _record_defence(walk: Walk) -> None:
    """What was said on the second day after the serving; silence and waiver when the window is over."""
    kind, content = DEFENCES[walk.plan.defence]
    if not content:
        walk.step(notice.record_defence, walk.lead, kind=kind, received_at=walk.now - timedelta(minutes=15))
        return
    served = Serving.objects.filter(case=walk.known_case, document__code="prior_notice").latest("pk").served_at
    party = walk.party
    role = "经营者" if party.kind == PartyKind.INDIVIDUAL_BUSINESS else party.person_post or "当事人本人"
    walk.step(
        notice.record_defence, walk.lead, kind=kind, received_at=served + timedelta(days=2), content=content,
        place="梨树县交通运输局询问室", speaker=party.person_name or party.name, speaker_role=role,
    )  # fmt: skip


def _review_defence(walk: Walk) -> None:
    if DEFENCES[walk.plan.defence][1]:
        adopted = walk.plan.defence == "oral_adopted"
        review = (
            "经向乘客核实，退款和道歉属实，予以采纳，在裁量时已按本档下限附近考虑。"
            if adopted
            else "经复核，所述理由没有证据支持，与笔录和照片不符，不予采纳。"
        )
        walk.step(notice.review_defence, walk.lead, answers={1: (adopted, review)})


def _return_review(walk: Walk) -> None:
    items = {item.code: ("problem", "报告日期有误") if item.code == "documents" else ("passed", "") for item in ITEMS}
    opinion = "文书中一处日期与笔录不一致，请更正说明后重新提交。"
    walk.step(legal_review.review, walk.cast["legal1"], agree=False, items=items, opinion=opinion)


def _review(walk: Walk) -> None:
    walk.step(
        legal_review.review, walk.cast["legal1"], agree=True, items={item.code: ("passed", "") for item in ITEMS},
        opinion="事实清楚，证据充分，适用法律正确，程序合法，裁量适当。",
    )  # fmt: skip


def _discuss(walk: Walk) -> None:
    """The heads together, each with an opinion of his own."""
    cast, now = walk.cast, walk.now
    said = (
        ("head1", "同意法制审核意见，裁量适当。"), ("deputy1", "同意。事实清楚，证据充分。"), ("deputy2", "同意，请在决定书中说明裁量理由。"),
    )  # fmt: skip
    meeting = NewDiscussion(
        started_at=now - timedelta(minutes=40), ended_at=now - timedelta(minutes=10), place="局会议室",
        chair=cast["head1"], reporter=walk.lead.full_name, recorder=cast["archive1"].full_name,
        opinions=tuple((cast[name], text) for name, text in said), outcome="penalise",
        conclusion="参加讨论人员意见一致。",
    )  # fmt: skip
    walk.step(discussion.record_discussion, cast["head1"], discussion=meeting)


def _decide(walk: Walk) -> None:
    walk.step(decision.approve_decision, walk.cast["head1"], agree=True, opinion="同意。")
    draft(decision_facts(walk.known_case.decision.pk), at=walk.now + timedelta(minutes=1))


def _serve_decision(walk: Walk) -> None:
    walk.step(serving.serve_decision, walk.lead, serving=new_serving(walk, left=walk.plan.left))


def publish_decision(walk: Walk) -> None:
    """The checker publishes what was drafted when the decision was made."""
    facts = decision_facts(walk.known_case.decision.pk)
    record = DisclosureRecord.objects.get(decision_id=facts.decision_id)
    publish(record_id=record.pk, version=record.version, facts=facts, by=walk.cast["checker1"], at=walk.now)


def verify_duties(walk: Walk) -> None:
    """A second look at what the decision orders beside the fine, where it orders something."""
    case = walk.known_case
    if duties := duties_of(case.discretion.result["assessment"]["measures"]):
        walk.step(
            payment.verify_duties, walk.lead, duties=duties, verified_on=clock.local(walk.now).date(),
            note="现场复查，违法行为已经改正。",
        )  # fmt: skip


def _pay(walk: Walk) -> None:
    case = walk.known_case
    amount, day = case.decision.amount, clock.local(walk.now).date()
    walk.step(
        payment.record_payment, walk.lead, receipt_no=f"演示{day:%Y}{walk.slot:06d}", amount=amount, paid_on=day
    )  # fmt: skip


def _propose_closing(walk: Walk) -> None:
    walk.step(
        closure.propose_closing, walk.lead, result=walk.known_case.decision.result_text, execution="罚款已全部缴清。"
    )


def _endorse_closing(walk: Walk) -> None:
    walk.step(closure.endorse_closing, walk.leader, agree=True, opinion="同意结案。")


def _close(walk: Walk) -> None:
    walk.step(closure.approve_closing, walk.cast["deputy1"], agree=True, opinion="同意结案。")


ROAD = (
    Milestone("verified", _verify_clue),
    Milestone("filing_requested", _request_filing, 0),
    Milestone("filing_recommended", _recommend_filing),
    Milestone("filed", _file, 0),
    Milestone("questioned", _question, 2),
    Milestone("evidence_verified", _verify_evidence, 0),
    Milestone("discretion_set", _set_discretion, 1),
    Milestone("report_submitted", _submit_report, 0),
    Milestone("report_endorsed", _endorse_report),
    Milestone("report_approved", _approve_report),
    Milestone("notice_issued", lambda walk: walk.step(notice.issue_notice, walk.lead), 0),
    Milestone("notice_served", _serve_notice),
    Milestone("defence_recorded", _record_defence, 6),
    Milestone("defence_reviewed", _review_defence, 1),
    Milestone("review_requested", lambda walk: walk.step(legal_review.request_review, walk.lead), 0),
    Milestone("reviewed", _review, 3),
    Milestone("discussed", _discuss),
    Milestone("decided", _decide),
    Milestone("decision_served", _serve_decision, 2),
    Milestone("published", publish_decision),
    Milestone("duties_verified", verify_duties, 1),
    Milestone("paid", _pay, 3),
    Milestone("closing_proposed", _propose_closing, 2),
    Milestone("closing_endorsed", _endorse_closing, 0),
    Milestone("closed", _close),
    Milestone("archived", lambda walk: walk.step(closure.archive, walk.cast["archive1"]), 6),
)
# Before which milestone an approval sends the case back once, and from where the road is walked again.
RETURNS = {
    "recommend_filing": ("filing_recommended", _return_filing, "filing_requested"),
    "endorse_report": ("report_endorsed", _return_report, "discretion_set"),
    "review": ("reviewed", _return_review, "review_requested"),
}


def report_steps() -> tuple[Milestone, ...]:
    """The report and its endorsement, for a story that ends with them."""
    return tuple(one for one in ROAD if one.word in {"report_submitted", "report_endorsed"})


def road_of(plan: Plan) -> tuple[Milestone, ...]:
    """The acts of one story after the clue, in order, with the detour of a returned one."""
    words, heard = [milestone.word for milestone in ROAD], [milestone.word for milestone in HEARING]
    if plan.until in heard:
        return (*ROAD[: words.index("notice_served") + 1], *HEARING[: heard.index(plan.until) + 1])
    if plan.until == "clue":
        return ()
    skipped = set() if plan.is_major else {"discussed"}
    last = words.index(plan.until)
    if not plan.returned:
        return tuple(one for one in ROAD[: last + 1] if one.word not in skipped)
    before, act, again = RETURNS[plan.returned]
    first = ROAD[: words.index(before)]
    back = Milestone(f"returned:{plan.returned}", act)
    rest = ROAD[words.index(again) : last + 1]
    return tuple(one for one in (*first, back, *rest) if one.word not in skipped)

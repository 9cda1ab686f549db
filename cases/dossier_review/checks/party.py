"""V3, 1–4: the clue, the filing, and who the party is, on every paper the same."""

from __future__ import annotations

from collections.abc import Iterator

from cases.dossier_review.dossier import Dossier, Paper
from cases.dossier_review.finding import Finding
from cases.dossier_review.reading import identity_named, is_ticked, opinions_named, party_named, row_value

ADDRESSED = ("prior_notice", "penalty_decision", "spot_decision", "no_penalty_decision")
# The paper's own form of the party's name: 当事人 of the hearing's papers, 受送达人 of the receipts.
_CORRECT = "ask_correction"


def addressee(d: Dossier) -> Iterator[Finding]:
    """V3: notice and decision go to the party of the case, and to somebody who exists on paper."""
    for paper in d.all(*ADDRESSED):
        if d.party and party_named(paper) not in {d.party, ""}:
            text = (
                f"{paper.name}的当事人是“{party_named(paper)}”，本案当事人是“{d.party}”。认定对象不一致，请查明后更正。"
            )
            yield Finding("V3", "addressee-differs", text, paper.name, _CORRECT)
    if d.decided_on and not d.identity:
        text = "作出决定时没有当事人的身份证件号码或者统一社会信用代码，不能确定处罚了谁。请补充主体证明。"
        yield Finding("V3", "no-identity", text, "当事人信息", "edit")


def clue(d: Dossier) -> Iterator[Finding]:
    """1: where the clue came from is on paper, and the act lies before it was received."""
    if not d.facts.source:
        yield Finding("1", "no-source", "没有记录线索来源。请补充。", "线索登记", "edit")
    form = d.last("filing_form")
    if form is not None and not is_ticked(form.data.get("source")):
        yield Finding("1", "source-not-ticked", "立案登记表没有勾选案件来源。", form.name, _CORRECT)
    act, found = d.facts.act_on, d.facts.discovered_on
    if act and found and act > found:
        text = f"违法行为时间 {act:%Y-%m-%d} 晚于受案时间 {found:%Y-%m-%d}。请核对。"
        yield Finding("1", "received-before-act", text, "线索登记", "edit")
    first = min((one.obtained_on for one in d.exhibits), default=None)
    if first and act and first < act:
        text = f"最早的证据取得于 {first:%Y-%m-%d}，早于违法行为 {act:%Y-%m-%d}。请核对取得时间。"
        yield Finding("1", "evidence-before-act", text, "证据", "evidence")


def filing_form(d: Dossier) -> Iterator[Finding]:
    """2: both levels said something, signed and dated, two people, in order."""
    form = d.last("filing_form")
    if form is None:
        if d.facts.filed_on and not d.is_summary:
            yield Finding("2", "no-filing-form", "已经立案，卷内没有立案登记表。请补齐。", "立案", "case")
        return
    people = []
    for whose, opinion in opinions_named(form):
        people.append(opinion.get("name", ""))
        missing = [word for key, word in _OPINION.items() if not str(opinion.get(key, "")).strip()]
        if missing:
            text = f"立案登记表{whose}意见栏缺少{'、'.join(missing)}。请补签。"
            yield Finding("2", "opinion-incomplete", text, form.name, _CORRECT)
    if len(people) == 2 and people[0] and people[0] == people[1]:
        text = f"立案登记表两级审批都是{people[0]}。经办机构负责人和负责人应当分别签署。"
        yield Finding("2", "same-approver", text, form.name, _CORRECT)


_OPINION = {"text": "意见", "name": "签名", "signed_on": "日期"}


def filed_in_time(d: Dossier) -> Iterator[Finding]:
    """3: filed within the local days; nobody was questioned before."""
    limit = d.limit("file-timely")
    late = limit is not None and (
        limit.state == "met_late" or (limit.state == "running" and d.today > limit.due and not d.facts.filed_on)
    )
    if limit is not None and late:
        text = f"应当在 {limit.due:%Y-%m-%d} 前立案，已经超过。请说明原因。"
        yield Finding("3", "filed-late", text, "立案登记表", "request_filing")
    filed = d.facts.filed_on
    for talk in d.interviews:
        if filed and talk.kind == "questioning" and talk.started_on < filed:
            text = f"{talk.title}在立案（{filed:%Y-%m-%d}）以前询问。应当先立案、后调查，请说明情况。"
            yield Finding("3", "questioned-before-filing", text, talk.title, "")
    report = d.last("investigation_report")
    if filed and report and report.sealed_on < filed:
        text = f"调查报告 {report.sealed_on:%Y-%m-%d} 早于立案 {filed:%Y-%m-%d}，先后颠倒。请核对。"
        yield Finding("3", "report-before-filing", text, report.name, "")


def same_party(d: Dossier) -> Iterator[Finding]:
    """4: name and number of the party are the same on every paper, and those of its certificate."""
    if not d.party:
        return
    for paper in d.papers:
        named = party_named(paper)
        if named and named != d.party and paper.code not in ADDRESSED and not _is_list(paper):
            text = f"{paper.name}的当事人写作“{named}”，证件上是“{d.party}”。请更正。"
            yield Finding("4", "name-differs", text, paper.name, _CORRECT)
        number = identity_named(paper)
        if number and d.identity and number != d.identity:
            text = f"{paper.name}的证件号码或者信用代码与当事人证件不一致。请核对后更正。"
            yield Finding("4", "identity-differs", text, paper.name, _CORRECT)
    if d.decided_on and not any(d.party in one.title + one.purpose or "身份" in one.purpose for one in d.exhibits):
        yield from _no_identity_proof(d)


def _no_identity_proof(d: Dossier) -> Iterator[Finding]:
    if any(
        word in one.title for one in d.exhibits for word in ("营业执照", "身份证", "许可证", "驾驶证", "道路运输证")
    ):
        return
    text = "卷内没有证明当事人身份的材料（营业执照、身份证等）。请补充复印件并核对。"
    yield Finding("4", "no-identity-exhibit", text, "证据", "add_evidence")


def _is_list(paper: Paper) -> bool:
    """Papers whose cell 当事人 holds more than the name."""
    return bool(row_value(paper, "编号"))

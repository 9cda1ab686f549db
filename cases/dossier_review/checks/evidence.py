"""V4, 5–13: transcripts and evidence."""

from __future__ import annotations

from collections.abc import Iterator

from cases.dossier_review.dossier import Dossier
from cases.dossier_review.finding import Finding
from cases.dossier_review.reading import is_blank, is_ticked, officers_named

_RECORDS = ("onscene_record", "questioning_record", "inquest_record")
_RECORDINGS = frozenset({"audiovisual", "electronic"})
_JUDGING = ("构成违法", "应予处罚", "应当处罚", "违反了《", "事实清楚")
_CORRECT = "ask_correction"


def grounds(d: Dossier) -> Iterator[Finding]:
    """V4: there is evidence, it was verified before the decision, and the decision lists it."""
    if d.decision is None:
        return
    if not d.exhibits:
        yield Finding("V4", "no-evidence", "已经作出决定，卷内没有一份有效的证据。", "证据", "propose_correction")
    decided = d.decision.sealed_on
    for one in d.exhibits:
        if not d.is_summary and one.obtained_on <= decided and (one.verified_on is None or one.verified_on > decided):
            text = f"证据“{one.title}”在决定以前没有经过核对，不能作为定案的根据。"
            yield Finding("V4", "unverified-evidence", text, one.title, "evidence")
    if is_blank(d.decision.data.get("facts")):
        yield Finding("V4", "no-facts", "决定书没有写明违法事实。应当变更决定。", d.decision.name, "propose_correction")


def licence_shown(d: Dossier) -> Iterator[Finding]:
    """5: every transcript says that the certificates were shown, and prints the right numbers."""
    for talk in d.interviews:
        if not talk.licence_shown:
            text = f"{talk.title}没有记明出示执法证件。以后的笔录请先出示、后记录。"
            yield Finding("5", "licence-not-shown", text, talk.title, "record_onscene")
    for paper in d.papers:
        for name, number in officers_named(paper):
            yield from _number(d, paper.name, name, number)


def _number(d: Dossier, where: str, name: str, number: str) -> Iterator[Finding]:
    if not number.strip():
        text = f"{where}上{name}的执法证号是空的。请补充。"
        yield Finding("5", "licence-number-missing", text, where, _CORRECT)
        return
    known = {one.number for handler in d.handlers if handler.name == name for one in handler.certificates}
    if known and number not in known:
        text = f"{where}上{name}的执法证号“{number}”与登记的证号不符。请更正。"
        yield Finding("5", "licence-number-wrong", text, where, _CORRECT)


def recusal(d: Dossier) -> Iterator[Finding]:
    """6: the right to ask for recusal was told, and both officers declared that nothing stands in the way."""
    for talk in d.interviews:
        if talk.kind == "questioning" and not talk.rights_told:
            text = f"{talk.title}没有告知申请回避的权利。请补充询问时告知。"
            yield Finding("6", "recusal-not-told", text, talk.title, "record_questioning")
    if d.facts.filed_on is None and not d.is_summary:
        return
    for one in d.facts.officers:
        if not one.conflict_declared:
            text = f"{one.name}没有作出无利害关系的声明。请本人在案件页声明。"
            yield Finding("6", "no-declaration", text, "承办人", "conflict")


def times(d: Dossier) -> Iterator[Finding]:
    """7: a transcript ends after it began, lies not in the future, and nobody is in two places at once."""
    for talk in d.interviews:
        if talk.ended_at <= talk.started_at:
            text = f"{talk.title}的结束时间不晚于开始时间。请核对后说明。"
            yield Finding("7", "ends-before-start", text, talk.title, "evidence")
        if talk.started_on > d.today:
            yield Finding("7", "in-the-future", f"{talk.title}的时间晚于今天。请核对。", talk.title, "evidence")
        if d.facts.act_at and talk.ended_at < d.facts.act_at:
            text = f"{talk.title}在违法行为发生以前就结束了。请核对时间。"
            yield Finding("7", "before-the-act", text, talk.title, "evidence")
        for other in talk.elsewhere:
            text = f"{talk.title}与{other}时间重叠，同一执法人员不能同时在两处。请核对两份笔录。"
            yield Finding("7", "two-places", text, f"{talk.title}；{other}", "evidence")
    yield from _within(d)


def _within(d: Dossier) -> Iterator[Finding]:
    """Two transcripts of this very file."""
    for place, one in enumerate(d.interviews):
        for other in d.interviews[place + 1 :]:
            shared = set(one.officers) & set(other.officers)
            if shared and one.started_at < other.ended_at and other.started_at < one.ended_at:
                text = f"{one.title}与{other.title}时间重叠，有同一名执法人员。请核对两份笔录。"
                yield Finding("7", "same-officer-twice", text, f"{one.title}；{other.title}", "evidence")


def signatures(d: Dossier) -> Iterator[Finding]:
    """8: signed page by page, or the refusal noted with its witness; the paper says how it was read."""
    for talk in d.interviews:
        if talk.is_misfit:
            text = f"{talk.title}上的签名与现在的文件不符，签名以后文件变过。请系统管理员查明。"
            yield Finding("8", "signature-misfit", text, talk.title, "case")
        if talk.lacking:
            text = f"{talk.title}还缺签名：{talk.lacking}。请补签或者注明拒签。"
            yield Finding("8", "page-signature-missing", text, talk.title, f"sign_document:{talk.document}")
        elif talk.signing not in {"signed", "refused"}:
            text = f"{talk.title}没有逐页签名，也没有注明拒签。请补签或者注明。"
            yield Finding("8", "page-signature-missing", text, talk.title, "evidence")
        elif talk.signing == "refused" and not talk.refusal_note:
            text = f"{talk.title}拒绝签名，没有注明原因。请补充说明。"
            yield Finding("8", "refusal-unexplained", text, talk.title, "evidence")
    signed = sum(one.signing == "signed" for one in d.interviews)
    unread = [one for one in d.all(*_RECORDS) if not is_ticked(one.data.get("reading"))]
    if len(d.all(*_RECORDS)) - len(unread) < signed:
        for paper in unread:
            text = f"{paper.name}没有当事人“看过、属实”的确认。请当事人阅后确认。"
            yield Finding("8", "reading-not-confirmed", text, paper.name, "evidence")
    for session in d.sessions:
        if session.lacking:
            text = f"听证笔录还缺签名：{session.lacking}。请补签或者注明拒签。"
            yield Finding("8", "hearing-not-signed", text, "听证笔录", f"sign_document:{session.document}")
        elif session.signing not in {"signed", "refused"}:
            yield Finding("8", "hearing-not-signed", "听证笔录没有签名，也没有注明拒签。", "听证笔录", "case")


def scene(d: Dossier) -> Iterator[Finding]:
    """9: place, weather at an inquest, the vehicle; what was seen, not what it amounts to."""
    for talk in d.interviews:
        if talk.kind not in {"onscene", "inquest"}:
            continue
        if not talk.place:
            yield Finding("9", "no-place", f"{talk.title}没有写明地点。请补充。", talk.title, "evidence")
        if talk.kind == "inquest" and not talk.weather:
            yield Finding("9", "no-weather", f"{talk.title}没有写明天气。请补充。", talk.title, "evidence")
        if word := next((word for word in _JUDGING if word in talk.body), ""):
            text = f"{talk.title}写有“{word}”。现场笔录只写看到的情况，不作法律评价。"
            yield Finding("9", "legal-conclusion", text, talk.title, "evidence")
    for paper in d.all("onscene_record"):
        if d.plate and paper.data.get("vehicle_no", "") not in {d.plate, ""}:
            text = f"{paper.name}的车号“{paper.data['vehicle_no']}”与涉案车辆{d.plate}不一致。请更正。"
            yield Finding("9", "vehicle-differs", text, paper.name, _CORRECT)
        if d.plate and is_blank(paper.data.get("vehicle_no")):
            yield Finding("9", "no-vehicle", f"{paper.name}没有写明车号。请补充。", paper.name, _CORRECT)


def coverage(d: Dossier) -> Iterator[Finding]:
    """10: every item says what it proves; the papers list what the file holds."""
    for one in d.exhibits:
        if not one.purpose.strip():
            yield Finding("10", "no-purpose", f"证据“{one.title}”没有写明证明目的。请补充。", one.title, "evidence")
    report = d.last("investigation_report")
    if report is not None:
        listed = {str(row.get("name", "")) for row in report.data.get("evidence", ())}
        for name in sorted(listed - {one.title for one in d.exhibits}):
            text = f"调查报告列有证据“{name}”，卷内没有。请补齐或者说明。"
            yield Finding("10", "listed-not-filed", text, report.name, "add_evidence")


def copies(d: Dossier) -> Iterator[Finding]:
    """11: a copy was compared with the original and names where that is."""
    for one in d.exhibits:
        if one.is_copy and not one.is_checked_copy:
            text = f"复印件“{one.title}”没有注明与原件核对无异。请核对并签注。"
            yield Finding("11", "copy-unchecked", text, one.title, "evidence")
        if one.is_copy and not one.copy_source:
            text = f"复印件“{one.title}”没有注明原件保存处和提供人。请补充。"
            yield Finding("11", "copy-without-source", text, one.title, "evidence")


def recordings(d: Dossier) -> Iterator[Finding]:
    """12: how it was made, on what it is kept, the original kept, the sheet in the file."""
    found = [one for one in d.exhibits if one.kind in _RECORDINGS]
    for one in found:
        missing = [word for word, value in (("制作方法", one.method), ("存储载体", one.medium)) if not value]
        if missing:
            text = f"“{one.title}”没有写明{'、'.join(missing)}。请补充记录单。"
            yield Finding("12", "edata-incomplete", text, one.title, "record_edata")
        if not one.has_file and one.medium == "system":
            text = f"“{one.title}”注明存于系统，却没有原始文件。请上传原件。"
            yield Finding("12", "edata-no-original", text, one.title, "record_edata")
    if found and not d.all("edata_sheet"):
        text = "有视听资料或者电子数据，没有记录单。请制作。"
        yield Finding("12", "no-edata-sheet", text, found[0].title, "record_edata")


def instruments(d: Dossier) -> Iterator[Finding]:
    """13: calibrated on that day; monitoring devices reviewed and public; each record reviewed and told."""
    for one in d.instruments:
        faults = [("not-calibrated", "当日没有在有效期内的检定证书", one.is_calibrated)]
        if one.is_monitoring:
            faults += [
                ("device-not-reviewed", "没有经过法制和技术审核", one.is_reviewed),
                ("device-not-public", "设置地点没有公布", one.is_published),
            ]
        for defect, words, holds in faults:
            if not holds:
                text = f"{one.name}（{one.on:%Y-%m-%d}）{words}，记录不能作为证据。请核对设备台账。"
                yield Finding("13", defect, text, one.record, "exclude_evidence")
    for record in d.facts.monitoring:
        if record.outcome != "passed" and d.decision is not None:
            text = f"监控记录{record.record_no}没有审核通过，不能作为证据。"
            yield Finding("13", "record-not-reviewed", text, record.record_no, "review_monitoring_record")
        if record.told_on is None and d.notice is not None:
            text = f"监控记录{record.record_no}没有及时告知当事人并提供查询。"
            yield Finding("13", "record-not-told", text, record.record_no, "tell_monitoring")

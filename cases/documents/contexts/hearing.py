"""听证通知书, 听证笔录, 听证报告书."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.documents import shapes
from cases.documents.contexts.blocks import officer_blocks
from cases.models import CasePerson, Hearing, HearingOfficer, HearingRole, HearingTranscript
from cases.queries.facts import LoadedCase
from lishu_law import clock
from lishu_law.documents.blocks import day, day_of, gender, moment, paragraphs, party_block

NOBODY = "无"


def hearing_notice(loaded: LoadedCase, hearing: Hearing, today: date) -> shapes.HearingNoticeData:
    """M12: time, place, people with their posts, rights and the four points to note."""
    case, organ, people = loaded.case, loaded.case.authority, _people(hearing)
    party = party_block(case.known_party, today)
    return shapes.HearingNoticeData(
        organ=organ.name,
        party=party["name"],
        pronoun=party["pronoun"],
        cause=f"{party['name']}涉嫌{case.violation}案",
        scheduled_at=moment(hearing.scheduled_at) if hearing.scheduled_at else "",
        place=hearing.place,
        is_public=[
            shapes.Choice(label="公开", is_chosen=hearing.is_public),
            shapes.Choice(label=_closed(hearing), is_chosen=not hearing.is_public),
        ],
        chair=_named(people, HearingRole.CHAIR),
        members=_named(people, HearingRole.MEMBER),
        recorder=_named(people, HearingRole.RECORDER),
        address=organ.address,
        postcode=organ.postcode,
        contact=organ.contact_name,
        phone=organ.phone,
        issued_on=day(today),
    )


def _closed(hearing: Hearing) -> str:
    return "不公开" if hearing.is_public else f"不公开（{hearing.closed_reason}）"


def _people(hearing: Hearing) -> list[HearingOfficer]:
    current = HearingOfficer.objects.filter(hearing=hearing, ended_at__isnull=True)
    return list(current.select_related("user__unit").order_by("id"))


def _named(people: list[HearingOfficer], role: str) -> str:
    found = [one.user for one in people if one.role == role]
    return "、".join(f"{user.full_name}（{_post(user)}）" for user in found) or NOBODY


def _post(user: Any) -> str:
    return f"{user.unit.name if user.unit else ''}{user.role_names}"


def hearing_record(
    loaded: LoadedCase, hearing: Hearing, transcript: HearingTranscript, outcome: str
) -> shapes.HearingRecordData:
    """M13."""
    case, people = loaded.case, _people(hearing)
    party = case.known_party
    return shapes.HearingRecordData(
        cause=f"{party.name}涉嫌{case.violation}案",
        organ=case.authority.name,
        place=transcript.place,
        started_at=moment(transcript.started_at),
        ended_at=moment(transcript.ended_at),
        chair=_plain(people, HearingRole.CHAIR),
        members=_plain(people, HearingRole.MEMBER),
        recorder=_plain(people, HearingRole.RECORDER),
        officers=officer_blocks(loaded, clock.local(transcript.started_at).date()),
        party=party.name,
        representative=party.person_name,
        phone=party.phone,
        proxies=[f"{one['name']}（{one['details'] or '／'}）" for one in transcript.proxies],
        third_party=transcript.third_party,
        others=transcript.others,
        body=paragraphs(transcript.body),
        outcome=outcome,
        refusal=transcript.refusal_note,
    )


def _plain(people: list[HearingOfficer], role: str) -> str:
    return "、".join(one.user.full_name for one in people if one.role == role) or NOBODY


def power_of_attorney(
    loaded: LoadedCase, proxy: CasePerson, *, powers: list[str], period: str
) -> shapes.FormData:  # fmt: skip
    """S20: made out for the party to sign; both are named with what identifies them."""
    party = loaded.case.known_party
    head = f"，法定代表人（负责人）：{party.person_name}" if party.kind != "citizen" and party.person_name else ""
    number = party.id_number if party.kind == "citizen" else party.uscc
    lines = [("证件号码", proxy.id_number), ("工作单位及职务", proxy.employer), ("联系电话", proxy.phone)]
    return shapes.FormData(
        cause=loaded.case.violation,
        rows=[
            shapes.row("委托人", f"{party.name}{head}", f"证件号码（统一社会信用代码）：{number or '／'}"),
            shapes.row(
                "受委托人", "，".join(word for word in (proxy.name, gender(proxy.gender)) if word),
                *(f"{label}：{value or '／'}" for label, value in lines),
            ),
            shapes.row("权限", *powers, is_long=True),
            shapes.row("期限", period),
        ],
        tables=[],
        opinions=[],
        signatures=["委托人（盖章）", "受委托人"],
        remarks=[],
    )  # fmt: skip


def hearing_report(loaded: LoadedCase, hearing: Hearing) -> shapes.FormData:
    """S21; the head's opinion is written on it by hand."""
    people = _people(hearing)
    empty = shapes.SignedOpinion(text="", name="", signed_on="")
    return shapes.FormData(
        cause=loaded.case.violation,
        rows=[
            shapes.row("主持人", _plain(people, HearingRole.CHAIR)),
            shapes.row("听证员", _plain(people, HearingRole.MEMBER)),
            shapes.row("书记员", _plain(people, HearingRole.RECORDER)),
            shapes.row("当事人", loaded.case.known_party.name),
            shapes.row("听证会摘要", *paragraphs(hearing.summary), is_long=True),
            shapes.row("结论及处理意见", *paragraphs(hearing.conclusion), is_long=True),
        ],
        tables=[],
        opinions=[shapes.FormOpinion(label="负责人意见", opinion=empty)],
        signatures=["主持人"],  # the head signs in the cell of his opinion
        remarks=[_reported(hearing)],
    )


def _reported(hearing: Hearing) -> str:
    how = hearing.get_attendance_display()
    return f"{how}。报告日期：{day_of(hearing.reported_at)}。" if hearing.reported_at else how

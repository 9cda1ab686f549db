"""授权委托书: who acts for the party, how far and until when (处罚法64第一款第五项)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import begin, check_guards, conclude
from cases.actions.persons import find_or_add_person
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Document, PersonRole
from lishu_law.documents.blocks import day, paragraphs
from lishu_law.errors import Refusal, Refused

ARTICLE = "行政处罚法第六十四条第五项"
AUTHORITIES = {"general": "一般授权", "special": "特别授权"}


@dataclass(frozen=True)
class NewProxy:
    """Who is to act for the party. ``powers`` say what a special authority covers; without ``until`` it lasts as long
    as the case."""

    name: str
    kind: str  # general | special
    powers: str = ""
    until: date | None = None
    gender: str = ""
    id_number: str = ""
    employer: str = ""
    phone: str = ""


@transaction.atomic(durable=True)
def authorise_proxy(*, case_id: int, version: int, by: Any, proxy: NewProxy, at: datetime | None = None) -> Document:
    """The written authority (S20) made out for the party to sign: who acts for it, how far, until when (hearing-proxy).

    The person is kept among those of the case, so that nobody types the name again.
    """
    doing = begin("authorise_proxy", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if refusals := authority_complete(proxy, doing.today):
        raise Refused(refusals)
    person = find_or_add_person(
        doing.case.pk, role=PersonRole.AGENT, name=proxy.name, gender=proxy.gender, id_number=proxy.id_number,
        phone=proxy.phone, employer=proxy.employer,
    )  # fmt: skip
    period = f"自{day(doing.today)}至{day(proxy.until)}" if proxy.until else "自签署之日起至本案办理终结"
    powers = [f"{AUTHORITIES[proxy.kind]}。", *paragraphs(proxy.powers)]
    data = contexts.power_of_attorney(doing.loaded, person, powers=powers, period=period)
    document = seal(doing.case, "power_of_attorney", data, by=by, at=doing.at, part=f"person:{person.pk}")
    conclude(doing, details={"person": person.pk, "document": document.pk})
    return document


def authority_complete(proxy: NewProxy, today: date) -> list[Refusal]:
    """hearing-proxy: a special authority says what it covers, and no authority is over before it is signed."""
    found = []
    if proxy.kind not in AUTHORITIES:
        found.append(Refusal("hearing-proxy", "请选择一般授权或者特别授权。", ARTICLE, "kind"))
    if proxy.kind == "special" and not proxy.powers.strip():
        message = "特别授权要逐项写明代理权限，例如代为承认、放弃、变更请求，代领文书。"
        found.append(Refusal("hearing-proxy", message, ARTICLE, "powers"))
    if proxy.until is not None and proxy.until < today:
        found.append(Refusal("hearing-proxy", "委托期限的截止日期已经过去，请核对。", ARTICLE, "until"))
    return found

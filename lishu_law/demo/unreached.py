"""A decision nobody takes: not met at home, the letter comes back, at last the public notice (民诉95)."""

from __future__ import annotations

from datetime import timedelta

from cases.actions import public_serving, serving, serving_sent
from cases.actions.serving_input import NewFailure, NewPublication, NewReceipt, NewSending
from cases.models import Document, Serving
from lishu_law.demo.execution import waiting_request
from lishu_law.demo.pictures import picture_saying
from lishu_law.demo.walk import Milestone, Walk

MINUTES = timedelta(minutes=10)


def _decision(walk: Walk) -> int:
    return Document.objects.get(case=walk.known_case, code="penalty_decision").pk


def _fail(walk: Walk) -> None:
    attempt = NewFailure(
        "direct", "absent", "房门紧锁，邻居称当事人已外出务工，去向不明。", walk.party.address, walk.now - MINUTES,
        walk.assistant,
    )  # fmt: skip
    walk.step(serving.record_failed_serving, walk.lead, part_id=_decision(walk), attempt=attempt)


def _mail(walk: Walk) -> None:
    sending = NewSending(
        method="mail", through="邮政速递（梨树）", reference=f"示例{walk.slot:010d}", place=walk.party.address,
        served_at=walk.now - MINUTES, second_server=walk.assistant, reason="到其住所没有见到当事人。",
        no_address_reason="当事人没有填写送达地址确认书。",
    )  # fmt: skip
    walk.step(serving_sent.send_document, walk.lead, part_id=_decision(walk), sending=sending)


def _come_back(walk: Walk) -> None:
    letter = Serving.objects.filter(case=walk.known_case, method="mail").latest("pk")
    result = NewReceipt(False, walk.now - MINUTES, failure="returned", note="收件人不在，无人签收，退回。")
    walk.step(serving_sent.complete_serving, walk.lead, part_id=letter.pk, result=result)


def _ask(walk: Walk) -> None:
    walk.step(
        public_serving.request_public_serving, walk.lead, part_id=_decision(walk),
        reason="两次到住所无人，邮寄的决定书被退回，无法用其他方式送达。",
        summary="对当事人作出行政处罚决定，请到本机关领取行政处罚决定书。",
    )  # fmt: skip


def _decide(walk: Walk) -> None:
    walk.step(
        public_serving.decide_public_serving, walk.cast["deputy1"], part_id=waiting_request(walk), agree=True,
        opinion="同意公告送达。",
    )  # fmt: skip


def _put_up(walk: Walk) -> None:
    photo = picture_saying(f"NOTICE BOARD {walk.slot}", walk.lead)
    publication = NewPublication(walk.now - MINUTES, "梨树县交通运输局公告栏", walk.assistant, photo)
    walk.step(public_serving.publish_serving, walk.lead, part_id=_decision(walk), publication=publication)


UNREACHED = (
    Milestone("attempt_failed", _fail),
    Milestone("posted", _mail, 0),
    Milestone("letter_returned", _come_back, 4),
    Milestone("public_serving_asked", _ask, 0),
    Milestone("public_serving_decided", _decide),
    Milestone("notice_put_up", _put_up, 0),
)

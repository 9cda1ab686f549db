"""Scenes of serving: what is typed, with the lawful values of the demo story."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cases.actions import public_serving, serving, serving_sent
from cases.actions.serving_input import NewAddress, NewFailure, NewPublication, NewReceipt, NewSending, NewServing
from cases.models import Document, Serving
from lishu_law import clock
from lishu_law.registry.models import StoredFile
from tests.scenarios import Walk

MINUTES = timedelta(minutes=5)
PLACE = "梨树县梨树镇示例路1号"


def photo(walk: Walk, name: str = "proof") -> StoredFile:
    """A received file, as the store keeps it."""
    digest = f"{name}-{walk.case.pk}".encode().hex().ljust(64, "0")[:64]
    file, _is_new = StoredFile.objects.get_or_create(
        sha256=digest, received_by=walk.cast.lead,
        defaults={"original_name": f"{name}.jpg", "size": 10, "content_type": "image/jpeg", "received_at": walk.at},
    )  # fmt: skip
    return file


def handed(walk: Walk, **changed: Any) -> NewServing:
    typed = {
        "method": "direct", "receiver_name": "示例人", "relation": "representative", "place": PLACE,
        "served_at": walk.at + MINUTES, "second_server": walk.cast.assistant, **changed,
    }  # fmt: skip
    return NewServing(**typed)


def waiting(walk: Walk) -> Document:
    """The newest document that must be served."""
    return Document.objects.filter(case=walk.case, must_be_served=True).latest("pk")


def fail(walk: Walk, **changed: Any) -> Serving:
    typed = {
        "method": "direct", "failure": "absent", "note": "房门紧锁，邻居称已外出务工。", "place": PLACE,
        "served_at": walk.at + MINUTES, "second_server": walk.cast.assistant, **changed,
    }  # fmt: skip
    return walk.step(
        serving.record_failed_serving, walk.cast.lead, part_id=waiting(walk).pk, attempt=NewFailure(**typed)
    )


def sending(walk: Walk, **changed: Any) -> NewSending:
    typed = {
        "method": "mail", "through": "邮政速递（梨树）", "reference": "1234567890123", "place": PLACE,
        "served_at": walk.at + MINUTES, "second_server": walk.cast.assistant, "reason": "住所在外县，直接送达有困难。",
        "no_address_reason": "当事人拒绝填写。", **changed,
    }  # fmt: skip
    return NewSending(**typed)


def send(walk: Walk, **changed: Any) -> Serving:
    return walk.step(
        serving_sent.send_document, walk.cast.lead, part_id=waiting(walk).pk, sending=sending(walk, **changed)
    )


def come_back(walk: Walk, one: Serving, **changed: Any) -> Serving:
    typed = {
        "is_received": True, "received_at": walk.at + MINUTES, "receiver_name": "示例人", "relation": "representative",
        "receipt": photo(walk, "slip"), **changed,
    }  # fmt: skip
    return walk.step(serving_sent.complete_serving, walk.cast.lead, part_id=one.pk, result=NewReceipt(**typed))


def returned(walk: Walk, one: Serving) -> Serving:
    return come_back(
        walk, one, is_received=False, receiver_name="", relation="", failure="returned", note="查无此人，退回。"
    )


def confirm(walk: Walk, **changed: Any) -> Any:
    typed = {
        "receiver_name": "示例人", "relation": "representative", "accepts_electronic": True, "mobile": "13800000000",
        "address": PLACE, "signed_on": clock.local(walk.at).date(), "file": photo(walk, "address"), **changed,
    }  # fmt: skip
    return walk.step(serving_sent.confirm_address, walk.cast.lead, confirmation=NewAddress(**typed))


def tried_everything(walk: Walk) -> None:
    """A failed attempt on the spot and a returned letter."""
    fail(walk)
    returned(walk, send(walk))


def ask(walk: Walk, **changed: Any) -> Any:
    typed = {
        "reason": "到其住所无人，邮件查无此人退回，无法以其他方式送达。", "summary": "对当事人作出行政处罚决定，请自行领取。",
        **changed,
    }  # fmt: skip
    return walk.step(public_serving.request_public_serving, walk.cast.lead, part_id=waiting(walk).pk, **typed)


def publish(walk: Walk, **changed: Any) -> Serving:
    """Asked, approved, put up."""
    tried_everything(walk)
    approval = ask(walk)
    walk.step(
        public_serving.decide_public_serving, walk.cast.deputy, part_id=approval.pk, agree=True, opinion="同意公告。"
    )
    return put_up(walk, **changed)


def put_up(walk: Walk, **changed: Any) -> Serving:
    typed = {
        "published_at": walk.at + MINUTES, "through": "梨树县交通运输局公告栏", "second_server": walk.cast.assistant,
        "photo": photo(walk, "notice"), **changed,
    }  # fmt: skip
    return walk.step(
        public_serving.publish_serving, walk.cast.lead, part_id=waiting(walk).pk, publication=NewPublication(**typed)
    )

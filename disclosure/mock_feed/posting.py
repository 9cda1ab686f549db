"""Posting a record or a batch: the idempotency keys around the intake (contract sections 3.4 and 4)."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any, Final

from disclosure.mock_feed.document import is_clean, parse
from disclosure.mock_feed.errors import ExchangeError, Json, detail, schema_error
from disclosure.mock_feed.faults import Fault
from disclosure.mock_feed.intake import Intake, Orders, Sender, check_kind, key_of, read
from disclosure.mock_feed.receipts import first_receipt
from disclosure.mock_feed.signing import sign_receipt
from disclosure.mock_feed.storage import Storage
from disclosure.mock_feed.wire import Request

REPLAYED: Final = ("Idempotent-Replayed", "true")
_KEY: Final = re.compile(r"[0-9A-Za-z:_-]{1,128}")
_BATCH_NO: Final = re.compile(r"[0-9]{13}")
_MOST_ITEMS: Final = 100
_NO_ORDERS: Final = Orders()


@dataclass(frozen=True)
class Posting:
    """One POST on its way: who sent what, when, and the switch that fired for it."""

    sender: Sender
    request: Request
    now: int
    trace_id: str
    fault: Fault | None = None

    def orders(self, rui: object) -> Orders:
        """What the switch wants done to an envelope."""
        return self.fault.orders(rui) if self.fault is not None else _NO_ORDERS

    @property
    def body_digest(self) -> bytes:
        """SHA-256 of the bytes as sent, whatever the signature's algorithm."""
        return hashlib.sha256(self.request.body).digest()


@dataclass(frozen=True)
class Answer:
    """Status, body and further headers of a 2xx."""

    status: int
    body: Json
    headers: tuple[tuple[str, str], ...] = ()


class Poster:
    """Answers POSTs. Runs inside a storage transaction."""

    def __init__(self, storage: Storage, intake: Intake) -> None:
        self._storage = storage
        self._intake = intake

    def post_record(self, posting: Posting, kind: str) -> Answer:
        """One envelope of the given kind: 202 with its receipt, or 200 with the original one."""
        sender = posting.sender
        key = _checked_key(posting.request)
        bound = self._bound(posting, key)
        if bound is not None:
            return bound
        envelope, text = parse(posting.request.body)
        orders = posting.orders(envelope.get("record_unique_identity"))
        read(envelope, is_clean(text), orders)
        check_kind(envelope, kind)
        if key != key_of(envelope):
            raise ExchangeError("E2004", message="幂等键与报文不符，应为 标识:版本:操作")
        taken = self._intake.take(sender, envelope, posting.now, orders, posting.body_digest)
        receipt = sign_receipt(taken.receipt, sender.algorithm, sender.secret)
        return Answer(200, receipt, (REPLAYED,)) if taken.is_replay else Answer(202, receipt)

    def _bound(self, posting: Posting, key: str) -> Answer | None:
        """Rows 1 and 2: the answer to a key used before, None when the key is free."""
        sender = posting.sender
        if _BATCH_NO.fullmatch(key):
            batch = self._storage.batch(sender.app_id, key)
            if batch is not None:
                _check_same(posting, batch[0])
                return Answer(200, _signed(json.loads(batch[1]), sender), (REPLAYED,))
        bound = self._storage.bound(sender.app_id, key)
        if bound is None:
            return None
        _check_same(posting, bound[0])
        return Answer(200, sign_receipt(first_receipt(bound[1]), sender.algorithm, sender.secret), (REPLAYED,))

    def post_batch(self, posting: Posting) -> Answer:
        """Up to 100 envelopes in order, each for itself: 200 with one result per item."""
        sender = posting.sender
        key = _checked_key(posting.request)
        bound = self._bound(posting, key)
        if bound is not None:
            return bound
        batch, text = parse(posting.request.body)
        cd_batch, items = _checked_batch(batch)
        if key != cd_batch:
            raise ExchangeError("E2004", message="批次的幂等键应为 cd_batch")
        if len(items) > self._intake.left_today(sender, posting.now):
            raise ExchangeError("E6002")
        clean = is_clean(text)
        results = [self._item(posting, cd_batch, index, item, clean) for index, item in enumerate(items)]
        rejected = sum(result["status"] == "REJECTED" for result in results)
        stored = {
            "cd_batch": cd_batch,
            "total": len(results),
            "accepted": len(results) - rejected,
            "rejected": rejected,
            "results": results,
        }
        self._storage.add_batch(sender.app_id, cd_batch, posting.body_digest, json.dumps(stored, ensure_ascii=False))
        return Answer(200, _signed(stored, sender))

    def _item(self, posting: Posting, cd_batch: str, index: int, envelope: Any, clean: bool) -> Json:
        known = envelope if isinstance(envelope, dict) else {}
        rui, version = known.get("record_unique_identity"), known.get("data_version")
        result: Json = {
            "index": index,
            "record_unique_identity": rui if isinstance(rui, str) else None,
            "data_version": version if type(version) is int else None,
            "status": "REJECTED",
            "receipt": None,
            "error": None,
        }
        try:
            _refuse_by_fault(posting.fault, index)
            orders = posting.orders(rui)
            read(envelope, clean, orders)
            if envelope.get("cd_batch") not in (None, cd_batch):
                raise schema_error("/cd_batch", "批次号与本批次不一致")
            taken = self._intake.take(posting.sender, envelope, posting.now, orders)
            return result | {"status": "DUPLICATE" if taken.is_replay else "ACCEPTED", "receipt": taken.receipt}
        except ExchangeError as error:
            return result | {"error": error.body(posting.trace_id)}

    def batch_result(self, sender: Sender, cd_batch: str) -> Json:
        """A batch's result again, its receipts signed anew; E4040 when this application sent no such batch."""
        stored = self._storage.batch(sender.app_id, cd_batch)
        if stored is None:
            raise ExchangeError("E4040")
        return _signed(json.loads(stored[1]), sender)


def _signed(stored: Json, sender: Sender) -> Json:
    results = [
        result | {"receipt": sign_receipt(result["receipt"], sender.algorithm, sender.secret)}
        if result["receipt"] is not None
        else result
        for result in stored["results"]
    ]
    return stored | {"results": results}


def _check_same(posting: Posting, bound_digest: bytes) -> None:
    if posting.body_digest != bound_digest:
        raise ExchangeError("E4001")


def _refuse_by_fault(fault: Fault | None, index: int) -> None:
    if fault is None or fault.name != "partial_batch":
        return
    every = fault.params.get("k", 3)
    if isinstance(every, int) and every > 0 and index % every == every - 1:
        raise ExchangeError(str(fault.params.get("code", "E5001")))


def _checked_key(request: Request) -> str:
    """What is asked before row 1: content type, charset, and a well-formed key."""
    media, *parameters = request.headers.get("content-type", "").split(";")
    if media.strip().lower() != "application/json":
        raise ExchangeError("E2003")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() != "utf-8":
            raise ExchangeError("E2001", message="字符编码应为 UTF-8")
    key = request.headers.get("idempotency-key", "")
    if not _KEY.fullmatch(key):
        raise ExchangeError("E2004", message="缺少幂等键或其格式不符，请补上 Idempotency-Key")
    return key


def _checked_batch(batch: Json) -> tuple[str, list[Any]]:
    cd_batch, items = batch.get("cd_batch"), batch.get("items")
    if isinstance(items, list) and len(items) > _MOST_ITEMS:
        raise ExchangeError("E2002", message=f"一批最多 {_MOST_ITEMS} 条，请拆分")
    problems = [
        detail("schema", f"/{name}", "没有这个字段，请删除") for name in batch if name not in ("cd_batch", "items")
    ]
    if not isinstance(cd_batch, str) or not _BATCH_NO.fullmatch(cd_batch):
        problems.append(detail("schema", "/cd_batch", "应为 13 位数字：日期加 5 位流水号"))
    if not isinstance(items, list) or not items:
        problems.append(detail("schema", "/items", "应为 1 至 100 条记录的数组"))
    if problems or not isinstance(cd_batch, str) or not isinstance(items, list):
        raise ExchangeError("E3001", problems)
    return cd_batch, items

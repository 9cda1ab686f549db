"""Taking one envelope in: rows 3 to 12 of the version table (contract section 4), in its order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from disclosure.mock_feed import codes
from disclosure.mock_feed.document import text_problems
from disclosure.mock_feed.errors import ExchangeError, Json, detail, schema_error
from disclosure.mock_feed.moment import day_of, parse_date
from disclosure.mock_feed.penalty_rules import PENALTY_RULES
from disclosure.mock_feed.receipts import current, first_receipt, new_receipt_no, withdrawals
from disclosure.mock_feed.rules import (
    DELETION_RULES,
    INSPECTION_RULES,
    WITHDRAWAL_RULES,
    Posted,
    Rule,
    Surroundings,
)
from disclosure.mock_feed.signing import content
from disclosure.mock_feed.states import NEVER_MS, REJECTED, Version, final_status, is_live, number_of, scopes_withdrawn
from disclosure.mock_feed.storage import Storage
from disclosure.mock_feed.validator import violations
from disclosure.mock_feed.workdays import Workdays

PENALTY: Final = "penalty-decision"
INSPECTION: Final = "inspection-record"
WITHDRAWAL: Final = "withdrawal"
_RULES: Final[dict[str, tuple[Rule, ...]]] = {
    PENALTY: PENALTY_RULES,
    INSPECTION: INSPECTION_RULES,
    WITHDRAWAL: WITHDRAWAL_RULES,
}
_DECISION_DAYS: Final = 7
_WITHDRAWAL_DAYS: Final = 3
_WITHDRAWN_BY_LAW: Final = frozenset({"W1", "W2", "W3", "W4"})


@dataclass(frozen=True)
class Sender:
    """The application a request has proved to come from."""

    app_id: str
    uscc: str
    secret: str
    algorithm: str


@dataclass(frozen=True)
class Orders:
    """What a fault switch wants done to this envelope; the default is nothing."""

    required_field: str | None = None
    removed_codes: frozenset[tuple[str, str]] = frozenset()
    reject_rule: str | None = None
    is_stuck: bool = False
    is_lost: bool = False


@dataclass(frozen=True)
class Taken:
    """The outcome for an envelope: its first receipt, not yet signed, and whether it was known already."""

    receipt: Json
    is_replay: bool


def read(envelope: Any, is_clean: bool, orders: Orders) -> None:
    """Row 3: the schemas of the envelope, then of its data, and the text rules; E3001 with every violation."""
    found = violations("envelope", envelope)
    if not found and envelope["data"] is not None:
        found = violations(envelope["kind"], envelope["data"], "/data")
        name = orders.required_field
        if name is not None and name not in envelope["data"]:
            found.append(detail("schema", f"/data/{name}", "必填项缺失"))
    if not is_clean:
        found += text_problems(envelope)
    if found:
        raise ExchangeError("E3001", found)


def key_of(envelope: Json) -> str:
    """The idempotency key of a record's envelope."""
    letter = "w" if envelope["kind"] == WITHDRAWAL else envelope["cd_operation"]
    return f"{envelope['record_unique_identity']}:{envelope['data_version']}:{letter}"


class Intake:
    """Decides on envelopes that passed row 3 and stores those it accepts. Runs inside a storage transaction."""

    def __init__(self, storage: Storage, workdays: Workdays, delay_ms: int, daily_limit: int) -> None:
        self._storage = storage
        self._workdays = workdays
        self._delay_ms = delay_ms
        self._daily_limit = daily_limit

    def take(self, sender: Sender, envelope: Json, now: int, orders: Orders, body_digest: bytes | None = None) -> Taken:
        """Rows 4 to 12; raises the row's error. With `body_digest` the record's key is bound too."""
        text, digest = content(envelope)
        chain = self._storage.chain(sender.app_id, envelope["record_unique_identity"])
        for known in chain:
            if known.version == envelope["data_version"] and known.digest == digest:
                if body_digest is not None:
                    self._storage.bind(sender.app_id, known.receipt_no, body_digest)
                return Taken(first_receipt(known), is_replay=True)
        _check_chain(envelope, chain, now)
        self._check_content(sender, envelope, chain, now, orders)
        self._check_quota(sender, now)
        version = self._version(sender, envelope, chain, now, orders)
        version.digest, version.content = digest, text
        if not orders.is_lost:
            self._storage.add_version(version, bool(chain), body_digest)
            if self._daily_limit:
                self._storage.count_accepted(sender.app_id, day_of(now).isoformat())
        return Taken(first_receipt(version), is_replay=False)

    def left_today(self, sender: Sender, now: int) -> int:
        """How many records the daily quota still admits; a large number while the quota is off."""
        if not self._daily_limit:
            return 1 << 30
        return self._daily_limit - self._storage.accepted_on(sender.app_id, day_of(now).isoformat())

    def _check_quota(self, sender: Sender, now: int) -> None:
        if self._daily_limit and self.left_today(sender, now) <= 0:
            raise ExchangeError("E6002")

    def _check_content(
        self, sender: Sender, envelope: Json, chain: Sequence[Version], now: int, orders: Orders
    ) -> None:
        kind, data = envelope["kind"], envelope["data"]
        rules = DELETION_RULES if data is None else _RULES[kind]
        if data is not None:
            unlisted = codes.missing(kind, data, orders.removed_codes)
            if unlisted:
                raise ExchangeError("E3003", unlisted)
        around = Surroundings(
            app_uscc=sender.uscc,
            today=day_of(now),
            is_live_inspection=lambda code: self._is_used(sender.app_id, INSPECTION, code, "", now),
            is_credit_withdrawn="credit" in scopes_withdrawn(chain, now),
        )
        posted = Posted(envelope, data or {}, around)
        broken = [entry for rule in rules for entry in rule(posted)]
        if broken:
            raise ExchangeError("E3002", broken)
        if kind == PENALTY and data is not None:
            own = envelope["record_unique_identity"]
            if self._is_used(sender.app_id, PENALTY, data["punish_file_num"], own, now):
                raise ExchangeError("E4005", [detail("V18", "/data/punish_file_num", "该文号已用于另一条处罚记录")])

    def _is_used(self, app_id: str, record_kind: str, number: str, own: str, now: int) -> bool:
        """Whether a live record other than `own` carries this number in its newest version not rejected."""
        return any(
            chain[0].rui != own and is_live(chain, now) and number_of(chain, now) == number
            for chain in self._storage.chains_with_number(app_id, record_kind, number)
        )

    def _version(self, sender: Sender, envelope: Json, chain: Sequence[Version], now: int, orders: Orders) -> Version:
        rui, data = envelope["record_unique_identity"], envelope["data"] or {}
        final_ms = max(now + self._delay_ms, chain[-1].final_ms if chain else 0)
        version = Version(
            app_id=sender.app_id,
            rui=rui,
            version=envelope["data_version"],
            record_kind=PENALTY if "-CF-" in rui else INSPECTION,
            kind=envelope["kind"],
            operation=envelope["cd_operation"],
            digest="",
            receipt_no=new_receipt_no(now),
            received_ms=now,
            accept_ms=min(now + self._delay_ms // 2, final_ms),
            final_ms=final_ms,
            final_status="",
            is_late=self._is_late(envelope, day_of(now)),
        )
        is_visible = _describe(version, data)
        version.final_status = final_status(version, is_visible, chain)
        if orders.is_stuck:
            version.accept_ms = version.final_ms = NEVER_MS
        if orders.reject_rule is not None:
            version.accept_ms, version.final_status = version.final_ms, REJECTED
            version.errors = [detail(orders.reject_rule, None, "平台复核未通过，请核对后按新版本重报")]
        return version

    def _is_late(self, envelope: Json, today: date) -> bool:
        data = envelope["data"]
        if envelope["kind"] == WITHDRAWAL:
            start, count = data["event_date"], _WITHDRAWAL_DAYS
            is_timed = data["reason_code"] in _WITHDRAWN_BY_LAW
        elif envelope["kind"] == PENALTY and envelope["cd_operation"] == "i":
            start, count, is_timed = data["punish_set_date"], _DECISION_DAYS, True
        else:
            return False
        began_on = parse_date(start)
        return is_timed and began_on is not None and self._workdays.is_past(today, began_on, count)


def _check_chain(envelope: Json, chain: Sequence[Version], now: int) -> None:
    """Rows 5 to 8: what the record's earlier versions leave possible."""
    if any(version.operation == "d" and version.is_in_effect(now) for version in chain):
        raise ExchangeError("E4006")
    if chain and envelope["data_version"] <= chain[-1].version:
        raise ExchangeError("E4002", extra={"current": current(chain, now)})
    is_withdrawal = envelope["kind"] == WITHDRAWAL
    if not chain:
        if is_withdrawal or envelope["cd_operation"] != "i":
            raise ExchangeError("E4003")
        return
    ended = scopes_withdrawn(chain, now)
    if "all" in ended or (is_withdrawal and (envelope["data"].get("scope") or "all") in ended):
        extra = {"current": current(chain, now), "withdrawals": withdrawals(chain, now)}
        raise ExchangeError("E4004", extra=extra)


def check_kind(envelope: Json, kind: str) -> None:
    """A kind posted to the wrong path is E3001."""
    if envelope["kind"] != kind:
        raise schema_error("/kind", f"此地址只接收 {kind}")


def _describe(version: Version, data: Json) -> bool:
    """Copy into the version what lists, rules and screens ask for; returns whether the record may be shown."""
    if version.kind == WITHDRAWAL:
        version.scope = data["scope"] if data.get("scope") else "all"
        version.reason_code, version.reason_public = data["reason_code"], data["reason_public"]
        version.event_date, version.basis_doc_no = data["event_date"], data["basis_doc_no"]
    elif version.kind == PENALTY and data:
        version.number = data["punish_file_num"]
        version.party_display = data["public"]["party_display"]
        return bool(data["public"]["visible"])
    elif version.kind == INSPECTION and data:
        version.number = data["check_action_code"]
    return True

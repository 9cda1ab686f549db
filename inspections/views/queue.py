"""Taking in what phones send later, and the screen where a person settles what did not fit (ux.md §12)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_GET, require_POST

from inspections.actions import queue as actions
from inspections.actions.queue import Content, item_subject
from inspections.envelope import Envelope, content_digest, read_envelope
from inspections.forms.queue import SettleForm
from inspections.large_files import read_piece, read_pieces
from inspections.models import ItemState, PhoneKey, QueuedItem
from inspections.permissions import can
from inspections.queries.queue import item_by, unsettled
from inspections.queries.records import my_shifts
from inspections.views.kept import keepable
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.addresses import below_prefix
from lishu_law.errors import DomainError, NotFound, Refusal, Refused
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.web.acts import Act, Outcome, act_page, one_at_a_time, outcome_of
from lishu_law.web.context import person_mark
from lishu_law.web.uploads import serve_file, store_upload
from lishu_law.web.uploads.pieces import Incomplete, bytes_here, take_piece, whole_file
from lishu_law.web.uploads.store import path_of

# The forms that may be written without network; a page marks its form with ``data-queue`` by the same list.
QUEUED = frozenset({"mobile-record", "filing-start", "filing-suspend", "filing-resume", "filing-finish"})
PIECES = "_pieces"  # names the files that came in pieces before: JSON of the field and the digest, once per file
NOT_CONTENT = frozenset({"csrfmiddlewaretoken", PIECES})


@requires("queue.send")
@require_GET
def queue_page(request: HttpRequest) -> HttpResponse:
    """待上传: what lies on this phone (drawn by the phone itself), and what waits for a person on the server."""
    context = {
        "items": unsettled(request.user), "title": "待上传", "back_url": reverse("mobile-home"),
        "leaving": request.GET.get("leave") == "1",
    }  # fmt: skip
    return keepable(request, render(request, "inspections/m_queue.html", context))


@requires("queue.send")
@require_GET
def state(request: HttpRequest) -> JsonResponse:
    """What the phone asks before it sends: whose session this is, a fresh token against forgery, the limits."""
    today = clock.today()
    number = DEFAULT_PARAMETERS.number
    running = next((one for one in my_shifts(request.user, clock.now()) if one.planned_from <= clock.now()), None)
    return JsonResponse({
        "person": person_mark(request), "csrf": get_token(request), "now": clock.now().isoformat(),
        "shift": running.shift_no if running else "", "keep_hours": int(number("offline.keep_hours", today)),
        "hard_stop_days": int(number("offline.hard_stop_days", today)),
    })  # fmt: skip


@requires("queue.send")
@require_POST
def key(request: HttpRequest) -> JsonResponse:
    """A secret for this phone and this shift. Only over the network, only to whoever is signed in."""
    device = request.POST.get("device", "")
    if not (device.isascii() and device.isalnum() and len(device) == 32):
        return JsonResponse({"problems": ["手机编号不对，请刷新页面。"]}, status=400)
    given: PhoneKey = actions.give_key(by=request.user, device=device)
    shift = given.shift.shift_no if given.shift else ""
    return JsonResponse({"key_id": given.key_id, "secret": given.secret, "shift": shift})


@requires("queue.send")
@require_POST
def receive(request: HttpRequest) -> JsonResponse:
    """One item: stored, tried, answered with its receipt. The same item twice has one effect and one receipt."""
    person: Any = request.user
    try:
        envelope = read_envelope(request.headers.get("X-Queue-Envelope", ""))
        with one_at_a_time(f"queue:{person.pk}:{envelope.item_id}"):
            item = actions.take_in(by=person, envelope=envelope, content=_content(request))
            if item.state == ItemState.RECEIVED:
                item = _tried(request, item, envelope)
    except Refused as refused:  # nothing was stored: it stays on the phone
        return _refused(refused)
    except Incomplete:  # a piece is missing after all: the phone asks what is here and sends the rest
        return JsonResponse({"state": "incomplete"}, status=409)
    return JsonResponse({
        "state": item.state, "receipt": item.receipt, "url": item.result_url, "problems": item.problems.splitlines(),
        "received_at": item.received_at.isoformat(), "drift": item.drift_seconds,
    })  # fmt: skip


def _refused(refused: Refused) -> JsonResponse:
    return JsonResponse({"state": "refused", "problems": [one.message for one in refused.refusals]}, status=422)


@requires("queue.send")
@require_POST
def piece(request: HttpRequest) -> JsonResponse:
    """One piece of a large file, or the question how much of it is here: answered with that number (ux.md §12)."""
    said = read_piece(request.GET)
    if said is None:
        return JsonResponse(
            {"state": "refused", "problems": ["手机送来的文件说明不完整。请刷新页面后再上传。"]}, status=400
        )
    try:
        if said.offset is None:
            return JsonResponse({"have": bytes_here(said.file, request.user)})
        return JsonResponse({"have": take_piece(said.file, request.user, said.offset, request.body, said.sum)})
    except Refused as refused:
        return _refused(refused)


def _content(request: HttpRequest) -> Content:
    """The fields and files of the form, and the digest both sides compute. Files go to the write-once store at once."""
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_CONTENT}
    if named := read_pieces(request.POST.getlist(PIECES)):
        whole = tuple((name, whole_file(digest, request.user)) for name, digest in named)
        in_order = sorted(((name, file.sha256) for name, file in whole), key=lambda one: one[0])
        return Content(fields, whole, content_digest(fields, in_order))
    uploads = [(name, file) for name in sorted(request.FILES) for file in request.FILES.getlist(name)]
    digests = [(name, _sha256(file)) for name, file in uploads]
    stored = tuple((name, store_upload(file, request.user)) for name, file in uploads)
    return Content(fields, stored, content_digest(fields, digests))


def _sha256(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _tried(request: HttpRequest, item: QueuedItem, envelope: Envelope) -> QueuedItem:
    """Enter the item by its own form, unless something is odd; whatever does not fit is kept with its reasons."""
    held = actions.reasons_to_hold(item, envelope)
    outcome = enter(request, item, only_read=bool(held))
    if held:  # a person decides, and sees what was typed
        outcome = Outcome("conflict", problems=tuple(held), typed=outcome.typed)
    kind = "conflict" if outcome.kind == "refused" and envelope.hand_over else outcome.kind
    return actions.note_outcome(
        item_id=item.pk, by=request.user, state=ItemState(kind), url=outcome.url, problems=outcome.problems,
        typed=outcome.typed,
    )  # fmt: skip


def enter(request: HttpRequest, item: QueuedItem, *, without_version: bool = False, only_read: bool = False) -> Outcome:
    """Run the form's own view with the stored content; its permission, guards and idempotency are the page's.

    ``only_read``: nothing is done, the outcome says what was typed.
    """
    try:
        match = resolve(below_prefix(item.path))
    except Resolver404:
        match = None
    if match is None or match.url_name not in QUEUED:
        return Outcome("conflict", problems=("这份内容对应的页面不能离线提交，请承办人核对。",))
    if not may_ever(request.user, match.func.policy):  # type: ignore[attr-defined]
        return Outcome("conflict", problems=("您现在没有办理这件事的权限，请承办人核对。",))
    inner = _inner(request, item, without_version=without_version)
    inner.resolver_match, inner.is_only_read = match, only_read  # type: ignore[attr-defined]
    try:
        response = match.func(inner, *match.args, **match.kwargs)
    except DomainError as error:
        return Outcome("conflict", problems=(error.message,))
    finally:
        for _name, files in inner.FILES.lists():
            for file in files:
                file.close()
    return outcome_of(response) or Outcome("conflict", problems=("页面没有给出结果，请承办人核对。",))


def _inner(request: HttpRequest, item: QueuedItem, *, without_version: bool) -> HttpRequest:
    """The request the form would have made, of the same person in the same session."""
    inner = HttpRequest()
    inner.method, inner.path, inner.path_info = "POST", item.path, below_prefix(item.path)
    inner.META, inner.COOKIES, inner.session = request.META, request.COOKIES, request.session
    for name in ("user", "id", "htmx", "_messages"):
        setattr(inner, name, getattr(request, name, None))
    inner.queued, inner.is_kept_elsewhere, inner.is_staff_page = item, True, True  # type: ignore[attr-defined]
    fields: Mapping[str, Sequence[str]] = json.loads(item.payload)
    inner.POST = QueryDict(mutable=True)
    for name, values in fields.items():
        if not (without_version and name == "version"):
            inner.POST.setlist(name, list(values))
    inner.POST["op_id"] = item.item_id
    inner.FILES = MultiValueDict()
    for one in item.files.select_related("file").order_by("position"):
        inner.FILES.appendlist(one.field, _stored_upload(one.file))
    return inner


def _stored_upload(stored: Any) -> UploadedFile:
    handle = open(path_of(stored.stored_path), "rb")  # noqa: SIM115 - closed by enter()
    return UploadedFile(File(handle), stored.original_name, stored.content_type, stored.size)


@requires("queue.send")
def item_page(request: HttpRequest, receipt: str) -> HttpResponse:
    """What the phone wrote beside what the system has, and the decision of a person; nothing is thrown away."""
    found = item_by(request.user, receipt)
    item = found.item
    is_open = item.state in (ItemState.CONFLICT, ItemState.REFUSED)

    def run(data: dict[str, Any]) -> QueuedItem:
        url = ""
        if data["how"] == "enter":
            outcome = enter(request, item, without_version=True)
            if outcome.kind != "done":
                raise Refused([_still(text) for text in outcome.problems])
            url = outcome.url
        return actions.settle(item_id=item.pk, by=request.user, note=data["note"], url=url)

    act = Act(
        title=f"离线内容 {receipt}", form_class=SettleForm, run=run, submit="登记处理结果",
        done_url=reverse("phone-queue"), done_message="处理结果已登记，手机上的内容和系统里的内容都已保留。",
        template="inspections/m_queue_item.html", back_url=reverse("phone-queue"),
        context={
            "found": found, "item": item, "now_url": item.result_url or item.path,
            "can_settle": is_open and can(request.user, "queue.settle", item_subject(item)),
        },
    )  # fmt: skip
    return act_page(request, act)


def _still(text: str) -> Refusal:
    return Refusal("queue-still", f"还不能入账：{text}", "", "how")


@requires("queue.send")
@require_GET
def item_file(request: HttpRequest, receipt: str, position: int) -> Any:
    """A file the item brought, unchanged."""
    found = item_by(request.user, receipt)
    wanted = next((one for one in found.files if one.position == position), None)
    if wanted is None:
        raise NotFound
    return serve_file(request, wanted.file, download_name=f"{receipt}-{position + 1}-{wanted.file.original_name}")

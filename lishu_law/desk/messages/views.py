"""通知: what has happened? Newest first, the unread ones marked; reading one leads to its case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.desk.messages.sending import mark_read
from lishu_law.desk.models import Message, MessageKind
from lishu_law.errors import NotFound
from lishu_law.web.acts import SEE_OTHER
from lishu_law.web.navigation import address_of

PAGE = 20


@requires("message.read")
@require_GET
def message_list(request: HttpRequest) -> HttpResponse:
    """The messages of this person, newest first, by key; ``?unread=1`` only those not read yet."""
    person: Any = request.user
    only_unread, before = request.GET.get("unread") == "1", request.GET.get("before", "")
    rows = Message.objects.filter(user=person).select_related("case", "limit").order_by("-id")
    if only_unread:
        rows = rows.filter(read_at__isnull=True)
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    query = request.GET.copy()
    query["before"] = str(found[PAGE - 1].pk) if len(found) > PAGE else ""
    return render(
        request,
        "desk/messages.html",
        {
            "rows": found[:PAGE],
            "only_unread": only_unread,
            "unread": person.unread_messages,
            "next_url": f"?{query.urlencode()}" if len(found) > PAGE else "",
        },
    )


@requires("message.read")
@require_POST
def read_message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Mark as read and go where the message leads; ``stay=1`` only marks."""
    person: Any = request.user
    message = Message.objects.filter(user=person, pk=message_id).select_related("case").first()
    if message is None:
        raise NotFound
    mark_read(by=person, message_id=message.pk)
    return HttpResponseRedirect(_next_page(request, message), status=SEE_OTHER)


def _next_page(request: HttpRequest, message: Message) -> str:
    """The message's case or public record; the desk for who reads no cases (the publication checker)."""
    if request.POST.get("stay") == "1":
        return reverse("message-list")
    if message.kind == MessageKind.LEDGER:
        return address_of("register") or reverse("message-list")
    if message.case is None:
        return reverse("disclosure-record", args=[message.about])
    if not may_ever(request.user, "case.read"):
        return reverse("desk")
    return reverse("case", args=[message.case.clue_no])


@requires("message.read")
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    count = mark_read(by=person)
    notes.success(request, f"{count} 条通知已标为已读。" if count else "没有未读的通知。")
    return HttpResponseRedirect(reverse("message-list"), status=SEE_OTHER)

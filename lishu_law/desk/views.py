"""待办: the first page after sign-in. What must I do today, and what is most urgent?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.audit.models import JournalEntry
from lishu_law.desk.work import desk_of
from lishu_law.web.drafts import unsubmitted

JOURNAL_PAGE = 50


@requires("desk.read")
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person, most urgent first, and the drafts not yet submitted."""
    found = desk_of(request.user, clock.now())
    return render(request, "desk/desk.html", {"desk": found, "drafts": unsubmitted(request.user)})


@requires("journal.read")
@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """Who did what, when? Newest first, by key; content of cases never stands here."""
    before = request.GET.get("before", "")
    entries = JournalEntry.objects.order_by("-seq")
    if before.isdecimal() and len(before) < 19:
        entries = entries.filter(seq__lt=int(before))
    rows = list(entries[: JOURNAL_PAGE + 1])
    more = f"?before={rows[JOURNAL_PAGE - 1].seq}" if len(rows) > JOURNAL_PAGE else ""
    return render(request, "desk/journal.html", {"rows": rows[:JOURNAL_PAGE], "next_url": more})

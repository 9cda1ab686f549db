"""待办: the first page after sign-in. What must I do today, and what is most urgent?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cases.api import inbox, limit_lines
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.web.models import Draft


@requires("desk.read")
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person, most urgent first, and the drafts not yet submitted."""
    today = clock.today()
    person: Any = request.user
    rows = inbox(person, today)
    lines = [
        {
            "title": row.title,
            "case": row.case,
            "url": reverse(f"case-{row.step_code}", args=[row.case.clue_no]),
            "case_url": reverse("case", args=[row.case.clue_no]),
            "citation": row.citation,
            "limit": limit_lines([row.deadline])[0] if row.deadline else None,
        }
        for row in rows
    ]
    drafts = Draft.objects.filter(user=person).order_by("-saved_at")[:10]
    return render(request, "desk/desk.html", {"lines": lines, "drafts": drafts, "today": today})

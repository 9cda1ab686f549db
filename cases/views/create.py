"""Registering a clue and correcting the facts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cases import permissions
from cases.actions.filing import NewClue, edit_facts, register_clue
from cases.forms.clue import ClueForm, EditForm
from cases.models import Case
from cases.queries.find import open_case
from cases.views.frame import fix_url
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.registry.identity import Place
from lishu_law.web.acts import Act, act_page
from lishu_law.web.party_fields import party_initial, party_kept, vehicle_initial


@requires("case.create")
def new_case(request: HttpRequest) -> HttpResponse:
    """这是什么事、对谁？ Registers the clue; the next step is its verification."""

    def run(data: dict[str, Any], form: ClueForm) -> Case:
        clue = NewClue(
            source=data["source"],
            source_note=data["source_note"],
            received_at=data["received_at"],
            **form.facts(),
        )
        return register_clue(
            by=request.user, assistant=data["assistant"], clue=clue, party=form.party_details,
            vehicle=form.vehicle_details,
        )  # fmt: skip

    act = Act(
        title="登记线索",
        form_class=ClueForm,
        run=run,
        run_takes_form=True,
        done_url=lambda case: reverse("case", args=[case.clue_no]),
        done_message=lambda case: f"线索已登记，编号 {case.clue_no}。请核查线索。",
        submit="登记线索",
        initial={"received_at": clock.now(), "source": "report"},
        form_arguments={"user": request.user},
        back_url=reverse("case-list"),
    )
    return act_page(request, act)


@requires("case.edit")
def edit_case(request: HttpRequest, clue_no: str) -> HttpResponse:
    """Correct or complete the facts while the case is not yet submitted."""
    opened = open_case(request.user, clue_no)
    case = opened.case
    permissions.check(request.user, "case.edit", opened.subject)

    def run(data: dict[str, Any], form: EditForm) -> Case:
        version = data["version"] if data["version"] is not None else case.version
        return edit_facts(
            case_id=case.pk, version=version, by=request.user, changed=form.facts(), party=form.party_details,
            vehicle=form.vehicle_details,
        )  # fmt: skip

    names = (
        "item_code", "act_at", "direction", "township", "is_in_county", "summary", "designation", "safety_harm_note",
    )  # fmt: skip
    initial = {name: getattr(case, name) for name in names}
    act = Act(
        title="修改案件事实",
        form_class=EditForm,
        run=run,
        run_takes_form=True,
        done_url=reverse("case", args=[clue_no]),
        done_message="案件事实已修改。",
        submit="保存修改",
        initial={
            **initial,
            "version": case.version,
            "place": Place(" ".join(part for part in (case.route, case.stake) if part)),
            **(party_initial(case.party) if case.party else {}),
            **(vehicle_initial(case.vehicle) if case.vehicle else {}),
        },
        fixes=fix_url(clue_no),
        form_arguments={"user": request.user, **({"kept": party_kept(case.party)} if case.party else {})},
        back_url=reverse("case", args=[clue_no]),
    )
    return act_page(request, act)

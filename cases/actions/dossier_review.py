"""案卷评查: drawing closed files, finishing a sheet, objections, corrections, the library (sup-case-review)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import cycle
from typing import Any

from django.db import transaction

from cases import permissions
from cases.dossier_review.drawing import draw, twice
from cases.dossier_review.items import Item
from cases.dossier_review.scoring import EXCELLENT, Judgement, Sheet, as_data, judged, review
from cases.models import Case, CorrectionTask, DossierReview, ModelDossier, ReviewDraw
from cases.queries.dossier_review import load_dossier, subject_of_review
from cases.queries.dossier_reviews import drawable, rounds_of, taken_part
from cases.queries.facts import load_case
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.law.calendar import DEFAULT_CALENDAR
from lishu_law.law.counting import count_days, count_working
from lishu_law.law.parameters import DEFAULT_PARAMETERS

BASIS = "案卷评查办法"


@dataclass(frozen=True)
class NewDraw:
    """What is asked for: files closed in ``year``, by ``seed``, for one or two reviewers in turn."""

    year: int
    seed: str
    size: int
    reviewers: tuple[Any, ...]
    second_every: int = 0


@transaction.atomic(durable=True)
def draw_files(*, by: Any, new: NewDraw, at: datetime | None = None) -> ReviewDraw:
    """Draw closed files and hand them out; the pool and the seed are kept, so that anybody can draw again."""
    policy.check(by, "scoring.draw")
    now = at or clock.now()
    pool = drawable(new.year)
    if refusals := _draw_faults(new, pool):
        raise Refused(refusals)
    chosen = draw(pool, new.seed, new.size)
    row = ReviewDraw.objects.create(
        year=new.year, seed=new.seed, size=new.size, pool=sorted(pool), chosen=list(chosen),
        second_every=new.second_every, drawn_by=by, drawn_at=now,
    )  # fmt: skip
    DossierReview.objects.bulk_create(_handed_out(row, new, now))
    journal.record("scoring.draw", by=by, on=("review_draw", row.pk), details={"size": len(chosen)})
    return row


def _draw_faults(new: NewDraw, pool: frozenset[str]) -> list[Refusal]:
    refusals = []
    if not pool:
        text = f"{new.year} 年没有还没抽过的已结案案卷，不能抽取。请换一个年度。"
        refusals.append(Refusal("sup-case-review", text, BASIS, "year"))
    if ReviewDraw.objects.filter(year=new.year, seed=new.seed).exists():
        text = "这个随机种子今年已经用过。请换一个，例如当天公开的开奖号码。"
        refusals.append(Refusal("sup-case-review", text, BASIS, "seed"))
    if new.second_every and len(set(new.reviewers)) < 2:
        text = "盲评要由另一名评查员进行。请选两名评查员。"
        refusals.append(Refusal("sup-case-review", text, BASIS, "second_reviewer"))
    return refusals


def _handed_out(row: ReviewDraw, new: NewDraw, now: datetime) -> list[DossierReview]:
    """The files in turn to those who took no part in them. Raises ``Refused`` naming a file nobody may review."""
    again, turns = twice(row.chosen, new.second_every), cycle(range(len(new.reviewers)))
    cases = {case.clue_no: case for case in Case.objects.filter(clue_no__in=row.chosen)}
    involved, made, refusals = taken_part(cases.values()), [], []
    for label in row.chosen:
        case, first = cases[label], next(turns)
        turned = [*new.reviewers[first:], *new.reviewers[:first]]
        free = [one for one in turned if one.staff_number not in involved[case.pk]]
        wanted = 2 if label in again else 1
        if len(free) < wanted:
            text = f"{case.label}：可以评查的评查员不够，其他人办过这起案件。请另选评查员。"
            refusals.append(Refusal("sup-case-review", text, BASIS, "reviewer"))
        made += [
            DossierReview(draw=row, case=case, round=number, reviewer=person, assigned_at=now)
            for number, person in enumerate(free[:wanted], start=1)
        ]
    if refusals:
        raise Refused(refusals)
    return made


def locked(review_id: int) -> tuple[DossierReview, list[DossierReview]]:
    """A review with all rounds of its file, locked in one order: two who finish at once both see who was the last."""
    found = DossierReview.objects.filter(pk=review_id).first()
    if found is None:
        raise NotFound
    same_file = DossierReview.objects.filter(draw=found.draw_id, case=found.case_id).select_related("case")
    rounds = list(same_file.select_for_update(of=("self",)).order_by("pk"))
    return next(one for one in rounds if one.pk == review_id), rounds


def _sheet_now(row: DossierReview, today: date) -> Sheet:
    return review(load_dossier(load_case(row.case_id), today))


@transaction.atomic(durable=True)
def finish_review(
    *, by: Any, review_id: int, answers: Mapping[str, Judgement], at: datetime | None = None
) -> DossierReview:
    """Close one's sheet: the machine's findings and the answers are frozen; the last round hands out the corrections."""
    (row, rounds), now = locked(review_id), at or clock.now()
    permissions.check(by, "scoring.score", subject_of_review(row))
    if row.reviewer_id != by.pk:
        raise NotFound
    if row.finished_at is not None:
        raise Refused([Refusal("sup-case-review", "这份评查表已经提交，不能再改。", BASIS, "")])
    today = clock.local(now).date()
    sheet = _sheet_now(row, today)
    if refusals := _answer_faults(sheet, answers):
        raise Refused(refusals)
    done = judged(sheet, answers)
    row.sheet, row.score, row.grade, row.finished_at = as_data(done), done.score, done.grade, now
    row.tell_until = count_working(today, _days("dossier_review.objection_days", today), DEFAULT_CALENDAR).end
    row.save(update_fields=["sheet", "score", "grade", "finished_at", "tell_until"])
    if all(one.finished_at for one in rounds):
        # Nothing is told before the last round is done, so the days to object run from then for every round.
        DossierReview.objects.filter(pk__in=[one.pk for one in rounds]).update(tell_until=row.tell_until)
        _hand_out_corrections(row, today)
    journal.record("scoring.finish", by=by, on=("dossier_review", row.pk), details={"grade": row.grade})
    return row


def _days(name: str, on: date) -> int:
    return int(DEFAULT_PARAMETERS.number(name, on))


def _answer_faults(sheet: Sheet, answers: Mapping[str, Judgement]) -> list[Refusal]:
    refusals = []
    for line in sheet.lines:
        if not line.item.asks_person:
            continue
        given = answers.get(line.item.code)
        if given is None:
            text = f"第 {line.item.code} 项还没有判断：{line.item.question}"
            refusals.append(Refusal("sup-case-review", text, BASIS, f"item_{line.item.code}"))
        else:
            refusals += _one_answer(line.item, given)
    return refusals


def _one_answer(item: Item, given: Judgement) -> list[Refusal]:
    if not Decimal(0) <= given.lost <= item.points:
        text = f"第 {item.code} 项最多扣 {item.points.normalize():f} 分。请核对。"
        return [Refusal("sup-case-review", text, BASIS, f"item_{item.code}")]
    if (given.lost or given.is_vetoed) and not given.note.strip():
        text = f"第 {item.code} 项扣分或者否决要写明理由，承办人要照它整改。"
        return [Refusal("sup-case-review", text, BASIS, f"note_{item.code}")]
    return []


def _hand_out_corrections(row: DossierReview, today: date) -> None:
    """One task for each item that cost something in any round, in the words of the round that says most."""
    due = count_days(today, _days("dossier_review.correction_days", today), DEFAULT_CALENDAR).end
    told: dict[str, tuple[DossierReview, str]] = {}
    for one in rounds_of(row):
        for line in one.sheet["items"]:
            words = _words(line)
            if words and len(words) > len(told.get(line["code"], (one, ""))[1]):
                told[line["code"]] = (one, words)
    CorrectionTask.objects.bulk_create(
        CorrectionTask(review=one, item=code, text=words, due_on=due) for code, (one, words) in told.items()
    )


def _words(line: Mapping[str, Any]) -> str:
    if not line["lost"] and not line["is_vetoed"]:
        return ""
    said = [one["text"] for one in line["findings"]]
    answer = line["judgement"]
    return "\n".join([*said, *([answer["note"]] if answer and answer["note"] else [])])


@transaction.atomic(durable=True)
def choose_model(*, by: Any, review_id: int, merits: str, at: datetime | None = None) -> ModelDossier:
    """Take an excellent file into the library; its merits name nobody."""
    row, _rounds = locked(review_id)
    permissions.check(by, "scoring.choose", subject_of_review(row))
    if refusals := _model_faults(row, merits):
        raise Refused(refusals)
    chosen = ModelDossier.objects.create(review=row, merits=merits.strip(), chosen_by=by, chosen_at=at or clock.now())
    journal.record("scoring.choose", by=by, on=("dossier_review", row.pk))
    return chosen


def _model_faults(row: DossierReview, merits: str) -> list[Refusal]:
    rounds, refusals = rounds_of(row), []
    if any(one.finished_at is None or one.grade != EXCELLENT for one in rounds):
        text = "只有各轮评查都提交、都是优秀的案卷才能选入。"
        refusals.append(Refusal("sup-case-review", text, BASIS, ""))
    if ModelDossier.objects.filter(review__case=row.case_id).exists():
        refusals.append(Refusal("sup-case-review", "这份案卷已经在优秀案卷库里。", BASIS, ""))
    if named := sorted(word for word in _names_in(row.case) if word in merits):
        text = f"推荐理由里写有本案的人名、单位、车号或者号码（{'、'.join(named)}）。请改成“当事人”“车辆”等。"
        refusals.append(Refusal("pub-mask", text, "行政处罚法第五十条", "merits"))
    return refusals


def _names_in(case: Case) -> frozenset[str]:
    """Whatever leads to a person or a firm of the case."""
    party, vehicle = case.party, case.vehicle
    words = [one for person in case.persons.all() for one in (person.name, person.id_number, person.phone)]
    if party is not None:
        words += [party.name, party.person_name, party.id_number, party.uscc, party.phone, party.address]
    words += [vehicle.plate] if vehicle is not None else []
    words += [one.user.full_name for one in case.officers.select_related("user")]
    return frozenset(word for word in words if len(word) > 1)

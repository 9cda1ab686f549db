"""The schema offers no path from a rating to its visit: no key, no time, no order, no journal (ADR 38, Build 5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from inspections import anonymity
from inspections.actions.ratings import hand_over_ratings, release_ratings
from inspections.checks import rating_key_stands_apart
from inspections.codes import digest_of
from inspections.models import (
    InspectionFiling,
    Rating,
    RatingGroup,
    RatingRelease,
    SealedRating,
    SupervisionTicket,
)
from lishu_law.audit.models import JournalEntry
from lishu_law.registry.models import User
from tests.inspections.rating_scenes import (
    BAD,
    FAIR,
    GOOD,
    RATED_AT,
    RELEASED_AT,
    TOLD_AT,
    ended_visits,
    rated,
)
from tests.inspections.scenes import Scene

OF_RATINGS: tuple[type[models.Model], ...] = (SealedRating, Rating, RatingRelease, RatingGroup)
SINGLE: tuple[type[models.Model], ...] = (SealedRating, Rating, SupervisionTicket)


def neighbours(model: type[models.Model]) -> set[type[models.Model]]:
    """Every model one relation away, in either direction."""
    return {field.related_model for field in model._meta.get_fields() if field.is_relation and field.related_model}


@pytest.mark.parametrize("model", OF_RATINGS)
def test_a_rating_has_no_relation_at_all(model: type[models.Model]) -> None:
    assert neighbours(model) == set()
    assert [one for one in apps.get_models(include_auto_created=True) if model in neighbours(one)] == []


def test_a_ticket_knows_who_works_it_and_nothing_else() -> None:
    assert neighbours(SupervisionTicket) == {User}
    assert {field.name for field in SupervisionTicket._meta.fields if field.is_relation} == {
        "acknowledged_by", "answered_by",
    }  # fmt: skip


@pytest.mark.django_db
def test_the_database_has_no_key_either() -> None:
    tables = [one._meta.db_table for one in OF_RATINGS]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
            " AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s))",
            [tables, tables],
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgrelid::regclass::text = ANY(%s)", [tables]
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("model", (*OF_RATINGS, SupervisionTicket))
def test_no_column_says_a_time_of_day(model: type[models.Model]) -> None:
    assert not [one for one in model._meta.fields if isinstance(one, models.DateTimeField | models.TimeField)]


@pytest.mark.parametrize("model", OF_RATINGS)
def test_a_rating_has_not_even_a_day(model: type[models.Model]) -> None:
    assert not [one for one in model._meta.fields if isinstance(one, models.DateField)]


@pytest.mark.parametrize("model", SINGLE)
def test_keys_have_no_order(model: type[models.Model]) -> None:
    """No sequence: the key is random or a keyed digest."""
    assert not isinstance(model._meta.pk, models.AutoField)


@pytest.mark.parametrize("model", SINGLE)
def test_what_was_said_is_unreadable_in_the_database(model: type[models.Model], scene: Scene) -> None:
    (row,) = ended_visits(scene, 1)
    rated(row, BAD)
    hand_over_ratings(by=None, at=TOLD_AT)
    release_ratings(by=None, at=RELEASED_AT)
    rated_again = ended_visits(scene, 1, first=2)[0]
    rated(rated_again, BAD)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t")
        found = cursor.fetchall()
    assert found
    told = (row.token, digest_of(row.token), row.filing_no, row.reference, "执法一中队", "态度", "不满意", "overall")
    assert [(one, text) for (text,) in found for one in told if one in text] == []


def test_the_slot_needs_the_rating_paths_own_key(scene: Scene, settings: Any) -> None:
    (row,) = ended_visits(scene, 1)
    rated(row, GOOD)
    slot = SealedRating.objects.get().slot
    assert slot == anonymity.slot_of(row.token)
    settings.RATING_KEY = settings.FIELD_KEY  # the staff's site has this key, the token, and the whole database
    assert anonymity.slot_of(row.token) != slot
    settings.RATING_KEY = ""
    assert not anonymity.has_key()
    with pytest.raises(ValueError, match="LISHU_RATING_KEY"):
        anonymity.slot_of(row.token)


def test_a_rating_touches_nothing_but_its_sealed_row(scene: Scene) -> None:
    (row,) = ended_visits(scene, 1)
    before = InspectionFiling.objects.filter(pk=row.pk).values().get()
    places = _places(InspectionFiling, InspectionFiling._meta.db_table)
    entries = JournalEntry.objects.count()
    code = rated(row, BAD)
    rated(row, GOOD, code=code)
    rated(row, FAIR)
    assert JournalEntry.objects.count() == entries
    assert InspectionFiling.objects.filter(pk=row.pk).values().get() == before
    assert _places(InspectionFiling, InspectionFiling._meta.db_table) == places, "a lock leaves its mark in xmax"
    assert (SealedRating.objects.count(), SupervisionTicket.objects.count(), Rating.objects.count()) == (1, 0, 0)


def test_all_sealed_rows_are_equally_long(scene: Scene) -> None:
    short, long = ended_visits(scene, 2)
    rated(short, GOOD)
    rated(long, BAD.__class__("bad", text="字" * 500, contact="0434-5222222", is_named=True))
    rated(long, GOOD)
    assert len({len(bytes(one.sealed)) for one in SealedRating.objects.all()}) == 1


def test_the_longest_statements_fit(scene: Scene) -> None:
    """Characters of four bytes, quotes and line ends, as often as a visit may be spoken of."""
    (row,) = ended_visits(scene, 1)
    bans = ("gifts", "banquets", "costs", "agency", "representative", "seizure", "quota", "disguise")
    full = BAD.__class__("bad", True, True, "serious", True, True, bans, '𠮷"' * 250, "𠮷" * 50, True)
    for _time in range(5):
        rated(row, full)
    assert SealedRating.objects.count() == 1


def test_versions_of_rows_say_the_day_and_no_more(scene: Scene) -> None:
    """xmin orders transactions beside the journal's exact times: the daily hand-over gives all rows the same."""
    rows = ended_visits(scene, 3)
    for row, answers in zip(rows, (GOOD, BAD, FAIR), strict=True):
        rated(row, answers)
    assert len(_places(SealedRating, SealedRating._meta.db_table)) == 3
    hand_over_ratings(by=None, at=TOLD_AT)
    assert len(_places(SealedRating, SealedRating._meta.db_table)) == 1
    release_ratings(by=None, at=RELEASED_AT)
    assert len(_places(Rating, Rating._meta.db_table)) == 1


def _places(_model: Any, table: str) -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT xmin::text, xmax::text FROM {table}")
        return set(cursor.fetchall())


def test_the_journal_names_batches_only(scene: Scene) -> None:
    rows = ended_visits(scene, 6)
    last = JournalEntry.objects.order_by("seq").last()
    assert last is not None
    for row in rows:
        rated(row, BAD, at=RATED_AT)
    hand_over_ratings(by=None, at=TOLD_AT)
    release_ratings(by=None, at=RELEASED_AT)
    entries = list(JournalEntry.objects.filter(seq__gt=last.seq))
    assert [one.action for one in entries] == ["ticket.open", "rating.release"]
    bodies = "".join(one.body for one in entries)
    told = [word for row in rows for word in (row.token, row.reference, row.filing_no, row.subject.object_no)]
    assert [one for one in (*told, *SealedRating.objects.values_list("slot", flat=True)) if one in bodies] == []
    assert '"ip"' not in bodies


@pytest.mark.parametrize(
    ("site", "key", "found"),
    [
        ("staff", "00" * 32, ["inspections.E001"]),
        ("staff", "", []),
        ("public", "", ["inspections.E002"]),
        ("public", "00" * 32, []),
        ("both", "00" * 32, []),
    ],
)
def test_the_staffs_site_starts_only_without_the_key(settings: Any, site: str, key: str, found: list[str]) -> None:
    settings.SITE, settings.RATING_KEY = site, key
    assert [one.id for one in rating_key_stands_apart()] == found

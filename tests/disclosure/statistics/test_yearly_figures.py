"""Every figure of three invented years, counted again with a pencil; and the years in which little or nothing happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from disclosure import tasks
from disclosure.models import DisclosureRecord
from disclosure.statistics import report
from disclosure.statistics.figures import Table, YearFigures, records_behind, year_figures
from disclosure.statistics.own import own_figures
from disclosure.statistics.practice import practice_figures
from disclosure.statistics.tables import forms_of, heaviest
from inspections.models import RatingGroup
from lishu_law import clock
from lishu_law.registry.models import Certificate, User
from lishu_law.registry.roles import Role
from tests.cases.actions import remedy_scenes as remedies
from tests.cast import make_cast
from tests.disclosure.facts import checker
from tests.disclosure.intake.test_legacy_intake import loaded
from tests.disclosure.intake.test_legacy_intake import one as legacy_row
from tests.disclosure.statistics.invented_years import (
    YEARS,
    A,
    B,
    C,
    Invented,
    column_counts,
    money_of,
    of,
    store,
    years,
)
from tests.inspections.scenes import finished_filing, make_scene, subject
from tests.measure_scenes import filed, taken
from tests.scenarios import case_at

pytestmark = pytest.mark.django_db
BANS = (
    "no_certificate", "beyond_told", "disturbed_slightly", "disturbed_seriously", "demanded", "uncivil", "banned",
)  # fmt: skip
NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock(settings: Any) -> Any:
    settings.DEMO, settings.DEMO_CLOCK_FILE = True, ""
    with time_machine.travel(NOW, tick=False):
        yield


def table(found: YearFigures, code: str) -> Table:
    return next(one for one in found.tables if one.form.code == code)


def test_every_figure_of_three_years() -> None:
    whole = years()
    store(whole)
    for year in YEARS:
        mine, found, own = of(whole, year), year_figures(year), own_figures(year)
        for code, columns in (("A", A), ("B", B), ("C", C)):
            filled = table(found, code)
            assert {key: filled.value(key) for key in columns} == column_counts(mine, columns), (year, code)
            for figure in filled.figures:
                if figure.column.types or figure.column.measure == "total":
                    assert records_behind(figure.column, year).count() == figure.value
        assert table(found, "A").value("total") == table(found, "B").value("total") == len(mine) == found.decisions
        assert table(found, "B").value("money") == money_of(mine)
        assert table(found, "A").value("money") == table(found, "C").value("money") == round(money_of(mine) / 10000, 6)
        months = Counter(one.decided_on.month for one in mine)
        assert list(found.by_month()) == [months[month] for month in range(1, 13)]
        domains = {name: (count, money) for name, count, money in found.by_domain()}
        assert domains == {
            name or "未注明": (len(ones), money_of(ones))
            for name in {one.domain for one in mine}
            if (ones := [one for one in mine if one.domain == name])
        }
        published = [one for one in mine if one.published]
        assert (own.published, own.on_time.part) == (len(published), len([one for one in published if not one.late]))
        assert own.excluded == len([one for one in mine if one.state == "excluded"])
        assert dict(own.tiers) == Counter(one.tier or "没有适用裁量档次" for one in mine)
        assert own.ever_published == len([one for one in whole if one.published and one.decided_on.year <= year])


def test_earlier_decisions_from_a_file_count_like_all_others() -> None:
    whole = of(years(20), 2024)
    store(whole)
    row = legacy_row(
        决定书文号="吉梨交罚〔2024〕9001号", 违法日期="2024-02-01", 立案日期="2024-02-02", 决定日期="2024-02-12",
        公示日期="2024-02-14", 处罚种类="罚款、没收违法所得", 没收金额="12.34", 罚款金额="100",
    )  # fmt: skip
    loaded(checker(), [row])
    assert DisclosureRecord.objects.get(number="吉梨交罚〔2024〕9001号").state == "expired"
    found = year_figures(2024)
    assert found.decisions == len(whole) + 1
    assert found.money == money_of(whole) + Decimal("112.34")
    assert table(found, "C").value("illegal_income") == column_counts(whole, C)["illegal_income"] + 1
    own = own_figures(2024)
    assert (own.days, own.days_of) == (Decimal("10.0"), 1)


@pytest.mark.parametrize(
    ("types", "expected"),
    [(("02", "01"), "02"), (("99", "01"), "01"), (("07", "06"), "07"), (("10", "09"), "10"), (("12", "11"), "12")],
)
def test_several_types_count_under_the_heaviest(types: tuple[str, ...], expected: str) -> None:
    assert heaviest(types, 2026) == expected


def test_a_year_without_anything_and_a_year_of_one_kind() -> None:
    empty = year_figures(2022)
    assert empty.is_empty
    assert {one.value for one in table(empty, "A").figures} == {0, Decimal(0)}
    assert own_figures(2022).on_time.percent == ""
    text = "".join("".join(one.paragraphs) for one in _sections(2022))
    assert "2022 年，没有作出行政处罚决定。" in text
    store([Invented(date(2022, 12, 31), ("01",), None, None, "客运", "", "published", True, False)] * 7)
    full = year_figures(2022)
    assert [one.value for one in table(full, "A").figures] == [7, 0, 0, 0, 0, 0, 0, 0, 0, 7, Decimal(0)]
    assert own_figures(2022).on_time.percent == "100.0%"


def _sections(year: int) -> tuple[report.Section, ...]:
    return report.sections(year_figures(year), own_figures(year), practice_figures(year_figures(year)))


def test_the_report_names_its_own_year_in_every_heading() -> None:
    for year in YEARS:
        headings = [one.heading for one in _sections(year)]
        assert [str(year) in heading for heading in headings] == [True, True, True, False, False]
        assert str(year + 1) in headings[3]
        text = "".join(headings) + "".join("".join(one.paragraphs) for one in _sections(year))
        assert str(year - 1) not in text


def test_the_report_counts_certificates_on_its_last_day_and_filings_and_ratings() -> None:
    cast = make_cast()
    filing = finished_filing(make_scene(cast), subject(), result_code="R8", item_code="")
    year = clock.local(filing.approved_at).year
    RatingGroup.objects.create(
        quarter=f"{year}Q1", unit_name="执法一中队", visits=9, given=6, good=5, fair=1, bad=0, **dict.fromkeys(BANS, 0)
    )
    whole = User.objects.filter(is_active=True, roles__contains=[Role.OFFICER]).count()
    said = "".join(_sections(year)[0].paragraphs)
    assert f"{year} 年执法报备 1 件。已结束评价的季度可评价 9 件，收到事后评价 6 件，其中满意 5 件，占 83.3%。" in said
    assert f"执法人员 {whole} 人（按现有名册），持有有效执法证 {whole} 人，持证率 100.0%。" in said
    assert f"{year} 年没有评查结果已送达的案卷。" in said
    reviewed = replace(
        practice_figures(year_figures(year)).reviewed, files=3, average=Decimal("88.5"), tasks=4, tasks_done=3,
        grades=(("优秀", 1), ("合格", 2), ("不合格", 0)),
    )  # fmt: skip
    practice = replace(practice_figures(year_figures(year)), reviewed=reviewed)
    told = "".join(report.sections(year_figures(year), own_figures(year), practice)[0].paragraphs)
    assert (
        f"{year} 年评查案卷 3 件，平均 88.5 分，其中优秀 1 件，合格 2 件，不合格 0 件；提出整改 4 项，已确认完成 3 项。"
        in told
    )
    assert table(year_figures(year), "G").value("certified") == "100.0%"
    assert {one.text for one in table(year_figures(year), "F").figures} == {""}  # licences are kept in another system
    Certificate.objects.filter(user=cast.lead).update(revoked_on=clock.today())
    assert f"持有有效执法证 {whole - 1} 人" in "".join(_sections(year)[0].paragraphs)
    assert f"{year - 1} 年执法报备 0 件。已结束评价的季度没有收到事后评价。" in "".join(
        _sections(year - 1)[0].paragraphs
    )


def test_the_forms_have_the_columns_of_the_specification() -> None:
    assert [len(form.columns) for form in forms_of(2026)] == [11, 14, 26, 12, 8, 5, 1]
    titles = [column.title for column in forms_of(2026)[2].columns]
    assert titles[-5:] == ["审理数量", "败诉数量", "移送司法机关数量", "立案数量", "结案数量"]


def test_cases_behind_the_figures() -> None:
    """Real cases by the real acts: a review that changed a decision, a seizure."""
    cast = make_cast()
    with time_machine.travel(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), tick=False):
        walk, remedy = remedies.reviewed_at("decision_served", cast)
        remedies.end(walk, remedy, "changed", new_amount=remedies.CHANGED)
        taken(filed(cast))
        case_at("filed", cast)
    with time_machine.travel(walk.at, tick=False):
        tasks.draft_new_decisions()
    found = year_figures(2026)
    counts = {name: count for name, count in found.cases.items() if count}
    assert counts == {"filed": 3, "review": 1, "review_corrected": 1, "seizure": 1}
    # The decision that the review organ made is the bureau's no more than its judgement is.
    assert DisclosureRecord.objects.count() == 2
    assert found.decisions == 1
    assert table(found, "C").value("review_corrected") == 1
    assert table(found, "D").value("seizure") == table(found, "D").value("total") == 1
    assert not any(year_figures(2025).cases.values())


def test_an_inspection_is_counted_and_opened_by_who_may_read_it(client: Client) -> None:
    cast = make_cast()
    filing = finished_filing(make_scene(cast), subject(), result_code="R8", item_code="")
    year = clock.local(filing.finished_at).year
    found = year_figures(year)
    assert (found.visits, found.stops, table(found, "E").value("check")) == (1, 0, 1)
    client.force_login(cast.head)
    page = client.get(f"/disclosure/figures/E/check/?year={year}").content.decode()
    assert filing.check_code in page
    client.force_login(cast.checker)
    page = client.get(f"/disclosure/figures/E/check/?year={year}").content.decode()
    assert filing.check_code not in page
    assert "没有查看权限" in page

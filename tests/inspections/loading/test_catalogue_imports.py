"""Matters and powers from a file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inspections.actions.imports import order_import
from inspections.loading.work import work
from inspections.models import InspectionMatter, PowerItem
from lishu_law.errors import NotAllowed
from lishu_law.registry.models import ImportKind, ImportState, RegisterImport
from tests.inspections.loading.files import csv_file, faults_of, received, spreadsheet
from tests.inspections.scenes import Scene

pytestmark = pytest.mark.django_db
POINT = {
    "事项编码": "22032200000009", "事项名称": "客运站检查", "检查对象": "客运站", "检查依据": "《中华人民共和国道路运输条例》",
    "重点事项": "是", "检查形式": "日常检查、专项检查", "抽取比例": "10%", "公布日期": "2026-01-01", "生效日期": "2026-01-01",
    "检查点编号": "1", "检查内容": "是否落实安检", "检查方法": "现场查看", "检查标准": "逐件安检", "结果选项": "合格、不合格",
}  # fmt: skip
SECOND = {**POINT, "检查点编号": "2", "检查内容": "是否公示票价"}
POWER = {
    "权力编码": "220322-CF-1", "权力名称": "对擅自从事客运经营的处罚", "权力类别": "行政处罚", "设定依据": "第一款\n第二款",
    "实施主体": "梨树县交通运输局", "生效日期": "2026-01-01", "公布日期": "2026-01-01",
}  # fmt: skip


def loaded(by: Any, file: Any, kind: str) -> RegisterImport:
    load = received(by, file, kind)
    assert faults_of(load) == []
    order_import(by=by, reference=load.reference)
    work(load.pk)
    load.refresh_from_db()
    assert load.state == ImportState.LOADED
    return load


def test_the_rows_of_a_matter_are_its_check_points(scene: Scene) -> None:
    load = loaded(scene.cast.reviewer, spreadsheet([POINT, SECOND]), ImportKind.MATTERS)
    assert (load.created, load.updated) == (1, 0)
    matter = InspectionMatter.objects.get(item_code="22032200000009")
    assert [one["no"] for one in matter.check_points] == ["1", "2"]
    assert matter.check_points[0]["options"] == ["合格", "不合格"]
    assert (matter.is_key, matter.forms, str(matter.draw_ratio)) == (True, ["01", "02"], "10.00")
    again = loaded(scene.cast.reviewer, spreadsheet([POINT, SECOND]), ImportKind.MATTERS)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
    newer = [{**row, "生效日期": "2027-01-01"} for row in (POINT, SECOND)]
    loaded(scene.cast.reviewer, csv_file(newer), ImportKind.MATTERS)
    matter.refresh_from_db()
    assert matter.valid_to == date(2026, 12, 31)


WRONG = [
    ({"事项编码": "2203"}, "事项编码"),
    ({"检查点编号": "1"}, "检查点编号"),
    ({"事项名称": "别的名称"}, "事项名称"),
    ({"关联案由": "no-such"}, "关联案由"),
    ({"结果选项": "优秀"}, "结果选项"),
    ({"失效日期": "2025-01-01"}, "失效日期"),
    ({"检查标准": ""}, "检查标准"),
    ({"抽取比例": "120"}, "抽取比例"),
    ({"重点事项": "也许"}, "重点事项"),
]


@pytest.mark.parametrize(("changed", "column"), WRONG, ids=lambda part: str(part)[:20])
def test_a_faulty_point_takes_its_matter_with_it(scene: Scene, changed: dict[str, str], column: str) -> None:
    load = received(scene.cast.reviewer, csv_file([POINT, {**SECOND, **changed}]), ImportKind.MATTERS)
    assert faults_of(load) == [(3, column)]
    assert load.created == (1 if "事项编码" in changed else 0)


def test_powers(scene: Scene) -> None:
    load = loaded(scene.cast.reviewer, csv_file([POWER]), ImportKind.POWERS)
    assert load.created == 1
    assert PowerItem.objects.get().basis == "第一款\n第二款"
    changed = loaded(scene.cast.reviewer, csv_file([{**POWER, "承办机构": "法制科"}]), ImportKind.POWERS)
    assert (changed.created, changed.updated) == (0, 1)
    wrong = received(scene.cast.reviewer, csv_file([POWER, POWER, {**POWER, "权力类别": "别的"}]), ImportKind.POWERS)
    assert faults_of(wrong) == [(3, "权力编码"), (4, "权力类别")]


@pytest.mark.parametrize("kind", [ImportKind.MATTERS, ImportKind.POWERS])
def test_who_may_not_load_the_lists(scene: Scene, kind: str) -> None:
    with pytest.raises(NotAllowed):
        received(scene.cast.squad_leader, csv_file([POWER]), kind)

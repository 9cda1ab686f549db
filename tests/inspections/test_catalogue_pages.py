"""The form of a matter has every column of its register (inspection.md §5.3), and tells what is wrong beside it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from inspections.models import InspectionMatter
from tests.inspections.browsing import client_of
from tests.inspections.scenes import Scene

pytestmark = pytest.mark.django_db


def _matter_data(scene: Scene, **changed: Any) -> dict[str, Any]:
    """What the form of the scene's matter sends for a new version."""
    matter = scene.matter
    return {
        "item_code": matter.item_code, "name": matter.name, "object_class": matter.object_class, "basis": matter.basis,
        "basis_kind": "行政法规", "list_code": "11220322MB0T00015M422032200000001", "is_confirmed": "on",
        "body_level": "4", "exercised_level": "4", "forms": ["01"], "methods": ["01", "02"], "categories": ["01"],
        "industries": ["道路货运"], "violations": "frt-scatter、road-spill", "is_key": "on", "draw_ratio": "5",
        "points": "1｜是否苫盖｜现场查看｜已苫盖", "published_on": "2026-02-01", "valid_from": "2026-04-01", **changed,
    }  # fmt: skip


def test_a_matter_is_entered_with_every_column_of_its_register(scene: Scene) -> None:
    client = client_of(scene.cast.reviewer)
    edit = reverse("matter-edit", args=[scene.matter.item_code, scene.matter.valid_from.isoformat()])
    assert "frt-scatter road-spill" in client.get(edit).content.decode()
    answer = client.post(edit, _matter_data(scene), follow=True)
    page = answer.content.decode()
    for shown in (
        "行政法规",
        "县级",
        "日常检查",
        "现场、非现场",
        "双随机",
        "重点事项",
        "11220322MB0T00015M422032200000001",
    ):
        assert shown in page
    assert "事项编码待确认" not in page
    matter = InspectionMatter.objects.get(item_code=scene.matter.item_code, valid_from="2026-04-01")
    assert (matter.violations, matter.forms, matter.exercised_level) == (["frt-scatter", "road-spill"], ["01"], "4")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"violations": "frt-nothing"}, "没有“frt-nothing”这个案由代码"),
        ({"list_code": "123"}, "编码应是 18 位信用代码"),
        ({"valid_to": "2026-03-31"}, "失效日期早于生效日期"),
    ],
)
def test_a_wrong_column_of_a_matter_is_told(scene: Scene, changed: Any, words: str) -> None:
    client = client_of(scene.cast.reviewer)
    answer = client.post(reverse("matter-new"), _matter_data(scene, **changed))
    assert answer.status_code in (200, 422)
    assert words in answer.content.decode()
    assert not InspectionMatter.objects.filter(valid_from="2026-04-01").exists()

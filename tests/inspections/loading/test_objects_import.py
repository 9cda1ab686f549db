"""The directory from a file: every fault by row and column, known things used, nothing half, nothing double."""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from inspections.actions.imports import drop_import, order_import
from inspections.loading.registers import REGISTERS
from inspections.loading.work import SILENT, waiting_ids, work
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, Refused
from lishu_law.registry.identity.demo import demo_id_number
from lishu_law.registry.models import (
    ImportFault,
    ImportKind,
    ImportState,
    Party,
    RegisterImport,
    SubjectChange,
    SubjectLicence,
    SupervisedSubject,
    Vehicle,
)
from lishu_law.web.loading import work as driving
from lishu_law.web.uploads import TABLE, store_upload
from tests.inspections.loading.files import COMPANY_ROW, code_of, company, csv_file, faults_of, received, spreadsheet
from tests.inspections.scenes import Scene

pytestmark = pytest.mark.django_db


def loaded(scene: Scene, file: SimpleUploadedFile, *, skip_faulty: bool = False) -> RegisterImport:
    load = received(scene.cast.squad_leader, file)
    order_import(by=scene.cast.squad_leader, reference=load.reference, skip_faulty=skip_faulty)
    work(load.pk)
    load.refresh_from_db()
    return load


@pytest.mark.parametrize("make", [spreadsheet, csv_file, lambda rows: csv_file(rows, encoding="gb18030")])
def test_the_dry_run_writes_nothing_and_the_load_everything(scene: Scene, make: Any) -> None:
    row = {
        **COMPANY_ROW, "经度": "124.336", "纬度": 43.307, "从业人数": 12, "信用风险": "A", "风险标签": "危货、近一年投诉",
        "许可证号": "吉交运管许可220322000001", "许可范围": "道路普通货物运输", "许可证到期日期": date(2027, 5, 1), "联系电话": "13800000000",
        "数据日期": "2026-01-05",
    }  # fmt: skip
    load = received(scene.cast.squad_leader, make([row]))
    assert (load.state, load.rows, load.faults, load.created) == (ImportState.CHECKED, 1, 0, 1)
    assert not SupervisedSubject.objects.exists()
    order_import(by=scene.cast.squad_leader, reference=load.reference)
    work(load.pk)
    entry = SupervisedSubject.objects.select_related("party").get()
    assert (entry.title, entry.party.uscc, entry.party.name_initials) == (
        "梨树县示例货运有限公司", "91220322MA17ABCD2L", "lsxslhyyxgs",
    )  # fmt: skip
    assert (entry.object_no, entry.kind, entry.industry, entry.risk_class) == (
        "DX-220322-000001", "enterprise", "道路货运", "A",
    )  # fmt: skip
    assert (str(entry.longitude), str(entry.latitude), entry.employees) == ("124.336000", "43.307000", 12)
    assert (entry.risk_tags, entry.contact_phone) == (["dangerous_goods", "complaint"], "13800000000")
    assert (entry.source, entry.updated_on, entry.loaded_by_id) == ("示例名录", date(2026, 1, 5), load.pk)
    licence = SubjectLicence.objects.get()
    assert (licence.number, licence.expires_on) == ("吉交运管许可220322000001", date(2027, 5, 1))
    assert list(JournalEntry.objects.filter(action__startswith="register.").values_list("action", flat=True)) == [
        "register.import_received", "register.import_ordered", "register.import",
    ]  # fmt: skip


KINDS = [
    {
        **COMPANY_ROW,
        "对象类别": "个体工商户",
        "名称": "示例货运部",
        "统一社会信用代码": "",
        "证件号码": demo_id_number(7),
    },
    {
        **COMPANY_ROW,
        "对象类别": "自然人",
        "名称": "林示例",
        "统一社会信用代码": "",
        "负责人": "",
        "证件号码": demo_id_number(7),
    },
    {**COMPANY_ROW, "对象类别": "车辆", "车牌号": "吉c12345", "车辆类型": "重型自卸货车"},
    {**COMPANY_ROW, "对象类别": "场所", "对象自有名称": "示例砂石料场", "行业类别": "超限源头"},
    {**COMPANY_ROW, "对象类别": "线路", "对象自有名称": "梨树—四平", "行业类别": "道路客运"},
]


def test_every_kind_of_object(scene: Scene, settings: Any) -> None:
    settings.DEMO = True
    load = loaded(scene, csv_file(KINDS))
    assert (load.state, load.created) == (ImportState.LOADED, 5)
    assert sorted(entry.title for entry in SupervisedSubject.objects.select_related("party", "vehicle")) == sorted(
        ["示例货运部", "林示例", "吉C12345", "示例砂石料场", "梨树—四平"]
    )
    assert Party.objects.count() == 3
    assert Vehicle.objects.get().owner.uscc == COMPANY_ROW["统一社会信用代码"]


WRONG = [
    ({"地址": ""}, "地址"),
    ({"地址": "　"}, "地址"),
    ({"统一社会信用代码": "91220322MA17ABCD2M"}, "统一社会信用代码"),
    ({"统一社会信用代码": ""}, "统一社会信用代码"),
    ({"统一社会信用代码": 9.1220322e17}, "统一社会信用代码"),
    ({"对象类别": "公司"}, "对象类别"),
    ({"行业类别": "卖菜"}, "行业类别"),
    ({"名称": ""}, "名称"),
    ({"名称": "梨树\u200b货运"}, "名称"),
    ({"经度": "124.3"}, "纬度"),
    ({"经度": "244.3", "纬度": "43"}, "经度"),
    ({"从业人数": "十二"}, "从业人数"),
    ({"许可证号": "1", "许可证发证日期": "2026-02-01", "许可证到期日期": "2026-01-31"}, "许可证到期日期"),
    ({"许可范围": "普货"}, "许可证号"),
    ({"数据日期": "2099-01-01"}, "数据日期"),
    ({"数据日期": "2026-02-30"}, "数据日期"),
    ({"车牌号": "吉C12345"}, "车牌号"),
    ({"对象类别": "车辆"}, "车牌号"),
    ({"对象类别": "车辆", "车牌号": "吉C12O45"}, "车牌号"),
    ({"对象类别": "场所"}, "对象自有名称"),
    ({"对象自有名称": "料场"}, "对象自有名称"),
    ({"对象类别": "自然人", "名称": "林示例", "负责人": "", "统一社会信用代码": ""}, "证件号码"),
    ({"对象编号": "DX-220322-999999"}, "对象编号"),
    ({"联系电话": "1380000"}, "联系电话"),
    ({"行政区划代码": "22032"}, "行政区划代码"),
    ({"风险标签": "危货，不知道"}, "风险标签"),
]


@pytest.mark.parametrize(("changed", "column"), WRONG, ids=lambda part: str(part)[:30])
def test_a_fault_is_told_by_row_and_column(scene: Scene, changed: dict[str, Any], column: str) -> None:
    load = received(scene.cast.squad_leader, spreadsheet([company(1), {**COMPANY_ROW, **changed}]))
    assert faults_of(load) == [(3, column)]
    assert (load.rows, load.created, load.faulty_rows) == (2, 1, 1)


def test_all_faults_of_a_row_are_told_at_once(scene: Scene) -> None:
    row = {**COMPANY_ROW, "地址": "", "行业类别": "", "统一社会信用代码": "9122", "从业人数": "-1"}
    load = received(scene.cast.squad_leader, spreadsheet([row]))
    assert sorted(faults_of(load)) == [(2, "从业人数"), (2, "地址"), (2, "统一社会信用代码"), (2, "行业类别")]


def test_the_same_object_twice_in_a_file(scene: Scene) -> None:
    rows = [COMPANY_ROW, {}, COMPANY_ROW, {**COMPANY_ROW, "名称": "别的名称有限公司", "行业类别": "道路客运"}]
    load = received(scene.cast.squad_leader, spreadsheet(rows))
    assert faults_of(load) == [(4, "统一社会信用代码"), (5, "名称")]


HEADINGS = [
    ([*COMPANY_ROW, "备注"], ["备注"]),
    ([title for title in COMPANY_ROW if title != "地址"], ["地址"]),
    ([*COMPANY_ROW, "名称"], ["名称"]),
]


@pytest.mark.parametrize(("heading", "columns"), HEADINGS, ids=["unknown", "missing", "twice"])
def test_a_wrong_heading_is_told_before_anything_else(scene: Scene, heading: list[str], columns: list[str]) -> None:
    load = received(scene.cast.squad_leader, spreadsheet([COMPANY_ROW], heading))
    assert faults_of(load) == [(1, column) for column in columns]
    with pytest.raises(Refused):
        order_import(by=scene.cast.squad_leader, reference=load.reference, skip_faulty=True)


def test_faulty_rows_are_left_out_only_when_somebody_says_so(scene: Scene) -> None:
    load = received(scene.cast.squad_leader, csv_file([company(1), company(2, 地址=""), company(3)]))
    with pytest.raises(Refused) as refused:
        order_import(by=scene.cast.squad_leader, reference=load.reference)
    assert [one.code for one in refused.value.refusals] == ["import-faults"]
    order_import(by=scene.cast.squad_leader, reference=load.reference, skip_faulty=True)
    work(load.pk)
    load.refresh_from_db()
    assert (load.state, load.created, load.faulty_rows) == (ImportState.LOADED, 2, 1)
    assert faults_of(load) == [(3, "地址")]


def test_known_entries_are_changed_with_their_history_and_never_by_older_data(scene: Scene) -> None:
    loaded(scene, spreadsheet([{**COMPANY_ROW, "数据日期": "2026-02-01"}]))
    again = loaded(
        scene,
        spreadsheet([{**COMPANY_ROW, "数据日期": "2026-02-02", "地址": "梨树县梨树镇新路2号", "许可证号": "许1"}]),
    )
    assert (again.created, again.updated) == (0, 1)
    entry = SupervisedSubject.objects.get()
    assert (entry.address, entry.updated_on, entry.version) == ("梨树县梨树镇新路2号", date(2026, 2, 2), 2)
    change = SubjectChange.objects.get()
    assert change.changes == {"地址": ["梨树县梨树镇示例路1号", "梨树县梨树镇新路2号"], "许可证": ["", "许1"]}
    same = loaded(scene, spreadsheet([{**COMPANY_ROW, "数据日期": "2026-02-02", "地址": "梨树县梨树镇新路2号"}]))
    assert (same.updated, same.unchanged) == (0, 1)
    older = received(scene.cast.squad_leader, spreadsheet([{**COMPANY_ROW, "数据日期": "2026-01-31"}]))
    assert faults_of(older) == [(2, "数据日期")]
    other_name = received(scene.cast.squad_leader, spreadsheet([{**COMPANY_ROW, "名称": "另一个名称有限公司"}]))
    assert faults_of(other_name) == [(2, "名称")]


def test_a_killed_worker_loses_nothing_and_doubles_nothing(scene: Scene, monkeypatch: Any) -> None:
    register = REGISTERS[ImportKind.OBJECTS]
    monkeypatch.setitem(REGISTERS, ImportKind.OBJECTS, type(register)(**{**vars(register), "chunk": 2}))
    rows = [company(serial) for serial in range(1, 6)] + [company(2)]
    load = received(scene.cast.squad_leader, csv_file(rows))
    order_import(by=scene.cast.squad_leader, reference=load.reference, skip_faulty=True)
    written = driving._write_chunk
    calls = []

    def dies_at_the_second(*args: Any) -> None:
        calls.append(args)
        written(*args)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(driving, "_write_chunk", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        work(load.pk)
    monkeypatch.setattr(driving, "_write_chunk", written)
    assert SupervisedSubject.objects.count() == 2
    assert waiting_ids() == []
    RegisterImport.objects.update(beat_at=clock.now() - SILENT - timedelta(seconds=1))
    assert waiting_ids() == [load.pk]
    work(load.pk)
    load.refresh_from_db()
    assert (load.state, load.created, load.faults) == (ImportState.LOADED, 5, 1)
    assert Party.objects.filter(uscc__in=[code_of(serial) for serial in range(1, 6)]).count() == 5
    assert faults_of(load) == [(7, "统一社会信用代码")]


BROKEN = [
    ("名录.xlsx", b"PK\x03\x04 not a zip", "file.broken"),
    ("名录.xlsx", b"%PDF-1.7", "file.broken"),
    ("名录.xlsx", b"", "file.empty"),
    ("名录.xls", b"\xd0\xcf\x11\xe0", "file.type"),
    ("名录.csv", b"PK\x03\x04rest", "file.type"),
    ("名录.csv", b"a,b\x00c", "file.type"),
]


@pytest.mark.parametrize(("name", "content", "code"), BROKEN)
def test_a_file_that_is_no_table_is_not_taken(scene: Scene, name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        store_upload(SimpleUploadedFile(name, content), scene.cast.squad_leader, kinds=TABLE)
    assert [one.code for one in refused.value.refusals] == [code]


@pytest.mark.parametrize(
    "content", ["对象类别,名称\n", "\n", "\xff\xfe\x81"], ids=["heading only", "empty", "encoding"]
)
def test_an_empty_or_unreadable_file_fails_with_words(scene: Scene, content: str) -> None:
    file = SimpleUploadedFile("名录.csv", content.encode("latin-1" if "\xff" in content else "utf-8"))
    load = received(scene.cast.squad_leader, file)
    if load.state == ImportState.FAILED:
        assert load.failure
    else:
        assert load.faults
    with pytest.raises(Refused):
        order_import(by=scene.cast.squad_leader, reference=load.reference, skip_faulty=True)


@pytest.mark.parametrize("who", ["lead", "reviewer", "checker", "archivist", "system_admin"])
def test_who_may_not_load_objects(scene: Scene, who: str) -> None:
    with pytest.raises(NotAllowed):
        received(getattr(scene.cast, who), spreadsheet([COMPANY_ROW]))
    load = received(scene.cast.squad_leader, spreadsheet([COMPANY_ROW]))
    for act in (order_import, drop_import):
        with pytest.raises(NotAllowed):
            act(by=getattr(scene.cast, who), reference=load.reference)


def many(count: int, faulty: int) -> list[dict[str, Any]]:
    """Rows of which every so many has a fault: no address, a wrong code, an unknown kind, in turn."""
    wrong = ({"地址": ""}, {"统一社会信用代码": "91220322MA17ABCD2M"}, {"对象类别": "公司"})
    step = count // faulty
    return [company(n, **(wrong[n // step % 3] if n % step == 0 else {})) for n in range(1, count + 1)]


LONG = [pytest.mark.drill, pytest.mark.skipif(not os.environ.get("LISHU_LONG"), reason="minutes; LISHU_LONG=1")]


@pytest.mark.parametrize(
    ("count", "faulty"), [(3_000, 15), pytest.param(100_000, 500, marks=LONG)], ids=["short", "whole"]
)
def test_a_large_directory_with_many_faults(scene: Scene, count: int, faulty: int) -> None:
    """100,000 rows with 500 faults: each told by row and column, the rest loaded, memory does not grow with the file."""
    load = loaded(scene, csv_file(many(count, faulty)), skip_faulty=True)
    assert (load.state, load.created, load.faults, load.faulty_rows) == (
        ImportState.LOADED, count - faulty, faulty, faulty,
    )  # fmt: skip
    step = count // faulty
    told = dict(ImportFault.objects.filter(load=load).values_list("row", "column"))
    columns = ("地址", "统一社会信用代码", "对象类别")
    assert told == {n + 1: columns[n // step % 3] for n in range(step, count + 1, step)}
    assert SupervisedSubject.objects.count() == count - faulty

"""G13: a spreadsheet of objects into the database, validated, beside bare parsing and copying of the same rows.

The floor is what any load of this file has to pay for: the sheet parsed, and the rows of the directory (a party, an
entry and a licence each) copied as finished lines into their own tables, every index, foreign key and constraint of
them kept. Not in the floor, and therefore what the goal measures: reading cells, every check, the look-up of what the
registry knows already, numbers, pinyin keys and the sealing of addresses. Beside it stands what parsing and copying cost
into a bare table of texts that keeps nothing, which no load could use.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from inspections.loading import object_writing, objects
from lishu_law import clock
from lishu_law.demo.bench.measuring import ROUNDS, Line, at_best, best, in_all, in_turns, whole
from lishu_law.demo.bench.people import Staff
from lishu_law.registry.identity.uscc import organisation_check_digit, uscc_check_digit
from lishu_law.registry.models import (
    ImportKind,
    Party,
    RegisterImport,
    StoredFile,
    SubjectLicence,
    SupervisedSubject,
)
from lishu_law.web.loading.columns import Heading
from lishu_law.web.loading.sheets import read_rows
from lishu_law.web.uploads.tables import XLSX

TITLES = (
    "对象类别",
    "名称",
    "统一社会信用代码",
    "负责人",
    "行业类别",
    "地址",
    "从业人数",
    "信用风险",
    "许可证号",
    "数据日期",
)
CHUNK = 2_000
CHECK_KEYS = "SET CONSTRAINTS ALL IMMEDIATE"  # what a commit does; a turn that is rolled back would never pay for it
TABLES = (Party, SupervisedSubject, SubjectLicence)
COMMON = (
    "东南西北中山水河林田路桥春夏秋冬天地日月星云风雨雪松柏梅兰竹菊金银铜铁石玉珠明光华国民安平和顺利达通运兴旺盛昌隆"
    "福禄寿喜庆吉祥瑞宝诚信义德仁善美好新大小长远高红黄蓝绿白青龙凤虎马牛羊鹿鹤鹏飞翔宏伟建设立成功创业发展进步升"
)


def objects_import(staff: Staff, count: int) -> Line:
    """G13, in seconds of the whole file. Every turn is rolled back, so that each meets the same empty directory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "objects.xlsx")
        _write_file(path, count)
        load = _load(staff, path)
        finished = _finished(path, load, count)
        floor, ours = in_turns(whole(lambda: _floor(path, finished)), whole(lambda: _ours(path, load, count)))
        bare = best([whole(lambda: _bare(path))() for _ in range(ROUNDS)])
        note = (
            f"into a bare table of texts {bare.wall:.3f} s; {at_best(in_all(lambda: _ours(path, load, count)), floor)}"
        )
    return Line("G13", f"import of {count} objects", "s", floor.wall, ours.wall, 1.5, note=note)


def _write_file(path: Path, count: int) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(TITLES)
    for serial in range(count):
        sheet.append(
            ("企业", f"测试示例{_words(serial, 3)}第{serial}货运有限公司", _code(serial), f"示{_words(serial, 2)}",
             ("道路货运", "道路客运", "危货运输")[serial % 3], f"示例镇示例路{serial}号", serial % 90, "ABCD"[serial % 4],
             f"测试许可{serial:06d}号", f"2026-01-{serial % 28 + 1:02d}")
        )  # fmt: skip
    book.save(path)


def _words(serial: int, length: int) -> str:
    """Characters that hardly any two rows share, as in names of a county: nothing is quick because it was met before."""
    return "".join(COMMON[serial * step % len(COMMON)] for step in (7, 31, 113)[:length])


def _code(serial: int) -> str:
    inner = f"BN{serial:06d}"
    first_17 = f"91220399{inner}{organisation_check_digit(inner)}"
    return first_17 + uscc_check_digit(first_17)


def _load(staff: Staff, path: Path) -> RegisterImport:
    file, _new = StoredFile.objects.get_or_create(
        sha256="0" * 64, received_by=staff.squad_leader,
        defaults={"original_name": path.name, "size": path.stat().st_size, "content_type": XLSX,
                  "received_at": clock.now()},
    )  # fmt: skip
    return RegisterImport.objects.create(
        kind=ImportKind.OBJECTS, file=file, source="测试", by=staff.squad_leader, uploaded_at=clock.now()
    )


def _finished(path: Path, load: RegisterImport, count: int) -> list[tuple[str, str]]:
    """The rows our own load writes, as lines of each table, and the command that copies them."""
    with transaction.atomic():
        _load_all(path, load, count)
        found = finished_lines(TABLES, count)
        transaction.set_rollback(True)
    return found


def finished_lines(tables: Sequence[type[Model]], count: int) -> list[tuple[str, str]]:
    """The newest ``count`` rows of each table as lines, and the command that copies them."""
    found = []
    with connection.cursor() as cursor:
        for model in tables:
            table, lines = f'"{model._meta.db_table}"', io.StringIO()
            columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
            rows = f"SELECT {columns} FROM {table} ORDER BY id DESC LIMIT {count}"
            cursor.copy_expert(f"COPY (SELECT * FROM ({rows}) AS made ORDER BY id) TO STDOUT", lines)
            found.append((f"COPY {table} ({columns}) FROM STDIN", lines.getvalue()))
    return found


def _floor(path: Path, finished: list[tuple[str, str]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        for command, lines in finished:
            cursor.copy_expert(command, io.StringIO(lines))
        cursor.execute(CHECK_KEYS)
        transaction.set_rollback(True)


def _bare(path: Path) -> None:
    """Read the sheet, copy its cells as they are into a table of texts; nothing is checked, nothing is kept."""
    text = io.StringIO()
    csv.writer(text).writerows(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
    text.seek(0)
    columns = ", ".join(f"c{place} text" for place in range(len(TITLES)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE bench_import ({columns}) ON COMMIT DROP")
        cursor.copy_expert("COPY bench_import FROM STDIN WITH (FORMAT csv)", text)
        transaction.set_rollback(True)


def _ours(path: Path, load: RegisterImport, count: int) -> None:
    """Every cell checked, parties and entries matched and written with their constraints, then rolled back."""
    with transaction.atomic():
        _load_all(path, load, count)
        with connection.cursor() as cursor:
            cursor.execute(CHECK_KEYS)
        transaction.set_rollback(True)


def _load_all(path: Path, load: RegisterImport, count: int) -> None:
    created = 0
    seen, today = objects.Seen(), clock.today()
    rows = read_rows(path, XLSX)
    heading = Heading(objects.COLUMNS, next(rows))
    filled = (row for no, cells in enumerate(rows, 2) if (row := heading.row(no, cells)))
    while chunk := list(islice(filled, CHUNK)):
        good, faults = objects.check(chunk, seen, today, demo=settings.DEMO)
        if faults:
            raise ValueError(f"the rows of the measurement have faults: {faults[0]}")
        created += object_writing.write(good, load, clock.now()).created
    if created != count:
        raise ValueError(f"{created} objects were written instead of {count}")

"""G13L: the bureau's 8,707 earlier decisions from a workbook, masked and validated, beside parsing and copying them.

The floor is what any load of this file has to pay for: the sheet parsed, and the finished rows (record, what is remembered
beside it, its event) copied into their own tables with every index and constraint. Not in the floor: reading cells, every
check, the whitelist copy with its masking, and the leak gate over each text. The note says how much of ours the masking and
the gate are, which no load of decisions may leave out.
"""

from __future__ import annotations

import io
import random
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from disclosure.actions.intake import take_in_core
from disclosure.demo import invented
from disclosure.intake import checking
from disclosure.intake.columns import COLUMNS
from disclosure.models import DisclosureRecord, LegacyDecision, RecordEvent
from lishu_law import clock
from lishu_law.demo.bench.importing import CHECK_KEYS, finished_lines
from lishu_law.demo.bench.measuring import ROUNDS, Line, at_best, best, in_all, in_turns, whole
from lishu_law.demo.bench.people import Staff
from lishu_law.registry.models import ImportKind, PartyKind, RegisterImport, StoredFile
from lishu_law.web.loading.columns import Heading, Row
from lishu_law.web.loading.sheets import read_rows
from lishu_law.web.uploads.tables import XLSX

CHUNK = 1_000
TABLES = (DisclosureRecord, LegacyDecision, RecordEvent)
_KINDS = {
    PartyKind.CITIZEN.value: "自然人", PartyKind.ORGANISATION.value: "法人或者其他组织",
    PartyKind.INDIVIDUAL_BUSINESS.value: "个体工商户",
}  # fmt: skip


def earlier_decisions(staff: Staff, count: int) -> Line:
    """G13L, in seconds of the whole file. Every turn is rolled back, so that each meets the same register."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "earlier.xlsx")
        _write_file(path, count)
        load = _load(staff, path)
        with transaction.atomic():
            _load_all(path, load, count)
            lines = finished_lines(TABLES, count)
            transaction.set_rollback(True)
        floor, ours = in_turns(whole(lambda: _floor(path, lines)), whole(lambda: _ours(path, load, count)))
        masking = best([whole(lambda: _check_all(path))() for _ in range(ROUNDS)])
        note = f"checks, masking and leak gate alone: {masking.wall:.3f} s; {at_best(in_all(lambda: _ours(path, load, count)), floor)}"
    return Line("G13L", f"intake of {count} earlier decisions", "s", floor.wall, ours.wall, 1.5, note=note)


def _write_file(path: Path, count: int) -> None:
    chance, book = random.Random(1), Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([column.title for column in COLUMNS])
    today = clock.today()
    for serial in range(count):
        day = today.replace(year=today.year - 1 - serial % 6, day=1 + serial % 28)
        facts = invented(chance, day, serial + 1)
        values = {
            "number": facts.number.replace("罚", "旧罚"), "party_kind": _KINDS[facts.party_kind],
            "party_name": facts.party_name or facts.party_person_name, "uscc": facts.party_uscc,
            "person_name": facts.party_person_name,
            "id_number": "" if facts.party_kind == PartyKind.ORGANISATION else facts.party_id_number,
            "other_people": "、".join(facts.other_people), "plates": "、".join(facts.plates),
            "violation": facts.violation, "domain": facts.domain, "act_on": facts.act_on.isoformat(),
            "decided_on": day.isoformat(), "published_on": day.isoformat(), "place": facts.place,
            "facts": facts.facts_text, "breached": facts.breached, "basis": facts.basis, "tier": facts.tier,
            "types": "罚款", "result": facts.result_text, "fine": str(facts.fine), "procedure": "普通程序",
            "is_on_exchange": "是",
        }  # fmt: skip
        sheet.append([values.get(column.key, "") for column in COLUMNS])
    book.save(path)


def _load(staff: Staff, path: Path) -> RegisterImport:
    file, _new = StoredFile.objects.get_or_create(
        sha256="1" * 64, received_by=staff.squad_leader,
        defaults={"original_name": path.name, "size": path.stat().st_size, "content_type": XLSX,
                  "received_at": clock.now()},
    )  # fmt: skip
    return RegisterImport.objects.create(
        kind=ImportKind.LEGACY, file=file, source="测试", by=staff.squad_leader, uploaded_at=clock.now()
    )


def _floor(path: Path, lines: list[tuple[str, str]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        for command, text in lines:
            cursor.copy_expert(command, io.StringIO(text))
        cursor.execute(CHECK_KEYS)
        transaction.set_rollback(True)


def _ours(path: Path, load: RegisterImport, count: int) -> None:
    with transaction.atomic():
        _load_all(path, load, count)
        with connection.cursor() as cursor:
            cursor.execute(CHECK_KEYS)
        transaction.set_rollback(True)


def _chunks(path: Path) -> list[list[Row]]:
    rows = read_rows(path, XLSX)
    heading = Heading(COLUMNS, next(rows))
    filled = [row for no, cells in enumerate(rows, 2) if (row := heading.row(no, cells))]
    return [filled[start : start + CHUNK] for start in range(0, len(filled), CHUNK)]


def _check_all(path: Path) -> None:
    seen = checking.Seen()
    for chunk in _chunks(path):
        checking.check(chunk, seen, clock.today(), demo=settings.DEMO)


def _load_all(path: Path, load: RegisterImport, count: int) -> None:
    created, seen = 0, checking.Seen()
    for chunk in _chunks(path):
        good, faults = checking.check(chunk, seen, clock.today(), demo=settings.DEMO)
        wrong = [one for one in faults if not one.is_notice]
        if wrong:
            raise ValueError(f"the rows of the measurement have faults: {wrong[0]}")
        created += len(take_in_core(good, load, clock.now()))
    if created != count:
        raise ValueError(f"{created} decisions were written instead of {count}")

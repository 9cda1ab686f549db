"""The command that recomputes examples: equal, different, impossible and hostile files."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cases.discretion.examples import COLUMNS

pytestmark = pytest.mark.law

SHIPPED = Path("cases/data/discretion_examples.csv")
HEADING = ",".join(COLUMNS)
GOOD = "X1,road-dig,area_m2=4; depth_cm=20,2025-05-10,2025-06-01,一般,3000,5000,yuan,road-dig-02,penalise"


def assess(*arguments: Any) -> tuple[int, str]:
    """Exit code and output."""
    out = io.StringIO()
    try:
        call_command("assess", *[str(one) for one in arguments], stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def write(*lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "examples.csv"
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return path

    return write


def test_all_shipped_rows_are_equal() -> None:
    code, said = assess(SHIPPED)
    assert code == 0
    assert "共 38 行，一致 38 行，不一致 0 行" in said
    assert said.count("\t一致\t") == 38


def test_the_json_has_every_row() -> None:
    code, said = assess(SHIPPED, "--json")
    found = json.loads(said)
    assert (code, found["total"], found["different"], found["equal"]) == (0, 38, 0, True)
    assert [row["id"] for row in found["rows"]][-4:] == ["W34b", "W34c", "W35", "W36"]
    w36 = found["rows"][-1]
    assert w36["computed"] == {
        "tier": "严重", "min": "73000", "max": "100000", "unit": "yuan", "rows": "pax-unlicensed-06",
        "action": "penalise",
    }  # fmt: skip
    assert w36["suggestion"] == "86500"


@pytest.mark.parametrize("column", [name for name in COLUMNS if name.startswith("expect_")])
def test_one_wrong_expectation_is_found_in_every_column(file: Any, column: str) -> None:
    cells = dict(zip(COLUMNS, GOOD.split(","), strict=True)) | {column: "7"}
    code, said = assess(file(HEADING, GOOD, ",".join(cells.values())))
    assert code == 1
    assert f"{column} 应为“7”" in said
    assert "一致 1 行，不一致 1 行" in said


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (GOOD.replace("area_m2=4", "area_m2=-4"), "不带符号的数字"),
        (GOOD.replace("area_m2=4", "area_m2=" + "9" * 5000), "超出了可能的范围"),
        (GOOD.replace("area_m2=4", "nonsense=4"), "没有“nonsense”这项事实"),
        (GOOD.replace("area_m2=4", "__import__('os')=4"), "这项事实"),
        (GOOD.replace("area_m2=4", "area_m2=4; area_m2=5"), "写了两次"),
        (GOOD.replace("area_m2=4", "party_age=" + "1" * 5000), "party_age"),
        (GOOD.replace("area_m2=4", "area_m2"), "名称=值"),
        (GOOD.replace("2025-05-10", "2025-07-10"), "晚于决定日期"),
        (GOOD.replace("2025-05-10", "20250510"), "act_date"),
        (GOOD.replace("2025-05-10", "2025-02-30"), "act_date"),
        (GOOD.replace("road-dig,", ","), "没有写明违法行为"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_told_and_the_others_go_on(file: Any, row: str, words: str) -> None:
    code, said = assess(file(HEADING, row, GOOD))
    assert code == 1
    assert "\t出错\t" in said
    assert words in said
    assert "一致 1 行，不一致 1 行" in said


def test_an_unknown_item_has_no_suggestion_and_says_why(file: Any) -> None:
    row = "X2,road-dgi,,2025-05-10,2025-06-01,,,,none,,penalise"
    code, said = assess(file(HEADING, row))
    assert code == 1
    assert "裁量基准里没有“road-dgi”这种违法行为" in said


def test_the_last_days_of_the_calendar_do_not_break_it(file: Any) -> None:
    row = "X3,road-dig,area_m2=4; depth_cm=20,9999-05-10,9999-12-31,一般,3000,5000,yuan,road-dig-02,penalise"
    assert assess(file(HEADING, row))[0] == 0


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "缺少这些列"),
        ([HEADING], "没有一行例子"),
        ([HEADING, ",,,"], "没有一行例子"),
        (["id,items"], "缺少这些列：inputs"),
        ([HEADING + ",id", GOOD], "出现了两次：id"),
        ([HEADING, GOOD + ",more"], "第 2 行有 12 格"),
        ([HEADING, '"X1,road'], "读不出来"),
        ([HEADING, "X1," + "a" * 30_000], "超过"),
    ],
)  # fmt: skip
def test_a_file_of_another_format_is_refused(file: Any, lines: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        assess(file(*lines))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="文件读不出来"):
        assess(tmp_path / "none.csv")
    with pytest.raises(CommandError, match="文件读不出来"):
        assess(tmp_path)
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"\xff\xfe\x00\x01\x81")
    with pytest.raises(CommandError, match="编码"):
        assess(broken)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_column_order_and_idle_spaces(file: Any, encoding: str) -> None:
    names = [*reversed(COLUMNS), "remark"]
    cells = dict(zip(COLUMNS, GOOD.split(","), strict=True)) | {"remark": "某人的备注"}
    path = file(",".join(names), ",".join(f" {cells[name]} " for name in names), encoding=encoding)
    assert assess(path)[0] == 0


def test_another_table_may_be_named(file: Any, tmp_path: Path) -> None:
    rows = Path("cases/data/discretion_benchmarks.csv").read_text(encoding="utf-8")
    other = tmp_path / "rows.csv"
    other.write_text(rows.replace("road-dig-02,road-dig", "road-dig-99,road-dig"), encoding="utf-8")
    code, said = assess(file(HEADING, GOOD), "--benchmark", other, "--lists", "cases/data/four_lists.csv")
    assert code == 1
    assert "算得“road-dig-99”" in said
    with pytest.raises(CommandError, match="一起指定"):
        assess(file(HEADING, GOOD), "--benchmark", other)
    other.write_text(rows.replace("2021-07-15", "last summer"), encoding="utf-8")
    with pytest.raises(CommandError, match="effective_from"):
        assess(file(HEADING, GOOD), "--benchmark", other, "--lists", "cases/data/four_lists.csv")

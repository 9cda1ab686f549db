"""The rules of a visit and of signatures, row by row: each refuses, and each lets the lawful neighbour pass."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest

from inspections import rules
from inspections.record_text import RecordFacts, RecordPoint, record_text
from inspections.rules import Position
from lishu_law.errors import Refusal
from lishu_law.registry.identity import InvalidValue
from lishu_law.web.signatures import parse_strokes

OURS, OTHER = "91220322MA17ABCD2L", "91220322MA0Y1C2E3N"
START = datetime(2026, 3, 4, 1, 5, tzinfo=UTC)  # 09:05 in Shanghai
NOW = START + timedelta(hours=2)
WINDOW = rules.Window(START - timedelta(minutes=5), START + timedelta(hours=8), True)
TODAY = date(2026, 3, 4)


def codes(refusals: Iterable[Refusal]) -> list[str]:
    return [one.code for one in refusals]


@pytest.mark.parametrize(
    ("how", "read", "is_allowed"),
    [
        ("licence", OURS, True),
        ("licence", f"http://example.test/corp?uniscid={OURS}&x=1", True),
        ("licence", f"统一社会信用代码：{OURS.lower()}；名称：示例运输", True),
        ("licence", f"名称示例{OTHER}，{OURS}", True),
        ("licence", OTHER, False),
        ("licence", OURS[:-1] + "A", False),  # the check character does not fit
        ("licence", "https://example.test/licence/7f3a", False),
        ("licence", "", False),
        ("code", "", True),
        ("paper", OTHER, True),
    ],
)
def test_the_scanned_licence_is_the_objects(how: str, read: str, is_allowed: bool) -> None:
    assert codes(rules.licence_is_objects(how, read, OURS)) == ([] if is_allowed else ["insp-scan"])


def test_the_refusal_says_what_was_read() -> None:
    (other,) = rules.licence_is_objects("licence", OTHER, OURS)
    assert OTHER in other.message
    (strange,) = rules.licence_is_objects("licence", "https://example.test/licence/7f3a", OURS)
    assert "https://example.test/licence/7f3a" in strange.message


def test_an_object_without_a_code_is_not_scanned() -> None:
    assert codes(rules.licence_is_objects("licence", OURS, "")) == ["insp-scan"]
    assert rules.licence_is_objects("paper", "", "") == []


def test_the_distance_is_measured_over_ground() -> None:
    here = Position(43.3, 124.3)
    assert rules.metres_between(here, here) == 0
    assert abs(rules.metres_between(here, Position(43.31, 124.3)) - 1112) <= 2  # a hundredth of a degree of latitude
    assert abs(rules.metres_between(here, Position(43.3, 124.31)) - 809) <= 3  # shorter to the east, cos 43.3°


@pytest.mark.parametrize(("distance", "expected"), [(None, False), (0, False), (500, False), (501, True)])
def test_more_than_500_metres_is_flagged(distance: int | None, expected: bool) -> None:
    assert rules.is_far(distance, 500) is expected


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, ""),
        ({"facts": " "}, "看到的情况"),
        ({"article": ""}, "违反的条款"),
        ({"disposal": ""}, "处理办法"),
        ({"has_evidence": False}, "照片或者其他证据"),
        ({"outcome": "合格", "facts": "", "article": "", "disposal": "", "has_evidence": False}, ""),
        ({"outcome": "合理缺项", "facts": "", "article": "", "disposal": "", "has_evidence": False}, ""),
    ],
)
def test_a_failed_point_has_facts_proof_article_and_disposal(change: dict[str, object], missing: str) -> None:
    whole: dict[str, object] = {
        "no": "1", "outcome": "不合格", "facts": "未苫盖", "article": "某条", "disposal": "case", "has_evidence": True,
    }  # fmt: skip
    found = rules.failed_points_complete([rules.PointFacts(**{**whole, **change})])  # type: ignore[arg-type]
    assert [missing in one.message for one in found] == ([True] if missing else [])


def test_every_point_is_answered_once() -> None:
    wanted = {(1, "1"), (1, "2")}
    assert rules.points_answered([(1, "1"), (1, "2")], wanted) == []
    for given in ([(1, "1")], [(1, "1"), (1, "2"), (1, "9")], [(1, "1"), (1, "2"), (1, "2")]):
        assert codes(rules.points_answered(given, wanted)) == ["insp-record"]


@pytest.mark.parametrize(
    ("result", "failed", "expected"),
    [("R1", 0, []), ("R1", 1, ["result-fits"]), ("R7", 1, ["result-fits"]), ("R5", 1, [])],
)
def test_result_fits(result: str, failed: int, expected: list[str]) -> None:
    assert codes(rules.result_fits(result, failed)) == expected


@pytest.mark.parametrize(
    ("signing", "is_signed", "note", "witness", "expected"),
    [
        ("signed", True, "", "", []),
        ("signed", False, "", "", ["insp-signed"]),
        ("refused", False, "不愿签字", "示例见证人", []),
        ("refused", False, "不愿签字", "", ["insp-signed"]),
        ("refused", True, "", "示例见证人", ["insp-signed"]),
    ],
)
def test_signing_complete(*, signing: str, is_signed: bool, note: str, witness: str, expected: list[str]) -> None:
    assert codes(rules.signing_complete(signing, is_signed, note, witness)) == expected


@pytest.mark.parametrize(
    ("result", "what", "due", "expected"),
    [
        ("R5", "配齐灭火器", TODAY, []),
        ("R5", "配齐灭火器", TODAY - timedelta(days=1), ["insp-order"]),
        ("R5", "配齐灭火器", None, ["insp-order"]),
        ("R5", "", None, ["insp-order", "insp-order"]),
        ("R2", "", TODAY, ["insp-order"]),
        ("R1", "", None, []),
        ("R1", "配齐灭火器", TODAY, ["insp-order"]),
        ("R7", "", TODAY, ["insp-order"]),
        ("R9", "", None, []),
        ("R9", "立即停止", TODAY, []),
        ("R9", "立即停止", None, ["insp-order"]),
    ],
)
def test_an_order_says_what_and_by_when(result: str, what: str, due: date | None, expected: list[str]) -> None:
    assert codes(rules.order_fits(result, what, due, TODAY)) == expected


def test_a_recheck_looks_at_one_open_order() -> None:
    assert rules.may_recheck(True, False, "") == []
    assert codes(rules.may_recheck(False, False, "")) == ["insp-recheck"]
    assert codes(rules.may_recheck(True, True, "")) == ["insp-recheck"]
    assert "JC-1" in rules.may_recheck(True, False, "JC-1")[0].message


@pytest.mark.parametrize(
    ("result", "end"),
    [("R1", "corrected"), ("R7", "corrected"), ("R5", "again"), ("R9", "case"), ("R8", ""), ("R4", "")],
)
def test_the_recheck_ends_the_order(result: str, end: str) -> None:
    assert rules.order_end(result) == end


def test_a_result_left_open_has_sixty_days() -> None:
    assert rules.pending_due(date(2026, 3, 4), 60) == date(2026, 5, 3)
    assert rules.pending_due(date(2028, 1, 1), 60) == date(2028, 3, 1)  # over 29 February


@pytest.mark.parametrize(
    ("result", "is_ended", "ends_as", "expected"),
    [
        ("R8", False, "R5", []),
        ("R8", False, "R9", []),
        ("R8", False, "R1", ["insp-pending"]),
        ("R8", True, "R5", ["insp-pending"]),
        ("R5", False, "R9", ["insp-pending"]),
    ],
)
def test_a_result_left_open_ends_as_r5_or_r9(*, result: str, is_ended: bool, ends_as: str, expected: list[str]) -> None:
    assert codes(rules.pending_may_end(result, is_ended, ends_as)) == expected


def test_a_suspension_says_why_and_ends_inside_the_window() -> None:
    assert codes(rules.suspension_says_why(" ")) == ["insp-suspended"]
    assert rules.suspension_says_why("厂门锁着，电话没人接") == []
    assert rules.may_resume(WINDOW, WINDOW.ends_at) == []
    assert codes(rules.may_resume(WINDOW, WINDOW.ends_at + timedelta(seconds=1))) == ["insp-window"]


@pytest.mark.parametrize(("result", "expected"), [("R4", []), ("R6", []), ("R8", []), ("R1", ["insp-suspended"])])
def test_an_interrupted_visit_does_not_end_as_if_it_was_made(result: str, expected: list[str]) -> None:
    assert codes(rules.may_end_suspended(result)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2026-03-04 09:30:00", START + timedelta(minutes=25)),
        ("2026-03-04 09:04:59", NOW),  # before the visit
        ("2026-03-04 23:00:00", NOW),  # after now
        ("", NOW),
        ("2026-13-04 09:30:00", NOW),
    ],
)
def test_the_time_of_a_photo_is_believed_inside_the_visit_only(said: str, expected: datetime) -> None:
    assert rules.photo_moment(said, START, NOW) == expected


def test_a_pass_is_good_on_its_day() -> None:
    assert rules.pass_is_valid(TODAY, TODAY)
    assert not rules.pass_is_valid(TODAY, TODAY + timedelta(days=1))
    assert not rules.pass_is_valid(TODAY, TODAY - timedelta(days=1))


# --- signatures ---


def pad(*strokes: list[list[int]]) -> str:
    return json.dumps({"w": 320, "h": 200, "strokes": strokes})


LINE = [[x, 40, x] for x in range(0, 200, 10)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (pad([[10, 10, 0]]), "signature.poor"),  # one dot
        (pad([[10, 10, 0]], [[11, 10, 5]], [[12, 10, 9]]), "signature.poor"),  # three dots
        (pad(LINE), "signature.poor"),
        (pad(LINE, LINE), "signature.poor"),
        (pad([[1, 1, 0], [2, 2, 1]], [[1, 1, 0], [2, 2, 1]], [[1, 1, 0], [2, 2, 1]]), "signature.poor"),  # tiny
        ("{", "signature.broken"),
        ("[]", "signature.broken"),
        ('{"w": 320, "h": 200, "strokes": [[["a", 1, 1]]]}', "signature.broken"),
        ('{"w": 1e9, "h": 200, "strokes": []}', "signature.broken"),
        (pad([[1, 1, 1]] * 20_001), "signature.broken"),
        ("x" * 400_001, "signature.broken"),
    ],
)
def test_a_poor_or_broken_signature_is_refused(text: str, code: str) -> None:
    with pytest.raises(InvalidValue) as wrong:
        parse_strokes(text)
    assert wrong.value.code == code
    assert "纸上" in wrong.value.message


def test_three_strokes_or_one_long_one_sign() -> None:
    assert parse_strokes("") is None
    assert parse_strokes(pad()) is None
    drawn = parse_strokes(pad(LINE, LINE, LINE))
    assert drawn is not None
    assert parse_strokes(drawn.as_json()) == drawn
    assert parse_strokes(pad([[at % 300, 40, at] for at in range(500)])) is not None


def test_the_record_says_everything_once_and_always_the_same() -> None:
    facts = RecordFacts(
        filing_no="JC-220322-2026-000001", subject="示例运输有限公司", uscc=OURS, place="示例路1号", started_at=START,
        finished_at=NOW, officers=[("示例甲", "JL-1"), ("示例乙", "")],
        points=[RecordPoint("1", "苫盖", "不合格", "未苫盖", "某条", "责令限期改正", "台账", 2), RecordPoint("2", "证件", "合格")],
        result="发现问题已责令改正", findings="未苫盖", order_what="苫盖严密", order_basis="某条", order_due=TODAY,
        present="示例厂长 厂长", interruptions=["被检查人不在场。门锁着"], photos=2,
    )  # fmt: skip
    text = record_text(facts)
    assert text == record_text(facts)
    for words in (
        "检查时间：2026年3月4日9时05分至2026年3月4日11时05分", "示例甲（执法证号 JL-1）、示例乙（执法证号 —）", "中止：被检查人不在场。门锁着",
        "1. 苫盖：不合格。情况：未苫盖；违反：某条；处理：责令限期改正；其他证据：台账；照片 2 张", "2. 证件：合格",
        "责令改正：苫盖严密（依据：某条），期限：2026年3月4日前", "被检查人意见：无", "现场照片：共 2 张",
    ):  # fmt: skip
        assert words in text

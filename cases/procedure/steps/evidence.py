"""Evidence of every kind and how it is secured: sampling, inquest, electronic data, monitoring devices, testing."""

from __future__ import annotations

from cases.procedure.facts import CaseFacts
from cases.procedure.guards import certificates_valid, remedies, two_officers
from cases.procedure.guards import evidence as g
from cases.procedure.states import State
from cases.procedure.steps.step_type import StepType

S = State
# Where facts are collected: at the clue as well, for what cannot wait.
FIELD = (S.CLUE, S.VERIFIED, S.INVESTIGATION)
# What is collected anew; while a review is open nothing is.
COLLECTING = (two_officers, certificates_valid, remedies.no_review_open)


def waits_for_review(facts: CaseFacts) -> bool:
    """The monitoring record in focus was not reviewed."""
    one = facts.focused_monitoring
    return bool(one and not one.outcome)


def waits_to_be_told(facts: CaseFacts) -> bool:
    """The monitoring record in focus passed, and the party does not know."""
    one = facts.focused_monitoring
    return bool(one and one.outcome == "passed" and one.told_on is None)


def has_no_result(facts: CaseFacts) -> bool:
    """The commission in focus is open."""
    one = facts.focused_commission
    return bool(one and not one.outcome)


def has_untold_result(facts: CaseFacts) -> bool:
    """The commission in focus has a result the party does not know."""
    one = facts.focused_commission
    return bool(one and one.outcome == "result" and one.told_on is None)


def has_recordings(facts: CaseFacts) -> bool:
    """There are audio-visual or electronic items."""
    return any(item.kind in {"audiovisual", "electronic"} for item in facts.evidence)


def has_copies(facts: CaseFacts) -> bool:
    """There are copies of papers to be pasted on a sheet."""
    return any(item.is_copy for item in facts.evidence)


def has_evidence(facts: CaseFacts) -> bool:
    return bool(facts.evidence)


STEPS: tuple[StepType, ...] = (
    StepType(
        "record_inquest", "制作勘验笔录", "调查取证", FIELD, None, "承办人", "case.record", "行政处罚法第五十五条",
        guards=COLLECTING, document="inquest_record", repeats=True, is_side=True,
    ),
    StepType(
        "take_sample", "抽样取证", "调查取证", FIELD, None, "承办人", "case.record", "行政处罚法第五十六条",
        guards=COLLECTING, document="sampling_voucher", repeats=True, is_side=True,
    ),
    StepType(
        "record_edata", "制作视听资料、电子数据记录单", "调查取证", FIELD, None, "承办人", "case.record",
        "行政处罚法第四十六条", document="edata_sheet", repeats=True, is_side=True, applies=has_recordings,
    ),
    StepType(
        "paste_copy", "制作证据粘贴页", "调查取证", FIELD, None, "承办人", "case.record",
        "行政处罚法第四十六条", document="paste_sheet", repeats=True, is_side=True, applies=has_copies,
    ),
    StepType(
        "exclude_evidence", "排除证据", "调查取证", FIELD, None, "承办人", "case.record",
        "行政处罚法第四十六条第三款", repeats=True, is_side=True, applies=has_evidence,
    ),
    StepType(
        "request_assistance", "发协助调查函", "调查取证", FIELD, None, "承办人", "case.record",
        "行政处罚法第二十六条", guards=(remedies.no_review_open,), document="assistance_letter", repeats=True, is_side=True,
    ),
    StepType(
        "commission_test", "委托鉴定、检测", "调查取证", FIELD, None, "承办人", "case.record",
        "行政处罚法第四十六条第一款", guards=COLLECTING, document="testing_commission", repeats=True, is_side=True,
    ),
    StepType(
        "record_test_result", "登记鉴定、检测结果", "调查取证", FIELD, None, "承办人", "case.record",
        "行政处罚法第四十六条第一款",
        guards=(
            g.result_awaited,
        ),
        repeats=True, is_side=True, part="commission", applies=has_no_result,
    ),
    StepType(
        "tell_test_result", "告知鉴定、检测结果", "调查取证", FIELD, None, "承办人", "case.record",
        "行政处罚法第四十六条第一款",
        guards=(
            g.result_untold,
        ),
        repeats=True, is_side=True, part="commission", applies=has_untold_result,
    ),
    StepType(
        "import_monitoring_record", "登记电子技术监控记录", "调查取证", FIELD, None, "承办人", "case.record",
        "行政处罚法第四十一条第一款", guards=(remedies.no_review_open,), repeats=True, is_side=True,
    ),
    StepType(
        "review_monitoring_record", "审核电子技术监控记录", "调查取证", FIELD, None, "法制审核员",
        "case.review_monitoring", "行政处罚法第四十一条第二款",
        guards=(
            g.monitoring_waits,
        ),
        starts=("inv-emonitor-notify",), document="monitoring_review", repeats=True, is_side=True, part="monitoring",
        applies=waits_for_review,
    ),
    StepType(
        "tell_monitoring", "告知监控记录并提供查询", "调查取证", FIELD, None, "承办人", "case.record",
        "行政处罚法第四十一条第三款",
        guards=(
            g.monitoring_untold,
        ),
        stops=("inv-emonitor-notify",), limit="inv-emonitor-notify", repeats=True, is_side=True, part="monitoring",
        applies=waits_to_be_told,
    ),
)  # fmt: skip

"""The story from the patrol to the archive, stage by stage, and what it printed at the end."""

from __future__ import annotations

import time
from datetime import timedelta

from lishu_law.demo.story import closing, disclosure, inquiry, patrol, penalty
from lishu_law.demo.story.journey import Journey


def drive(story: Journey) -> None:
    """Everything. Raises ``PageError``, ``FormError`` or ``TimeoutError`` where the site does not go along."""
    began = time.monotonic()
    _open(story)
    _investigate(story)
    _penalise(story)
    _publish(story)
    _close(story)
    story.say("")
    for title, seconds in story.seconds:
        story.say(f"  {seconds:6.1f} s  {title}")
    story.say(
        f"  {time.monotonic() - began:6.1f} s  合计；途中 {story.refusals} 次应当拒绝的操作都被拒绝，没有留下痕迹"
    )


def _open(story: Journey) -> None:
    with story.stage("巡查班次报备、审批"):
        start = patrol.file_shift(story)
    with story.stage("23:02 路检，发现违法，一键立案"):
        stopped = patrol.stop_the_truck(story, start)
        patrol.open_case(story)
        patrol.complete_party(story)
        inquiry.record_the_scene(story, stopped)
        inquiry.request_filing(story)
    with story.stage("立案审批"):
        story.clock_to(story.working_day(stopped.date(), 1, 9))
        inquiry.approve_filing(story)


def _investigate(story: Journey) -> None:
    now = story.now()
    with story.stage("调查取证"):
        inquiry.question(story, now.replace(hour=9, minute=30))
        inquiry.gather_evidence(story, now.replace(hour=10, minute=5))
    with story.stage("裁量"):
        inquiry.choose_the_amount(story)
    with story.stage("调查报告和审批"):
        inquiry.report(story, now.replace(hour=14, minute=0))


def _penalise(story: Journey) -> None:
    today = story.now().date()
    with story.stage("告知"):
        penalty.issue_notice(story)
        title, done = "送达违法行为通知书", "违法行为通知书已送达"
        penalty.serve(story, title, done, story.working_day(today, 1, 10))
        penalty.hasten(story)
    with story.stage("陈述申辩期"):
        due = story.due("陈述申辩")
        story.note("陈述申辩期届满", f"{due}")
        story.clock_to(story.working_day(story.now().date(), 1, 9))
        penalty.defend(story)
        story.clock_to(story.working_day(due, 1, 9))
    with story.stage("法制审核"):
        penalty.review(story)
    with story.stage("决定"):
        story.clock_to(story.working_day(due, 1, 15))
        penalty.decide(story)
        title, done = "送达处罚决定书", "处罚决定书已送达"
        penalty.serve(story, title, done, story.working_day(due, 2, 10))


def _publish(story: Journey) -> None:
    with story.stage("公示"):
        disclosure.publish(story)
        disclosure.see_in_public(story)
    with story.stage("推送和回执"):
        disclosure.wait_for_receipt(story)


def _close(story: Journey) -> None:
    with story.stage("缴款、结案、归档"):
        story.clock_to(story.now() + timedelta(days=3))
        closing.verify_duties(story)
        closing.pay(story)
        closing.close(story)
    with story.stage("核对全部文书 PDF"):
        count = closing.read_documents(story)
        story.note("文书", f"{count} 份")

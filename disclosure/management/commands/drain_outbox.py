"""``manage.py drain_outbox``: send what waits for the exchange now, without waiting for the worker."""

from __future__ import annotations

import signal
import time
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from disclosure.feed.client import READ_SECONDS, FeedClient
from disclosure.outbox.claim import MOST
from disclosure.outbox.poll import poll
from disclosure.outbox.send import LONGEST_RUN, Drained, drain

PAUSE = 0.05  # seconds between two rounds of a worker of its own


class Command(BaseCommand):
    help = "推送待发的公示信息，并查询回执"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=float, default=LONGEST_RUN, help="最长运行时间（秒）")
        parser.add_argument("--one-by-one", action="store_true", help="逐条推送，不用批量")
        parser.add_argument("--most", type=int, default=MOST, help="每次取出的条数")
        parser.add_argument("--poll", action="store_true", help="推送后查询回执")
        parser.add_argument("--forever", action="store_true", help="一直推送和查询，直到收到停止信号")
        parser.add_argument("--read-seconds", type=float, default=READ_SECONDS, help="等待平台回答的秒数")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.FEED_URL:
            raise CommandError("没有设置交换平台地址（LISHU_FEED_URL），不能推送。")
        if options["forever"]:
            _work(options)
            return
        with FeedClient(read_seconds=options["read_seconds"]) as client:
            done = _drained(client, options)
            confirmed = poll(client) if options["poll"] else 0
        self.stdout.write(f"已推送 {done.sent}，待重试 {done.retried}，需人工 {done.stopped}，已确认 {confirmed}")
        if done.alarm:
            self.stderr.write(done.alarm)


def _drained(client: FeedClient, options: dict[str, Any]) -> Drained:
    return drain(client, seconds=options["seconds"], batches=not options["one_by_one"], most=options["most"])


def _work(options: dict[str, Any]) -> None:
    """What the Celery worker does by its schedule, without Celery: for the drill, and where only this is wanted."""
    stopped = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    with FeedClient(read_seconds=options["read_seconds"]) as client:
        while not stopped:
            _drained(client, options)
            poll(client)
            time.sleep(PAUSE)

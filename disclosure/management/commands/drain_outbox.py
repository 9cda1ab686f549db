"""``manage.py drain_outbox``: send what waits for the exchange now, without waiting for the worker."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from disclosure.feed.client import FeedClient
from disclosure.outbox.poll import poll
from disclosure.outbox.send import LONGEST_RUN, drain


class Command(BaseCommand):
    help = "推送待发的公示信息，并查询回执"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=float, default=LONGEST_RUN, help="最长运行时间（秒）")
        parser.add_argument("--one-by-one", action="store_true", help="逐条推送，不用批量")
        parser.add_argument("--poll", action="store_true", help="推送后查询回执")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.FEED_URL:
            raise CommandError("没有设置交换平台地址（LISHU_FEED_URL），不能推送。")
        with FeedClient() as client:
            done = drain(client, seconds=options["seconds"], batches=not options["one_by_one"])
            confirmed = poll(client) if options["poll"] else 0
        self.stdout.write(f"已推送 {done.sent}，待重试 {done.retried}，需人工 {done.stopped}，已确认 {confirmed}")
        if done.alarm:
            self.stderr.write(done.alarm)

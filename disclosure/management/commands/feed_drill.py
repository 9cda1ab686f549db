"""``./lishu manage feed_drill``: the exchange under faults, kills and an outage, and whether both sides agree after it.

It makes a database, a folder and processes of its own and leaves nothing behind. Exit code 1: something was lost,
doubled, invented or left lying, or it took more than three times the calls of a quiet run.
"""

from __future__ import annotations

import json
import re
import signal
import time
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from disclosure.drill.place import make_tables, run_apart, scratch_database
from disclosure.drill.run import Wish, drill

UNITS = {"s": 1, "m": 60, "h": 3600}


class Command(BaseCommand):
    help = "推送演练：故障、强制中断和平台停机之后，两边是否一致"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--records", type=int, default=150, metavar="N", help="记录数（150）")
        parser.add_argument("--faults", type=float, default=0.1, help="出错的请求比例（0.1）")
        parser.add_argument("--seed", type=int, default=1, help="随机数种子")
        parser.add_argument("--speed", type=float, default=60.0, help="时间快进的倍数（60）")
        parser.add_argument("--outage", default="10m", metavar="10m", help="平台停机多久，如 10m、24h；0m 为不停机")
        parser.add_argument("--workers", type=int, default=2, help="推送进程数（2）")
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")
        parser.add_argument("--inside", default="", help="内部使用：在自己的数据库里运行的部分")

    def handle(self, *_args: Any, **options: Any) -> None:
        wish = _wish(options)
        if options["inside"]:
            make_tables()
            self.stdout.write(json.dumps(drill(wish, Path(options["inside"])), ensure_ascii=False))
            return
        signal.signal(signal.SIGTERM, _stop)  # also then nothing stays behind
        began = time.monotonic()
        words = ["feed_drill"]
        for name in ("records", "faults", "seed", "speed", "outage", "workers"):
            words += [f"--{name}", str(options[name])]
        with scratch_database() as url:
            code, printed = run_apart(words, url)
        if code or not printed.strip():
            raise CommandError(f"演练没有进行完（代码 {code}）。")
        report = json.loads(printed.strip().splitlines()[-1])
        report["seconds"] = round(time.monotonic() - began, 1)
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else in_words(report))
        if not report["ok"]:
            raise SystemExit(1)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _wish(options: dict[str, Any]) -> Wish:
    found = re.fullmatch(r"(\d{1,6})([smh])", options["outage"])
    if found is None:
        raise CommandError("--outage 写成数字加单位，如 10m、24h。")
    outage = timedelta(seconds=int(found[1]) * UNITS[found[2]])
    if not (10 <= options["records"] <= 50_000 and 0 <= options["faults"] <= 0.5 and 1 <= options["speed"] <= 1000):
        raise CommandError("记录数 10 到 50000，出错比例 0 到 0.5，快进 1 到 1000 倍。")
    if not 1 <= options["workers"] <= 8:
        raise CommandError("推送进程 1 到 8 个。")
    return Wish(options["records"], options["faults"], options["seed"], options["speed"], outage, options["workers"])


def in_words(report: dict[str, Any]) -> str:
    """The report for a person."""
    lines = [
        f"{'通过' if report['ok'] else '没有通过'}：{report['records']} 条记录，{report['rows']} 版，种子 {report['seed']}，"
        f"{report['seconds']} 秒",
        f"请求 {report['calls']} 次，没有故障时 {report['quiet_calls']} 次（{report['ratio']} 倍，最多 3 倍）",
        f"强制中断 {report['killed']} 次，停机 {report['outage']} 秒，对账 {report['rounds']} 次，"
        f"差异 {report['findings'] or '没有'}",
    ]
    lines += [f"✗ {name}：{'、'.join(found[:5])}" for name, found in report["problems"].items() if found]
    return "\n".join(lines)

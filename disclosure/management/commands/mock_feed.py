"""``manage.py mock_feed``: become the mock exchange, a program of its own that shares nothing with this one."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from disclosure.demo import ORGAN_USCC
from disclosure.feed.keys import keyring

KEPT = ("PATH", "LANG", "TMPDIR", "PYTHONUTF8")


class Command(BaseCommand):
    help = "单独运行模拟监管平台"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8700, help="端口，0 为任意空闲端口")
        parser.add_argument("--db", default=":memory:", help="SQLite 文件；不写则不保存")
        parser.add_argument("--faults", action="store_true", help="启用故障开关（/__mock__/）")
        parser.add_argument("--hostile", type=float, default=0.0, help="一开始就出错的请求比例，如 0.12")
        parser.add_argument("--seed", type=int, default=None, help="随机数种子")
        parser.add_argument("--rate", type=float, default=10.0, help="每秒请求数，0 为不限")
        parser.add_argument("--daily", type=int, default=20_000, help="每天记录数，0 为不限")

    def handle(self, *_args: Any, **options: Any) -> None:
        keys = {key.key_id: key.secret for key in keyring()}
        if not all(keys.values()):
            raise CommandError("没有设置交换平台的密钥（LISHU_FEED_SECRET），模拟平台无法验证签名。")
        folder = Path(settings.HOME) / "mock-alone"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / "keys.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps({settings.FEED_APP: {"uscc": ORGAN_USCC, "keys": keys}}), encoding="utf-8")
        environ = {name: value for name, value in os.environ.items() if name in KEPT or name.startswith("MOCK_")}
        environ |= {
            "MOCK_KEYS_FILE": str(path),
            "MOCK_DB": options["db"],
            "MOCK_RATE": str(options["rate"]),
            "MOCK_DAILY": str(options["daily"]),
        }
        if settings.DEMO and settings.DEMO_CLOCK_FILE:
            environ["MOCK_CLOCK_FILE"] = str(settings.DEMO_CLOCK_FILE)
        if options["faults"] or options["hostile"]:
            environ |= {"MOCK_FAULTS": "1", "MOCK_HOSTILE": str(options["hostile"])}
        if options["seed"] is not None:
            environ["MOCK_SEED"] = str(options["seed"])
        self.stdout.flush()
        words = [sys.executable, "-m", "disclosure.mock_feed", "--port", str(options["port"])]
        os.chdir(settings.ROOT)
        os.execve(sys.executable, words, environ)  # this process becomes the exchange; nothing is left to stop

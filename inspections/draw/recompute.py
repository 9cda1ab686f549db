"""双随机抽取核验程序。只需要 Python 3.8 以上，不用安装别的东西。

用法：把一次抽取公布的全部文件放进一个文件夹，运行 python3 recompute.py 文件夹。
程序用公布的名单和随机数重新抽取，与公布的结果逐行比较；全部一致时最后一行是“核验一致”。
对象按种子排列。执法人员本次任务少的在先，一样多的本年此前任务少的在先，还一样的按种子排列；应当回避的跳过。
"""

import csv
import hashlib
import hmac
import json
import math
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path


def sha(content):
    return hashlib.sha256(content).hexdigest()


class Lots:
    """One published draw, read from its files."""

    def __init__(self, folder):
        self.file = {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.suffix != ".py"}
        self.said, self.shown = json.loads(self.file["commitment.json"]), json.loads(self.file["reveal.json"])
        self.strata = {one["code"]: one for one in self.said["strata"]}
        pool = [(name, code) for name, code, excluded in self.rows("pool.csv") if not excluded]
        self.digest = sha("\n".join(sorted(name for name, _code in pool)).encode())
        self.nonce = bytes.fromhex(self.shown["nonce"])
        self.seed = hashlib.sha256(self.nonce + bytes.fromhex(self.digest) + self.said["draw_no"].encode()).digest()
        self.order = {code: sorted((name for name, own in pool if own == code), key=self.key) for code in self.strata}
        self.officers = [row for row in self.rows("officers.csv") if not row[2]]
        self.made, self.out = Counter(), set(map(tuple, self.rows("recusals.csv")))

    def rows(self, name):
        return list(csv.reader(self.file[name].decode().splitlines()))[1:]

    def key(self, name):
        return hmac.new(self.seed, name.encode(), "sha256").digest()

    def promises(self):
        """What was published before the draw still holds."""
        yield from ((name, digest, sha(self.file[name])) for name, digest in self.said["files"].items())
        yield "名单摘要", self.said["pool_digest"], self.digest
        yield "随机数的摘要", self.said["nonce_hash"], sha(self.nonce)
        yield "种子", self.shown["seed"], self.seed.hex()

    def row(self, name, stratum, place, kept=()):
        """Fill the team: fewest assignments of this draw first, then of the year before it, then the seed's order."""
        team, passed, wanted = list(kept), [], self.strata[stratum]["speciality"]
        able = [one for one in self.officers if not wanted or wanted in one[1].split(";")]
        for code, *_ in sorted(able, key=lambda one: (self.made[one[0]], int(one[3]), self.key(one[0]))):
            if code not in team and len(team) < self.said["team_size"]:
                (passed if (name, code) in self.out else team).append(code)
        self.made.update(team)
        return [name, stratum, str(place), ";".join(team), ";".join(passed)]

    def again(self):
        """Draw once more, then every redraw in turn."""
        found, now = self.rows("result.csv"), {}
        for code, line in self.order.items():
            count = max(1, math.ceil(len(line) * Fraction(self.strata[code]["ratio"]) / 100))
            now.update((name, self.row(name, code, place)) for place, name in enumerate(line[:count], 1))
        used = set(now)
        yield "result.csv 的行数", len(found), len(now)
        yield from ((f"result.csv 第 {n} 行", *pair) for n, pair in enumerate(zip(found, now.values()), 1))
        for n, (_why, old, gone, *said) in enumerate(self.rows("redraws.csv"), 1):
            if old not in now:
                yield f"redraws.csv 第 {n} 次", old, None
                return
            code, team = now[old][1], now.pop(old)[3].split(";")
            name = old if gone else next((one for one in self.order[code] if one not in used), old)
            used.add(name)
            self.made.subtract(team)
            self.out.add((name, gone))
            kept = [one for one in team if (name, one) not in self.out]
            now[name] = self.row(name, code, self.order[code].index(name) + 1, kept)
            yield f"redraws.csv 第 {n} 次", said, now[name]


if __name__ == "__main__":
    lots = Lots(sys.argv[1] if len(sys.argv) > 1 else ".")
    wrong = [one for one in lots.promises() if one[1] != one[2]]
    wrong = wrong or [one for one in lots.again() if one[1] != one[2]]
    print(f"抽取 {lots.said['draw_no']}，commitment.json 的摘要 {sha(lots.file['commitment.json'])}")
    for what, said, ours in wrong[:20]:
        print(f"不一致：{what}\n  公布的：{said}\n  重算的：{ours}")
    print(f"核验不一致：{len(wrong)} 处" if wrong else "核验一致")
    sys.exit(bool(wrong))

"""公示防篡改登记簿校验程序。只需要 Python 3.8 以上，不用安装别的东西，签名也由本程序自己验算。

用法：python3 verify_register.py 网站地址 --key 公钥 [--last 以前存下的检查点文件] [--save 文件] [--record 公示编号]
公钥请从公告栏或者每周公报上抄。没有出入时最后一行是“校验一致”，退出码 0；有出入的逐条列出，退出码 1。
"""

import argparse
import base64
import hashlib
import json
import re
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
LAST, KEYS = ("withdraw", "expire"), ["at", "commit", "ev", "rid", "seq", "v", "ver"]


def add(a, b):
    """Ed25519 (RFC 8032): the sum of two points in extended coordinates."""
    m, n = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    c, z = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    e, f, g, h = (n - m) % P, (z - c) % P, (z + c) % P, (n + m) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = add(found, point)
        number, point = number >> 1, add(point, point)
    return found


def point(raw):
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P:
        raise ValueError("not a point")
    x = x if x & 1 == raw[31] >> 7 else P - x
    return x, y, 1, x * y % P


def is_signed(public, message, signature):
    try:
        r, a, s = point(signature[:32]), point(public), int.from_bytes(signature[32:], "little")
    except (ValueError, IndexError):
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    one, other = times(s, point(bytes([0x58] + [0x66] * 31))), add(r, times(h, a))
    return s < L and all((one[i] * other[2] - other[i] * one[2]) % P == 0 for i in (0, 1))


def sha(data):
    return hashlib.sha256(data).digest()


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def joined(hashes):
    """The root over neighbouring full subtrees, the largest first."""
    found = hashes[-1] if hashes else sha(b"")
    for left in reversed(hashes[:-1]):
        found = sha(b"\x01" + left + found)
    return found


def read_note(text, key):
    """(size, root) of a note that the key signed; ValueError otherwise."""
    name, key_id, encoded = key.strip().split("+", 2)
    body, _, lines = text.partition("\n\n")
    origin, size, root = body.split("\n")
    public = base64.b64decode(encoded)[1:]
    if sha(name.encode() + b"\n\x01" + public)[:4].hex() != key_id or origin != name:
        raise ValueError("公钥或者登记簿名称不符")
    for line in lines.splitlines():
        raw = base64.b64decode(line.split(" ")[-1])
        if line.startswith("— " + name + " ") and raw[:4].hex() == key_id:
            if is_signed(public, (body + "\n").encode(), raw[4:]):
                return int(size), base64.b64decode(root)
    raise ValueError("检查点没有这把公钥的签名")


class Fields(HTMLParser):
    """The text of every element with a data-field, in order."""

    def __init__(self, page):
        super().__init__()
        self.found, self.name, self.depth = {}, None, 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if self.name is None and "data-field" in dict(attributes):
            self.name, self.depth = dict(attributes)["data-field"], 0
            self.found.setdefault(self.name, []).append("")
        self.depth += self.name is not None and tag not in ("br", "wbr", "img", "hr", "input")

    def handle_endtag(self, tag):
        self.depth -= self.name is not None
        self.name = self.name if self.depth > 0 else None

    def handle_data(self, data):
        if self.name is not None:
            self.found[self.name][-1] += data


class Check:
    def __init__(self, site, key):
        self.site, self.key, self.faults, self.newest = site.rstrip("/"), key, [], {}

    def get(self, path):
        while True:
            try:
                with urllib.request.urlopen(self.site + path, timeout=30) as answer:
                    return answer.status, answer.read()
            except urllib.error.HTTPError as error:
                if error.code != 429:
                    return error.code, error.read()
                time.sleep(int(error.headers.get("Retry-After", 60)))  # the site counts requests: wait, then go on

    def fault(self, *words):
        self.faults.append(" ".join(str(word) for word in words))

    def log(self, last):
        """All leaves, every older root, and the checkpoint of last time."""
        note = self.get("/register/checkpoint")[1].decode()
        size, root = read_note(note, self.key)
        wanted, before = {size: [root]}, size
        while before:
            listed = json.loads(self.get(f"/register/checkpoints.json?before={before}")[1])["checkpoints"]
            for one in listed:
                wanted.setdefault(one["size"], []).append(bytes.fromhex(one["root"]))
            before = listed[-1]["size"] if listed else 0
        if last:
            old_size, old_root = read_note(last, self.key)
            wanted.setdefault(old_size, []).append(old_root)
        peaks, place, at = [], 0, ""
        for tile in range((size + 255) // 256):
            for line in self.get(f"/register/tiles/{tile}")[1].split(b"\n")[:-1][: size - place]:
                at = self.leaf(line, place, at)
                hashed, index = sha(b"\x00" + line), place
                while index & 1:
                    hashed, index = sha(b"\x01" + peaks.pop() + hashed), index >> 1
                peaks.append(hashed)
                place += 1
                if any(one != joined(peaks) for one in wanted.pop(place, [])):
                    self.fault("检查点", place, "与前", place, "条登记算出的根不一致")
        for missing in sorted(wanted):
            self.fault("登记簿只有", place, "条，少于检查点", missing)
        return size, note

    def leaf(self, line, place, before):
        try:
            said = json.loads(line)
            if sorted(said) != KEYS or canonical(said) != line or (said["v"], said["seq"]) != (1, place):
                raise ValueError
        except (ValueError, TypeError):
            self.fault("第", place, "号叶子不合格式或者不在自己的位置")
            return before
        old = self.newest.get(said["rid"])
        if said["at"] < before:
            self.fault("第", place, "号叶子的时间早于前一条")
        if said["ev"] == "anchor":
            is_next = old is None or said["ver"] >= old["ver"]
        elif old is None:
            is_next = (said["ev"], said["ver"]) == ("publish", 1)
        else:
            follows = said["ev"] in ("correct", *LAST) and old["ev"] not in LAST
            is_next = follows and said["ver"] == old["ver"] + 1
        if not is_next:
            self.fault("第", place, "号叶子不能接在", said["rid"], "以前的登记后面")
        self.newest[said["rid"]] = said
        return said["at"]

    def record(self, rid, size):
        """Page, data file and files of a record against its newest leaf."""
        status, body = self.get(f"/penalties/{rid}.json")
        page_status, page = self.get(f"/penalties/{rid}/")
        try:
            said = json.loads(body)
            register, content, leaf = said["register"], said["content"], self.newest.get(rid)
            if register["leaf"] >= size:  # written since the checkpoint: it has an hour
                leaf = {key: register[key] for key in ("ver", "ev", "at", "commit")}
                limit = datetime.now(timezone.utc) - timedelta(minutes=60)
                if datetime.fromisoformat(leaf["at"]) < limit:
                    return self.fault(rid, "公示一小时以后还没有检查点")
            if leaf is None:
                return self.fault(rid, "正在公示，登记簿里没有")
            same = all(register[key] == leaf[key] for key in ("ver", "ev", "at", "commit"))
            if not same or said["public_id"] != rid or register["leaf"] != leaf.get("seq", register["leaf"]):
                self.fault(rid, "数据文件与登记不一致")
            if sha(bytes.fromhex(register["salt"]) + canonical(content)).hex() != leaf["commit"]:
                self.fault(rid, "公示内容与登记的摘要不一致")
            if {status, page_status} != {410 if leaf["ev"] in LAST else 200}:
                self.fault(rid, "登记是", leaf["ev"], "，网站回答", status, page_status)
            shown = Fields(page.decode()).found
            for name, value in content.items():
                values = value if isinstance(value, list) else [value]
                if name not in ("version", "files") and [*map(plain, values)] != [*map(plain, shown.get(name, []))]:
                    self.fault(rid, "页面上的", name, "与数据文件不一致")
            for digest, name in (one.split(" ", 1) for one in content.get("files", [])):
                if sha(self.get(f"/penalties/{rid}/{name}")[1]).hex() != digest:
                    self.fault(rid, "文件", name, "与登记不一致")
            if content.get("version") != leaf["ver"]:
                self.fault(rid, "版本与登记不一致")
        except (ValueError, KeyError, TypeError):
            self.fault(rid, "没有合格式的数据文件，网站回答", status)

    def shown(self):
        """Every record the public list shows, page by page."""
        found, query = set(), ""
        while query is not None:
            text = self.get("/penalties/" + query)[1].decode()
            found.update(re.findall(r'/penalties/(\d{4}-[a-z2-7]{10})/"', text))
            more = re.search(r'rel="next" href="([^"]+)"', text)
            query = more and more[1].replace("&amp;", "&")
        return found


def plain(value):
    return re.sub(r"[\s¥,元]", "", str(value))


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("site")
    options.add_argument("--key", required=True)
    for name in ("--last", "--save", "--record"):
        options.add_argument(name, default="")
    asked = options.parse_args()
    check = Check(asked.site, asked.key)
    try:
        last = open(asked.last, encoding="utf-8").read() if asked.last else ""
        size, note = check.log(last)
        records = {rid for rid, leaf in check.newest.items() if leaf["ev"] != "anchor"} | check.shown()
        for rid in [asked.record] if asked.record else sorted(records):
            check.record(rid, size)
    except (ValueError, KeyError, TypeError, OSError) as error:
        check.fault("不能校验：", error)
    for fault in check.faults:
        print("不一致：", fault)
    if not check.faults and asked.save:
        with open(asked.save, "w", encoding="utf-8") as file:
            file.write(note)
    print(f"有 {len(check.faults)} 处不一致" if check.faults else f"校验一致：{size} 条登记，{len(records)} 条公示")
    return 1 if check.faults else 0


if __name__ == "__main__":
    sys.exit(main())

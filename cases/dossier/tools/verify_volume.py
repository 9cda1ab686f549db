"""案卷数据包校验程序。只需要 Python 3.8 以上，不用联网，不用安装别的东西。

用法：python3 -I verify_volume.py [数据包所在的文件夹] [--expect 清单摘要] [--sm3]
不写文件夹时校验本程序所在的文件夹。清单摘要（manifest.json 的 SHA-256）请向出具案卷的机关核对，写在 --expect 后面。
每个文件重新计算 SHA-256；系统支持 SM3 时同时核对 SM3，不支持时只核对小文件，--sm3 表示全部核对（大文件很慢）。
全部相符时最后一行是“校验一致”，退出码 0；没有写 --expect 的，最后一行提醒清单摘要尚未核对，退出码也是 0。
被改动、缺少、多出的文件逐个列出，退出码 1。
"""

import sys

if __name__ == "__main__" and not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
    # Python looks for modules in the folder of the script first: a json.py put into the archive would run instead of
    # the library's. Nothing but sys, which is built in, may be imported before this.
    sys.path[:] = [one for one in sys.path[1:] if one not in ("", ".", sys.path[0])]

import argparse
import hashlib
import json
import os
import struct

UNCONFIRMED = "文件与清单一致；清单摘要尚未与出具机关核对"
MANIFEST, BESIDE = "manifest.json", "manifest.sha256"
SMALL = 256 * 1024
CHUNK = 1024 * 1024
HEX = set("0123456789abcdef")
START = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
MASK = 0xFFFFFFFF


def turned(value, by):
    by %= 32
    return ((value << by) | (value >> (32 - by))) & MASK


def mixed(value):
    return value ^ turned(value, 9) ^ turned(value, 17)


def spread(value):
    return value ^ turned(value, 15) ^ turned(value, 23)


def sm3_block(state, block):
    """GB/T 32905: one block of 64 bytes."""
    words = list(struct.unpack(">16I", block))
    for j in range(16, 68):
        words.append(
            spread(words[j - 16] ^ words[j - 9] ^ turned(words[j - 3], 15)) ^ turned(words[j - 13], 7) ^ words[j - 6]
        )
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        first = turned((turned(a, 12) + e + turned(constant, j)) & MASK, 7)
        second = first ^ turned(a, 12)
        if j < 16:
            left, right = a ^ b ^ c, e ^ f ^ g
        else:
            left, right = (a & b) | (a & c) | (b & c), (e & f) | (~e & MASK & g)
        one = (left + d + second + (words[j] ^ words[j + 4])) & MASK
        two = (right + h + first + words[j]) & MASK
        a, b, c, d = one, a, turned(b, 9), c
        e, f, g, h = mixed(two), e, turned(f, 19), g
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h)))


class OwnSm3:
    """SM3 in plain Python, for hosts whose OpenSSL lacks it."""

    def __init__(self):
        self.state, self.rest, self.size = START, b"", 0

    def update(self, data):
        self.size += len(data)
        data = self.rest + data
        for start in range(0, len(data) - 63, 64):
            self.state = sm3_block(self.state, data[start : start + 64])
        self.rest = data[len(data) - len(data) % 64 :]

    def hexdigest(self):
        tail = self.rest + b"\x80"
        tail += b"\0" * ((56 - len(tail)) % 64) + struct.pack(">Q", self.size * 8)
        state = self.state
        for start in range(0, len(tail), 64):
            state = sm3_block(state, tail[start : start + 64])
        return "".join("%08x" % word for word in state)


def fast_sm3():
    try:
        return hashlib.new("sm3")
    except ValueError:
        return None


def digests(path, size, wants_all):
    """(SHA-256, SM3 or empty) of a file."""
    sha, sm3 = hashlib.sha256(), fast_sm3()
    if sm3 is None and (wants_all or size <= SMALL):
        sm3 = OwnSm3()
    with open(path, "rb") as content:
        while True:
            piece = content.read(CHUNK)
            if not piece:
                break
            sha.update(piece)
            if sm3 is not None:
                sm3.update(piece)
    return sha.hexdigest(), sm3.hexdigest() if sm3 is not None else ""


def is_plain(path):
    """A path inside the folder, written with slashes, without anything that leads out of it."""
    parts = path.split("/")
    return bool(path) and "\\" not in path and ":" not in path and all(part not in ("", ".", "..") for part in parts)


def present(folder):
    """Every file below the folder, by its path with slashes."""
    found = set()
    for place, folders, names in os.walk(folder):
        for name in names + [one for one in folders if os.path.islink(os.path.join(place, one))]:
            found.add(os.path.relpath(os.path.join(place, name), folder).replace(os.sep, "/"))
    return found


def file_fault(folder, entry, wants_all):
    """What is wrong with one listed file, and whether its SM3 was compared."""
    path = os.path.join(folder, *entry["path"].split("/"))
    if os.path.islink(path) or not os.path.isfile(path):
        return "缺少文件：", False
    size = os.path.getsize(path)
    sha, sm3 = digests(path, size, wants_all)
    if size != entry["size"]:
        return "被改动（大小应为 %d 字节，现在是 %d 字节）：" % (entry["size"], size), bool(sm3)
    if sha != entry["sha256"] or (sm3 and sm3 != entry["sm3"]):
        return "被改动（摘要不符）：", bool(sm3)
    return "", bool(sm3)


def manifest_faults(folder, expected):
    """The list itself: beside it lies its digest, and the issuing office knows it too."""
    with open(os.path.join(folder, MANIFEST), "rb") as content:
        digest = hashlib.sha256(content.read()).hexdigest()
    beside = ""
    path = os.path.join(folder, BESIDE)
    if os.path.isfile(path):
        with open(path, "rb") as content:
            beside = content.read(4096).decode("ascii", "replace")
    faults = (
        [] if beside == digest + "  " + MANIFEST + "\n" else ["被改动：%s 或者 %s 的内容互相不符" % (MANIFEST, BESIDE)]
    )
    if expected.strip() and expected.strip().lower() != digest:
        faults.append("被改动：%s 的摘要与出具机关给出的不同" % MANIFEST)
    return digest, faults


def journal_faults(folder, listed):
    """Every entry of the journal again: its own digest, its order, and its place before the end of the chain."""
    faults, last, before = [], 0, ""
    if "journal.json" not in listed:
        return ["缺少文件：journal.json"], 0
    with open(os.path.join(folder, "journal.json"), encoding="utf-8") as content:
        journal = json.load(content)
    for entry in journal["entries"]:
        seq = entry["seq"]
        if seq <= last:
            faults.append("办案日志第 %d 条次序不对" % seq)
        if last and seq == last + 1 and entry["prev_hash"] != before:
            faults.append("办案日志第 %d 条接不上前一条" % seq)
        if "body" in entry:
            text = "%d\n%s\n%s" % (seq, entry["body"], entry["prev_hash"])
            if hashlib.sha256(text.encode("utf-8")).hexdigest() != entry["hash"]:
                faults.append("办案日志第 %d 条的正文与摘要不符" % seq)
        last, before = seq, entry["hash"]
    head = journal["head"]
    if last > head["seq"] or (last == head["seq"] and before != head["hash"]):
        faults.append("办案日志的链尾不对")
    return faults, len(journal["entries"])


def read_manifest(folder):
    """The listed files; ValueError for a list that cannot be one of ours."""
    with open(os.path.join(folder, MANIFEST), encoding="utf-8") as content:
        manifest = json.load(content)
    if manifest.get("format") != "lishu-volume/1":
        raise ValueError("format")
    for entry in manifest["files"]:
        whole = is_plain(entry["path"]) and isinstance(entry["size"], int)
        if not whole or len(entry["sha256"]) != 64 or not HEX.issuperset(entry["sha256"] + entry["sm3"]):
            raise ValueError(str(entry.get("path"))[:100])
    return manifest


def check(folder, expected="", wants_all=False):
    """(faults, lines to print) of a folder."""
    try:
        digest, faults = manifest_faults(folder, expected)
        manifest = read_manifest(folder)
    except FileNotFoundError:
        return ["缺少文件：%s" % MANIFEST], []
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return ["被改动：%s 读不出来（%s）" % (MANIFEST, error)], []
    listed, compared = {entry["path"] for entry in manifest["files"]}, 0
    for entry in manifest["files"]:
        fault, has_sm3 = file_fault(folder, entry, wants_all)
        compared += has_sm3
        if fault:
            faults.append(fault + entry["path"])
    faults += ["多出的文件：%s" % path for path in sorted(present(folder) - listed - {MANIFEST, BESIDE})]
    try:
        wrong, count = journal_faults(folder, listed)
    except (OSError, ValueError, KeyError, TypeError) as error:
        wrong, count = ["办案日志读不出来（%s）" % error], 0
    said = [
        "案号：%s　%s　用途：%s" % (manifest["case"], manifest["content"], manifest["purpose"]),
        "导出：%s，%s" % (manifest["made_by"], manifest["made_at"]),
        "清单摘要（SHA-256）：%s" % digest,
        "核对文件 %d 个，其中同时核对 SM3 的 %d 个；办案日志 %d 条" % (len(listed), compared, count),
    ]
    return faults + wrong, said


def main(words=None):
    parser = argparse.ArgumentParser(description="校验案卷数据包")
    parser.add_argument("folder", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--expect", default="", help="出具机关给出的清单摘要")
    parser.add_argument("--sm3", action="store_true", help="所有文件都核对 SM3")
    chosen = parser.parse_args(words)
    faults, said = check(chosen.folder, chosen.expect, chosen.sm3)
    for line in said:
        print(line)
    for fault in faults:
        print("✗ " + fault)
    right = "校验一致" if chosen.expect.strip() else UNCONFIRMED
    print("校验不一致：%d 处" % len(faults) if faults else right)
    return 1 if faults else 0


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())

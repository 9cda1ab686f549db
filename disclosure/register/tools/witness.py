"""公示防篡改登记簿见证程序，由另一个单位定时运行（例如每小时）。与 verify_register.py 放在同一个文件夹。

用法：python3 witness.py 网站地址 --key 登记簿公钥 --name 见证单位名称 --folder 存放检查点的文件夹
第一次运行时生成自己的密钥（secret.hex，请妥善保管），打印自己的公钥。以后每次：取最新检查点，核对签名，核对它是不是从
上一次的检查点接着记下来的，然后加签并保存。登记簿变短、前后接不上或者同一大小有两个根的，拒绝加签，退出码 1。
"""

import argparse
import base64
import hashlib
import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from verify_register import L, P, is_signed, point, read_note, sha, times  # type: ignore[import-not-found]  # beside it

BASE = point(bytes([0x58] + [0x66] * 31))


def packed(found):
    """RFC 8032: a point as 32 bytes."""
    inverse = pow(found[2], P - 2, P)
    x, y = found[0] * inverse % P, found[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def halves(seed):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & (2**254 - 8) | 2**254
    return scalar, digest[32:]


def public_of(seed):
    return packed(times(halves(seed)[0], BASE))


def signature(seed, message):
    scalar, prefix = halves(seed)
    public = public_of(seed)
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % L
    shown = packed(times(r, BASE))
    h = int.from_bytes(hashlib.sha512(shown + public + message).digest(), "little") % L
    return shown + ((r + h * scalar) % L).to_bytes(32, "little")


def is_consistent(first, second, path, roots):
    """RFC 9162 §2.1.4.2: the tree of ``first`` leaves is the beginning of the tree of ``second`` leaves."""
    if first == second:
        return not path and roots[0] == roots[1]
    hashes = [roots[0], *path] if first & (first - 1) == 0 else list(path)
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    if not hashes:
        return False
    old = new = hashes[0]
    for other in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = sha(b"\x01" + other + old), sha(b"\x01" + other + new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = sha(b"\x01" + new + other)
        place, last = place >> 1, last >> 1
    return last == 0 and (old, new) == tuple(roots)


def fetched(site, path):
    with urllib.request.urlopen(site.rstrip("/") + path, timeout=30) as answer:
        return answer.read().decode()


def seed_of(folder):
    path = folder / "secret.hex"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(handle, secrets.token_hex(32).encode())
        os.close(handle)
    return bytes.fromhex(path.read_text())


def cosigned(note, name, seed, now):
    """The note with our line below: cosignature/v1 of C2SP."""
    body = note.partition("\n\n")[0] + "\n"
    public, stamp = public_of(seed), now.to_bytes(8, "big")
    message = f"cosignature/v1\ntime {now}\n{body}".encode()
    made = signature(seed, message)
    if not is_signed(public, message, made):
        raise ValueError("自己的签名验算不通过")
    key_id = sha(name.encode() + b"\n\x04" + public)[:4]
    return note + f"— {name} {base64.b64encode(key_id + stamp + made).decode()}\n"


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("site")
    for name in ("--key", "--name", "--folder"):
        options.add_argument(name, required=True)
    asked = options.parse_args()
    folder = Path(asked.folder)
    folder.mkdir(parents=True, exist_ok=True)
    seed, kept = seed_of(folder), folder / "checkpoint"
    public = public_of(seed)
    key_id = sha(asked.name.encode() + b"\n\x04" + public)[:4].hex()
    print(f"见证公钥：{asked.name}+{key_id}+{base64.b64encode(bytes([4]) + public).decode()}")
    try:
        note = fetched(asked.site, "/register/checkpoint")
        size, root = read_note(note, asked.key)
        if kept.exists():
            old_size, old_root = read_note(kept.read_text(encoding="utf-8"), asked.key)
            if size < old_size:
                raise ValueError(f"登记簿变短了：上次 {old_size} 条，现在 {size} 条")
            answer = json.loads(fetched(asked.site, f"/register/consistency?from={old_size}&to={size}"))
            path = [bytes.fromhex(one) for one in answer["path"]]
            if not is_consistent(old_size, size, path, (old_root, root)):
                raise ValueError(f"大小 {size} 的登记簿不是从上次的 {old_size} 条接着记的")
        signed = cosigned(note, asked.name, seed, int(time.time()))
    except (ValueError, KeyError, TypeError, OSError) as error:
        print(f"拒绝加签：{error}")
        return 1
    draft = folder / "checkpoint.new"
    draft.write_text(signed, encoding="utf-8")
    draft.replace(kept)
    print(f"已加签：{size} 条登记")
    return 0


if __name__ == "__main__":
    sys.exit(main())

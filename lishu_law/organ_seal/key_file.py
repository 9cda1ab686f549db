"""Key and certificates of a seal from one file, PKCS#12 or PEM; read again when the file changes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key, pkcs12
from cryptography.x509 import Certificate, load_pem_x509_certificates
from cryptography.x509.oid import NameOID

from lishu_law.organ_seal.provider import SealError


@dataclass(frozen=True)
class KeyFile:
    """A private key, its certificate and the certificates above it."""

    private_key: Any
    certificate: Certificate
    chain: tuple[Certificate, ...]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate (DER) in hex."""
        return hashlib.sha256(self.certificate.public_bytes(Encoding.DER)).hexdigest()

    @property
    def subject(self) -> str:
        """The name in the certificate."""
        names = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else ""

    def check_valid(self, at: datetime) -> None:
        """Raises ``SealError`` outside the certificate's own time."""
        first, last = self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc
        if not first <= at <= last:
            days = f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}"
            raise SealError(f"机关印章的证书现在不能用（有效期 {days}），文书在等印章。请系统管理员换上新证书。")


def read_key_file(path: Path, password: str) -> KeyFile:
    """The content of the file. Raises ``SealError`` with what is wrong, never with what is in it."""
    try:
        return _read(path, password, path.stat().st_mtime_ns)
    except OSError as error:
        raise SealError(f"机关印章的文件打不开（{error.strerror}），文书在等印章。请联系系统管理员。") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SealError("机关印章的文件读不懂，或者口令不对，文书在等印章。请联系系统管理员。") from error


@lru_cache(maxsize=4)
def _read(path: Path, password: str, _changed: int) -> KeyFile:
    raw, secret = path.read_bytes(), password.encode() or None
    if b"-----BEGIN" in raw:
        key: Any = load_pem_private_key(raw, secret)
        certificates = load_pem_x509_certificates(raw)
    else:
        key, first, others = pkcs12.load_key_and_certificates(raw, secret)
        certificates = [*([first] if first else []), *others]
    own = [one for one in certificates if key is not None and _public(one.public_key()) == _public(key.public_key())]
    if not own:
        raise ValueError("no certificate belongs to the key")
    return KeyFile(key, own[0], tuple(one for one in certificates if one != own[0]))


def _public(key: Any) -> bytes:
    return bytes(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))

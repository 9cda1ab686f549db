"""The only module that imports pyHanko: PAdES signatures (ETSI.CAdES.detached) over finished PDF/A, and their check.

The seal is an incremental update: an invisible signature field and its signature dictionary. Nothing else is written,
so that what makes the file PDF/A-3b (XMP, output intent, fonts) stays as it was drawn and checked.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator.registry import SimpleCertificateStore

from lishu_law.organ_seal.key_file import KeyFile, read_key_file
from lishu_law.organ_seal.provider import Found, Sealed, SealError

FIELD = "OrganSeal"
_Result = TypeVar("_Result")


class _Unchanged(IncrementalPdfFileWriter):
    """Adds the seal and leaves the document's own data (title, dates, XMP, version) as they were drawn."""

    def _update_meta(self) -> None:
        """The date of change stays the moment of sealing: XMP and Info must agree in PDF/A."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """PDF/A-3 is PDF 1.7, which knows signatures of elliptic curves."""

    def register_extension(self, ext: DeveloperExtension) -> None:
        """Names of extensions belong to PDF 2.0; readers do not need them."""


class _AtMoment(PdfSigner):
    """Signs at a given moment: the demo clock runs ahead of the machine's."""

    moment: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session


@dataclass(frozen=True)
class FileSeal:
    """The seal whose key and certificate lie in a file (PKCS#12 or PEM) outside the tree."""

    path: Path
    password: str = ""

    def check(self, at: datetime) -> None:
        """Raises ``SealError`` when the file cannot be read or its certificate is not valid then."""
        self._key(at)

    def seal(self, content: bytes, *, check_url: str, at: datetime) -> Sealed:
        """One PAdES baseline signature over the whole file. Raises ``SealError``."""
        key = self._key(at)
        metadata = PdfSignatureMetadata(
            field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=key.subject,
            location=check_url, contact_info=check_url,  # twice: one damaged byte cannot hide both (checking.py)
        )  # fmt: skip
        signer = _AtMoment(metadata, _signer(key))
        signer.moment = at
        try:
            made = _finished(signer.async_sign_pdf(_Unchanged(io.BytesIO(content)))).getvalue()
        except (SigningError, PdfError, ValueError) as error:
            raise SealError(f"机关印章没有盖成，请联系系统管理员：{str(error)[:120]}") from error
        found = verify(made)
        if found is None or not found.is_whole or not made.startswith(content):
            raise SealError("机关印章盖上以后核验不通过，没有保存。请联系系统管理员。")
        return Sealed(made, key.fingerprint, key.subject)

    def _key(self, at: datetime) -> KeyFile:
        key = read_key_file(self.path, self.password)
        key.check_valid(at)
        return key


def verify(content: bytes) -> Found | None:
    """The one seal in a file; None when there is none, more than one, or the file cannot be read.

    Says what the seal covers, never whether its certificate is to be trusted: that is compared with the certificate
    kept when the document was sealed. Only for bytes of ours: a parser is not shown files of strangers (ADR 48).
    """
    try:
        signatures = list(PdfFileReader(io.BytesIO(content)).embedded_signatures)
        return _found(signatures[0]) if len(signatures) == 1 else None
    except (PdfError, SignatureValidationError, ValueError, TypeError, LookupError, ArithmeticError, RuntimeError):
        return None


def _found(signature: EmbeddedPdfSignature) -> Found:
    certificate = signature.signer_cert
    # What was added later makes it cover less than the file.
    signature.compute_integrity_info(skip_diff=True)  # type: ignore[no-untyped-call]  # pyHanko types most of itself
    fits, is_valid = validate_sig_integrity(
        signature.signer_info, certificate, expected_content_type="data", actual_digest=signature.compute_digest()
    )
    covers = signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
    subject = str(certificate.subject.native.get("common_name", ""))
    return Found(certificate.sha256.hex(), subject, bool(fits and is_valid and covers))


def _signer(key: KeyFile) -> SimpleSigner:
    chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko types most of itself
    chain.register_multiple(translate_pyca_cryptography_cert_to_asn1(one) for one in key.chain)
    return SimpleSigner(
        signing_cert=translate_pyca_cryptography_cert_to_asn1(key.certificate),
        signing_key=translate_pyca_cryptography_key_to_asn1(key.private_key),
        cert_registry=chain,
    )


def _finished(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Run to the end in a thread of its own: the caller may stand inside an event loop already."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()

"""Which seal this installation has: the file named by the settings, or the one for demonstration and tests."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from lishu_law.organ_seal.pades import FileSeal
from lishu_law.organ_seal.provider import SealError, SealProvider
from lishu_law.organ_seal.trial import trial_key_file

TRIAL_FILE = "trial-seal.pem"


def file_seal() -> FileSeal | None:
    """The seal in a file that this process holds; None when it holds none."""
    if settings.SEAL_FILE:
        return FileSeal(Path(settings.SEAL_FILE), settings.SEAL_PASSWORD)
    if settings.SEAL_TRIAL:
        return FileSeal(trial_key_file(Path(settings.HOME) / "secrets" / TRIAL_FILE))
    return None


def organ_seal() -> SealProvider:
    """The organ's seal. Raises ``SealError`` where none is configured: nothing is ever handed out unsealed instead."""
    seal = file_seal()
    if seal is None:
        raise SealError("这台服务器还没有配置机关印章，文书在等印章。请系统管理员设置 LISHU_SEAL_FILE。")
    return seal

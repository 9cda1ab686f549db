"""The file with the seal's key: PKCS#12 or PEM, wrong or missing, too early or too late; and what starts without one."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from django.core.management import CommandError, call_command

from lishu_law import clock
from lishu_law.organ_seal import checks
from lishu_law.organ_seal.configured import organ_seal
from lishu_law.organ_seal.key_file import read_key_file
from lishu_law.organ_seal.pades import FileSeal
from lishu_law.organ_seal.provider import SealError
from lishu_law.organ_seal.trial import LAST, NAME, trial_key_file

AT = datetime(2026, 3, 19, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trial_key_file(tmp_path_factory.mktemp("seal") / "secrets" / "trial-seal.pem")


def test_the_trial_file_is_private_says_what_it_is_and_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "trial-seal.pem"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(trial_key_file, [path] * 8))
    key = read_key_file(path, "")
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(path.parent) == [path.name]
    assert (key.subject, len(key.chain)) == (NAME, 1)
    assert "没有法律效力" in key.certificate.subject.rfc4514_string()
    trial_key_file(path)
    assert read_key_file(path, "").fingerprint == key.fingerprint


def test_a_pkcs12_file_opens_with_its_password_only(trial: Path, tmp_path: Path) -> None:
    key, path = read_key_file(trial, ""), tmp_path / "seal.p12"
    locked = BestAvailableEncryption(b"right")
    path.write_bytes(serialize_key_and_certificates(b"seal", key.private_key, key.certificate, key.chain, locked))
    assert read_key_file(path, "right").fingerprint == key.fingerprint
    for password in ("wrong", ""):
        with pytest.raises(SealError, match="口令不对"):
            read_key_file(path, password)


def test_what_is_missing_broken_or_foreign_is_refused_without_showing_it(trial: Path, tmp_path: Path) -> None:
    with pytest.raises(SealError, match="打不开"):
        read_key_file(tmp_path / "none.p12", "")
    broken = tmp_path / "broken.p12"
    broken.write_bytes(b"secret words")
    with pytest.raises(SealError, match="读不懂") as refused:
        read_key_file(broken, "")
    assert "secret words" not in str(refused.value)
    foreign = tmp_path / "foreign.pem"
    other = ec.generate_private_key(ec.SECP256R1())
    certificates = trial.read_bytes().partition(b"-----BEGIN CERTIFICATE-----")
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    foreign.write_bytes(pem + certificates[1] + certificates[2])
    with pytest.raises(SealError, match="读不懂"):
        read_key_file(foreign, "")


def test_a_seal_holds_to_the_last_second_of_its_certificate(trial: Path) -> None:
    seal = FileSeal(trial)
    seal.check(LAST)
    with pytest.raises(SealError, match="2099-12-31"):
        seal.check(LAST + timedelta(seconds=1))


def test_a_changed_file_is_taken_up_without_a_restart(tmp_path: Path) -> None:
    path = trial_key_file(tmp_path / "seal.pem")
    before = read_key_file(path, "").fingerprint
    path.write_bytes(trial_key_file(tmp_path / "next.pem").read_bytes())
    os.utime(path, ns=(1, 1))
    assert read_key_file(path, "").fingerprint != before


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, ["organ_seal.E002"]),
        ({"SEAL_TRIAL": False}, ["organ_seal.W002"]),
        ({"SEAL_TRIAL": False, "SITE": "public"}, []),
        ({"BEHIND_TLS": True}, ["organ_seal.E002"]),
        ({"DEMO": True}, []),
        ({"SEAL_FILE": "trial"}, []),
        ({"SEAL_FILE": "trial", "DEMO": True}, ["organ_seal.E003"]),
        ({"SEAL_FILE": "/nothing/here.p12"}, ["organ_seal.E004"]),
    ],
)
def test_nothing_starts_without_its_seal_and_no_demo_has_the_real_one(
    settings: Any, trial: Path, changes: dict[str, Any], found: list[str]
) -> None:
    settings.DEMO, settings.BEHIND_TLS, settings.SEAL_FILE, settings.SEAL_TRIAL = False, False, "", True
    for name, value in changes.items():
        setattr(settings, name, str(trial) if value == "trial" else value)
    assert [one.id for one in checks.seal_can_be_used(None)] == found


def test_a_certificate_about_to_end_is_told_thirty_days_before(
    settings: Any, trial: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO, settings.SEAL_FILE, settings.SEAL_PASSWORD = False, str(trial), ""
    for days, found in ((31, []), (29, ["organ_seal.W001"])):
        monkeypatch.setattr(clock, "now", lambda days=days: LAST - timedelta(days=days))
        assert [one.id for one in checks.seal_can_be_used(None)] == found


def test_set_up_refuses_to_go_on_without_a_usable_seal(settings: Any, trial: Path, capsys: Any) -> None:
    settings.DEMO, settings.BEHIND_TLS, settings.SEAL_PASSWORD = False, True, ""
    settings.SEAL_FILE, settings.SEAL_TRIAL = str(trial), False
    call_command("check_seal")
    assert NAME in capsys.readouterr().out
    for file, is_trial in (("", False), ("", True), ("/nothing/here.p12", False)):
        settings.SEAL_FILE, settings.SEAL_TRIAL = file, is_trial
        with pytest.raises(CommandError, match="seal"):
            call_command("check_seal")


def test_without_a_seal_it_is_said_what_to_set(settings: Any) -> None:
    settings.SEAL_FILE, settings.SEAL_TRIAL = "", False
    with pytest.raises(SealError, match="LISHU_SEAL_FILE"):
        organ_seal()

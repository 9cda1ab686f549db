"""The production composition and image obey the rules of supply chain and secrets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
LASTING = sorted(name for name, service in SERVICES.items() if service.get("restart") != "no")
OURS = ("web", "worker", "beat", "mock", "setup")
SECRET_NAME = re.compile(r"PASSWORD|SECRET|_KEY\b|TOKEN|DATABASE_URL")


def test_every_part_is_there() -> None:
    assert set(SERVICES) == {"postgres", "redis", "setup", "web", "worker", "beat", "mock"}
    assert SERVICES["postgres"]["image"] == "postgres:18"
    assert SERVICES["redis"]["image"] == "redis:7"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_each_service_is_locked_down(name: str) -> None:
    service = SERVICES[name]
    assert str(service["user"]).split(":")[0] not in {"", "0", "root"}
    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"] is True
    assert "no-new-privileges:true" in service["security_opt"]
    assert not service.get("privileged")
    assert service["deploy"]["resources"]["limits"].keys() >= {"memory", "cpus"}


@pytest.mark.parametrize("name", LASTING)
def test_each_lasting_service_has_a_health_check(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"web"}))
def test_nothing_but_the_web_is_published(name: str) -> None:
    assert "ports" not in SERVICES[name]
    assert SERVICES[name].get("network_mode") != "host"


def test_the_web_is_published_to_this_machine_only() -> None:
    assert [port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"]] == [True]


@pytest.mark.parametrize("name", ["postgres", "redis", "mock"])
def test_stores_stand_on_the_inside_network(name: str) -> None:
    assert SERVICES[name]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_there_is_exactly_one_beat() -> None:
    commands = {name: [str(word) for word in service.get("command", [])] for name, service in SERVICES.items()}
    assert [name for name, words in commands.items() if "beat" in words] == ["beat"]
    assert not {"-B", "--beat"} & set(commands["worker"])
    assert SERVICES["beat"]["deploy"]["replicas"] == 1


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_secrets_come_from_files(name: str) -> None:
    environment: dict[str, str] = SERVICES[name].get("environment", {})
    for variable in environment:
        if SECRET_NAME.search(variable) and not variable.endswith(("_FILE", "KEY_ID")):
            pytest.fail(f"{name} carries {variable} in the open")
    for variable, value in environment.items():
        if value.startswith("/run/secrets/"):
            assert value.removeprefix("/run/secrets/") in SERVICES[name]["secrets"], variable
    assert not re.search(r"://[^/\s:]+:[^@\s]+@", str(SERVICES[name]))


def test_every_secret_is_a_file_outside_the_tree() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "/secrets/" in ignored
    assert "secrets" in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for name, secret in COMPOSE["secrets"].items():
        assert set(secret) == {"file"}, name
        assert secret["file"].startswith("./secrets/"), name


@pytest.mark.parametrize("name", ["web", "worker", "beat", "setup"])
def test_production_settings(name: str) -> None:
    environment = SERVICES[name]["environment"]
    assert environment["LISHU_DEBUG"] == "0"
    assert environment["LISHU_DEMO"] == "0"
    assert environment["LISHU_TLS"] == "1"


def test_the_mock_is_asked_for_and_knows_no_secret_of_the_system() -> None:
    assert SERVICES["mock"]["profiles"] == ["mock"]
    assert SERVICES["mock"]["secrets"] == ["mock_keys"]
    assert not [name for name in SERVICES["mock"]["environment"] if not name.startswith("MOCK_")]


def test_our_services_are_one_image() -> None:
    assert {SERVICES[name]["image"] for name in OURS} == {"lishu-law:local"}


def test_the_image_is_locked_and_ordinary() -> None:
    assert "--require-hashes" in DOCKERFILE
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)
    last_step = DOCKERFILE.rindex("\nFROM ")
    assert DOCKERFILE.index("USER 10001") > last_step
    for package in ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-cjk"):
        assert package in DOCKERFILE[last_step:]
    assert "collectstatic" in DOCKERFILE
    assert not re.search(r"^(ARG|ENV).*(SECRET|PASSWORD)", DOCKERFILE, re.MULTILINE)

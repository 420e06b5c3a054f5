"""What is in deploy/ agrees with the program: commands, settings, addresses, patience and places to write."""

import importlib
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml
from celery.bin.worker import worker

from engine.exchange.config import MOST
from engine.jobs import LEASE
from engine.settings import Settings
from tests.web.client import app_for
from web import cli, server

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = {path.name: path.read_text("utf-8") for path in sorted((DEPLOY / "systemd").iterdir())}
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
PARTS = {name: part for name, part in COMPOSE["services"].items() if part["image"] == "lianban"}
BIN = "/opt/lianban/.venv/bin/"


def value(unit, option):
    """What a unit says of an option."""
    found = re.findall(rf"^{option}=(.*)$", UNITS[unit], re.MULTILINE)
    return found[-1] if found else ""


def commands():
    """Every command line of the units, of compose and of the image."""
    found = {name: value(name, "ExecStart") for name in UNITS if name.endswith(".service")}
    found |= {name: part["command"] for name, part in PARTS.items()}
    image = (DEPLOY / "Dockerfile").read_text("utf-8")
    found["Dockerfile"] = " ".join(yaml.safe_load(re.search(r"^CMD (.*)$", image, re.MULTILINE)[1]))
    return found


@pytest.mark.parametrize(("place", "line"), commands().items())
def test_commands_are_understood(place, line):
    """The program takes every command line as it is written."""
    words = shlex.split(line.replace("%%", "%"))
    if words[:2] == ["/bin/sh", "-c"]:
        words = shlex.split(words[2])[1:]
    name = words[0].removeprefix(BIN)
    assert name == words[0] or place in UNITS
    if name == "celery":
        assert words[1] == "-A"
        assert importlib.import_module(words[2]).app.main == "lianban"
        assert words[3] == "worker"
        _options, rest, _order = worker.make_parser(click.Context(worker)).parse_args(words[4:])
        assert rest == []
    else:
        assert name == "lianban"
        assert callable(cli.parser().parse_args(words[1:]).run)


def test_a_command_nobody_understands_is_found():
    """The check above can fail."""
    with pytest.raises(SystemExit):
        cli.parser().parse_args(["work", "--hands", "4"])


def told():
    """Names of settings that deploy/ sets, and where."""
    text = {path.name: path.read_text("utf-8") for path in DEPLOY.iterdir() if path.is_file()} | UNITS
    return {
        name: sorted(p for p in text if name in text[p])
        for t in text.values()
        for name in re.findall(r"LIANBAN_[A-Z_]+", t)
    }


def test_settings_are_known_and_documented():
    """Every name deploy/ sets is read by the program and explained, and every name that is read is explained."""
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `(LIANBAN_[A-Z_]+)`", page, re.MULTILINE))
    source = Path(sys.modules[Settings.__module__].__file__).read_text("utf-8")
    read = set(re.findall(r'"(LIANBAN_[A-Z_]+)"', source))
    assert read == documented
    proxy = {"LIANBAN_SITE", "LIANBAN_WEB"}  # the Caddyfile's own
    assert set(told()) - proxy <= documented
    assert proxy <= set(re.findall(r"\{\$(LIANBAN_[A-Z]+):", (DEPLOY / "Caddyfile").read_text("utf-8")))


def test_addresses_for_machines_exist(city, tmp_path):
    """Whatever is asked for the health of a web process is a page it has."""
    text = (DEPLOY / "Caddyfile").read_text("utf-8") + (DEPLOY / "compose.yaml").read_text("utf-8")
    asked = set(re.findall(r"health_uri (\S+)|:8000(/\w+)", text))
    client = app_for(city.engine, tmp_path).test_client()
    assert {"".join(pair) for pair in asked} == {"/readyz"}
    assert client.get("/readyz").status_code == 200


def test_nobody_is_killed_while_finishing():
    """Who stops a process waits longer than the process takes for what it has begun."""
    for place in ("lianban-web@.service", "web1", "web2"):
        assert patience(place) > server.GRACE
    for place in ("lianban-work@.service", "lianban-celery@.service", "work", "celery"):
        assert MOST < patience(place) < LEASE.total_seconds()


def patience(place):
    """Seconds from TERM to KILL."""
    if place in UNITS:
        return int(value(place, "TimeoutStopSec"))
    return int(PARTS[place]["stop_grace_period"].removesuffix("s"))


@pytest.mark.parametrize("unit", [name for name in UNITS if name.endswith(".service")])
def test_units_may_write_where_they_write(unit):
    """Under ProtectSystem=strict only the state directory and what is named may be written."""
    assert value(unit, "ProtectSystem") == "strict"
    assert value(unit, "StateDirectory") == value(unit, "WorkingDirectory").removeprefix("/var/lib/") == "lianban"
    for folder in re.findall(r"/var/backups/\w+", value(unit, "ExecStart")):
        assert folder in value(unit, "ReadWritePaths").split()


def test_compose_names_what_exists():
    """Files, services and volumes that compose names are there, and the web leaves jobs to the workers."""
    for name, part in COMPOSE["services"].items():
        for mount in part.get("volumes", ()):
            source = mount.split(":")[0]
            optional = source == "./etc"  # made by Docker; a place for the administrator's own files
            assert optional or source in COMPOSE["volumes"] or (DEPLOY / source).is_file(), (name, mount)
        assert set(part.get("depends_on", ())) <= set(COMPOSE["services"])
    assert {part["environment"]["LIANBAN_THREADS"] for part in PARTS.values()} == {"0"}
    assert COMPOSE["services"]["work"]["deploy"]["replicas"] == 2
    image = (DEPLOY / "Dockerfile").read_text("utf-8")
    copied = [word for line in re.findall(r"^COPY (.*) \S+$", image, re.MULTILINE) for word in line.split()]
    assert len(copied) == 7
    assert not [word for word in copied if not (ROOT / word).exists()]
    built = COMPOSE["services"]["web1"]["build"]
    assert (DEPLOY / built["context"] / built["dockerfile"]).is_file()


def test_systemd_takes_the_units(tmp_path):
    """The real systemd finds nothing wrong in them."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed here")
    for name, text in UNITS.items():
        known = text.replace(BIN, f"{Path(sys.executable).parent}/").replace("User=lianban", "User=root")
        (tmp_path / name.replace("@.", "@1.")).write_text(known, "utf-8")
    units = sorted(tmp_path.iterdir())
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    wrong = [line for line in done.stderr.splitlines() if str(tmp_path) in line or line.startswith("lianban-")]
    assert wrong == []

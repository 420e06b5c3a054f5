"""The README is true: its commands run, its links lead somewhere, and the two languages say the same commands."""

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from web import cli

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
VERBS = cli.parser().verbs.choices
PAGES = ["README.md", "README.zh-CN.md", "engine/README.md", "web/README.md", "docs/operations.md", "docs/status.md"]
PAGES += ["docs/releases.md"]


def fences(page):
    """The commands of a page's fenced blocks."""
    text = (ROOT / page).read_text("utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith((".venv/bin/", "make "))]


COMMANDS = sorted({c for page in ("README.md", "README.zh-CN.md") for c in fences(page)})


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith(".venv/bin/lianban")])
def test_command_runs(command, tmp_path):
    """Each lianban command of the READMEs ends with status 0, as written."""
    done = subprocess.run(
        ["bash", "-c", command.replace(".venv/bin/", f"{BIN}/")],
        cwd=ROOT,
        env=os.environ | {"LIANBAN_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-500:]
    assert " trace " not in command or '"event":"ended"' in done.stdout, "the example plays to its end"


def test_every_verb_is_told():
    """`lianban --help` names every verb with its sentence in both languages, and so does the README."""
    told, english = cli.parser().format_help(), (ROOT / "README.md").read_text("utf-8")
    chinese = (ROOT / "README.zh-CN.md").read_text("utf-8")
    for name, verb in VERBS.items():
        assert re.search(rf"^  {name} +\S.*/ ", told, re.MULTILINE), name
        assert verb.description in told
        assert f"`{name}`" in english
        assert f"`{name}`" in chinese


@pytest.mark.parametrize(("name", "verb"), VERBS.items())
def test_options_are_told_in_both_languages(name, verb):
    """Whoever asks a verb for help reads what each option does, Chinese first."""
    options = [action for action in verb._actions if action.option_strings and action.dest != "help"]
    assert len(options) > 0
    assert not [action.dest for action in options if not re.search(r"[\u4e00-\u9fff].* / ", action.help or "")]


def test_releases_page_is_a_true_story(tmp_path):
    """The commands of docs/releases.md, run one after the other in one installation, all end with status 0."""
    story = "set -e\n" + "\n".join(fences("docs/releases.md")).replace(".venv/bin/", f"{BIN}/")
    done = subprocess.run(
        ["bash", "-c", story],
        cwd=ROOT,
        env=os.environ | {"LIANBAN_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-500:]
    assert done.stdout.count("family@1") == 1


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("make ")])
def test_target_exists(command):
    """Each make target of the READMEs is there."""
    done = subprocess.run(["make", "-n", command.split()[1]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("document", PAGES)
def test_links_lead_somewhere(document):
    """Pictures and pages a README points at exist."""
    text = (ROOT / document).read_text("utf-8")
    links = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    assert not [link for link in links if link and not ((ROOT / document).parent / link).exists()]


def test_map_names_every_room():
    """The map in engine/README.md has a line for every module of the engine."""
    text = (ROOT / "engine" / "README.md").read_text("utf-8")
    rooms = {p.name for p in (ROOT / "engine").iterdir() if not p.name.startswith(("__", "README"))}
    assert not [room for room in rooms if f"`{room}" not in text]


def test_map_names_functions_that_exist():
    """Every public function the map names can be called under that name."""
    text = (ROOT / "engine" / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z]+)(?:/|\.py)`[^|]*\|[^|]*\|([^|]*)\|$", text, re.MULTILINE)
    unknown = []
    for room, named in rows:
        module = importlib.import_module(f"engine.{room}")
        for name in re.findall(r"`([\w.]+)`", named):
            thing = module
            for part in name.split("."):
                thing = getattr(thing, part, None) or getattr(getattr(module, "Engine", None), part, None)
            unknown += [] if thing else [f"{room}.{name}"]
    assert len(rows) > 10
    assert not unknown

"""The rules of the house that a linter cannot say. Each failure names the place and the rule."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(p for room in ("engine", "web") for p in (ROOT / room).rglob("*.py") if "node_modules" not in p.parts)
FILE_LINES = 300
FUNCTION_LINES = 40


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_import_contracts_are_kept():
    """Web calls engine, only the runtime knows SpiffWorkflow, and every module has its layer."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_files_are_short():
    """No Python file is longer than 300 lines: the long one is the file every change has to pass through.

    A migration is written once and no later change passes through it, so migrations do not count.
    """
    counted = [p for p in SOURCES if "migrations" not in p.parts]
    long = {str(p.relative_to(ROOT)): n for p in counted if (n := len(p.read_text("utf-8").splitlines())) > FILE_LINES}
    assert not long


def test_functions_are_short():
    """No function is longer than 40 lines."""
    long = {
        f"{p.relative_to(ROOT)}:{f.lineno} {f.name}": n
        for p in SOURCES
        for f in functions(p)
        if (n := (f.end_lineno or f.lineno) - f.lineno + 1) > FUNCTION_LINES
    }
    assert not long


@pytest.mark.parametrize(
    ("rule", "pattern"),
    [
        ("transactions end in Engine.begin only", r"(?<!super\(\))\.commit\("),
        ("no Python evaluation", r"(?<![\w.])(eval|exec|__import__)\("),
        ("no pickle", r"\bimport pickle\b|\bfrom pickle\b"),
        ("work that is not done belongs into the tracker", r"#\s*(TODO|FIXME|XXX)"),
    ],
)
def test_source_does_not_say(rule, pattern):
    """Nothing in engine or web commits by itself, evaluates Python, unpickles, or leaves a note to do it later."""
    found = [
        f"{p.relative_to(ROOT)}:{number}"
        for p in SOURCES
        for number, line in enumerate(p.read_text("utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert not found, rule


def test_packs_hold_no_code():
    """A new one-thing is added without touching Python: no .py under workflows or forms."""
    assert not [*(ROOT / "workflows").rglob("*.py"), *(ROOT / "forms").rglob("*.py")]


def test_every_refusal_is_a_sentence():
    """Each EngineError has a docstring of its own, which is the message people read."""
    from engine import errors

    def below(cls: type) -> Iterator[type]:
        for sub in cls.__subclasses__():
            yield sub
            yield from below(sub)

    unsaid = [c.__name__ for c in below(errors.EngineError) if not (c.__dict__.get("__doc__") or "").strip()]
    assert not unsaid


def test_web_is_our_web():
    """A distribution that also installs a package `web` has not overwritten ours."""
    import web

    assert Path(web.__file__).parent == ROOT / "web"


def test_nothing_names_machines_or_registries():
    """Hosts of package registries and paths of a developer's machine appear nowhere in what git tracks."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    banned = re.compile(r"registry\.npmjs|pypi\.org|files\.pythonhosted|/work/main|/tmp/venv|deb\.debian\.org")
    found = []
    for name in filter(None, listed):
        path = ROOT / name
        if path.suffix in {".png", ".mo", ".woff2"} or not path.is_file() or path == Path(__file__):
            continue
        if banned.search(path.read_text("utf-8", errors="ignore")):
            found.append(name)
    assert not found


def test_every_ledger_kind_is_explained():
    """docs/ledger.md names every kind of entry."""
    from engine.words import EntryKind

    text = (ROOT / "docs" / "ledger.md").read_text("utf-8")
    assert not [kind for kind in EntryKind if f"`{kind}`" not in text]


def test_every_setting_is_explained():
    """docs/operations.md names every LIANBAN_ variable the code reads."""
    read = set(re.findall(r"LIANBAN_[A-Z_]+", "\n".join(p.read_text("utf-8") for p in SOURCES)))
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert not [name for name in read if name not in text]

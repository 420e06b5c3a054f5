"""Benches are programs beside the package: loaded here by name, at the tiniest size, and forgotten afterwards."""

import importlib
import json
import shutil
import sys
from pathlib import Path

import pytest

from engine import seed

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Few cases are played, the rest are copies."""
    monkeypatch.setattr(seed, "PLAYED", 12)


@pytest.fixture
def load(monkeypatch):
    """Load a bench by its name, with other constants; `feel` of bench/feel.py is no `engine.feel`."""
    monkeypatch.syspath_prepend(str(BENCH))
    before = set(sys.modules)

    def load(name, **constants):
        module = importlib.import_module(name)
        for constant, value in constants.items():
            assert hasattr(module, constant)
            monkeypatch.setattr(module, constant, value)
        return module

    yield load
    for name in {path.stem for path in BENCH.glob("*.py")} - before:
        sys.modules.pop(name, None)


@pytest.fixture
def run(monkeypatch, capsys):
    """Run what a bench runs, with these words on its command line; its status and its JSON, one a line."""

    def run(module, *words):
        monkeypatch.setattr(sys, "argv", [f"bench/{module.__name__}.py", *words])
        status = module.main()
        return status or 0, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


@pytest.fixture
def kinds(tmp_path, migrated, request):
    """What stands for `databases.each`: databases of the kinds that are named, in which nothing is synced."""

    def named(*wanted):
        made = iter(range(9))

        def each(*_):
            for kind in wanted:
                if kind == "sqlite":
                    yield kind, f"sqlite:///{shutil.copyfile(migrated, tmp_path / f'{next(made)}.db')}"
                else:
                    yield kind, request.getfixturevalue("postgresql_url")

        return each

    return named

"""The README lists every rule of a pack as it is said, and no other; every rule is used."""

from pathlib import Path

from engine import catalog
from engine.catalog.rules import OWN

ROOM = Path(catalog.__file__).parent


def test_every_rule_is_in_the_table_as_it_is_said():
    """A row holds the id and both sentences of `rules.py`."""
    text = (ROOM / "README.md").read_text("utf-8")
    rows = [line for line in text.partition("## Rules")[2].splitlines() if line.startswith("| `")]
    assert rows == [f"| `{name}` | {rule.zh} | {rule.en} |" for name, rule in OWN.items()]


def test_every_rule_is_used():
    """A rule nobody says is no rule."""
    code = "".join(path.read_text("utf-8") for path in ROOM.glob("*.py") if path.name != "rules.py")
    assert [name for name in OWN if f'"{name}"' not in code] == []

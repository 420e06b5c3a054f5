"""The verbs about releases: what they print and what they return."""

import json
import shutil

import pytest

from engine import catalog, cli


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """A copy of the family pack, and an installation of its own."""
    root = catalog.content_root()
    for room in ("workflows", "forms"):
        shutil.copytree(root / room, tmp_path / room)
    monkeypatch.setenv("LIANBAN_DATA", str(tmp_path / "var"))
    return tmp_path / "workflows" / "family"


def change(pack):
    """The same pack with another text."""
    readme = pack / "README.md"
    readme.write_text(readme.read_text("utf-8") + "\nnew\n", "utf-8")


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_publish_for_later_says_what_happens(pack, capsys):
    """A release for a later day is announced in both languages, and the list shows both with their periods."""
    cli.main(["publish", str(pack)])
    change(pack)
    capsys.readouterr()
    assert cli.main(["publish", str(pack), "--from", "2999-01-01", "--note", "新规", "--json"]) == 0
    assert lines(capsys)[0]["zh"] == "从 2999-01-01 起受理的用版本 2，此前仍用版本 1。"
    assert cli.main(["releases", "family", "--json"]) == 0
    two, one = lines(capsys)
    assert (two["since"], two["note"], two["in_force"]) == ("2999-01-01", "新规", False)
    assert (one["since"], one["until"], one["in_force"]) == ("2025-05-10", None, True)
    assert one["published_by"] == "system"


def test_withdraw_and_end_by_number(pack, capsys):
    """A release is ended or withdrawn by its number, and the list says so."""
    cli.main(["publish", str(pack)])
    change(pack)
    cli.main(["publish", str(pack), "--from", "2999-01-01"])
    assert cli.main(["publish", "family@2", "--withdraw"]) == 0
    assert cli.main(["publish", "family@1", "--to", "2998-12-31"]) == 0
    capsys.readouterr()
    cli.main(["releases", "family"])
    two, one = capsys.readouterr().out.splitlines()
    assert "family@2  已撤回 / withdrawn" in two
    assert "▶ family@1  2025-05-10 – 2998-12-31" in one


def test_old_content_published_again_is_not_fine(pack, capsys):
    """Publishing what a newer release replaced changes nothing and has status 1."""
    cli.main(["publish", str(pack)])
    text = (pack / "README.md").read_text("utf-8")
    change(pack)
    cli.main(["publish", str(pack)])
    (pack / "README.md").write_text(text, "utf-8")
    assert cli.main(["publish", str(pack)]) == 1
    assert "现行的仍是版本 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    "said", [["--withdraw"], ["--from", "2020-01-01"], ["--from", "2999-02-01", "--to", "2999-01-01"]]
)
def test_what_cannot_be_done_has_status_1(pack, capsys, said):
    """A refusal is a sentence, and nothing is published."""
    assert cli.main(["publish", str(pack), *said]) == 1
    assert "cannot do this" in capsys.readouterr().out
    assert cli.main(["releases", "family"]) == 1

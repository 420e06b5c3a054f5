"""`lianban xes`: the log as a file, counted; days that are none and packs nobody knows are refused."""

import json

import pytest
from lxml import etree

from engine.cli import main
from tests import story


@pytest.fixture
def case(city, tmp_path, monkeypatch):
    """An installation with one case accepted on 2026-11-23."""
    story.publish_family(city.engine)
    story.accepted(city.engine, city.actor("wangfang"))
    monkeypatch.setenv("LIANBAN_DATA", str(tmp_path))


@pytest.mark.parametrize(
    ("days", "cases"),
    [
        ([], 1),
        (["--from", "2026-11-23", "--to", "2026-11-23"], 1),
        (["--from", "2026-11-24"], 0),
        (["--to", "2026-11-22"], 0),
    ],
)
def test_days_bound_the_file(case, days, cases, tmp_path, capsys):
    """With and without days the file is a log of as many cases as is said."""
    assert main(["xes", "family", *days, "--out", str(tmp_path / "a.xes"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cases"] == cases
    assert len(etree.parse(tmp_path / "a.xes").getroot().findall("{*}trace")) == cases


def test_what_cannot_be_written_leaves_no_file(case, tmp_path, capsys):
    """An unknown pack is no empty log; a day that is none is wrong usage."""
    out = tmp_path / "b.xes"
    assert main(["xes", "nothing", "--out", str(out)]) == 1
    assert "no such pack" in "".join(capsys.readouterr())
    with pytest.raises(SystemExit):
        main(["xes", "family", "--from", "2026-13-01", "--out", str(out)])
    assert not out.exists()

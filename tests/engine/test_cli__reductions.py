"""`lianban reductions`: the four figures of a pack for people and for programs."""

import json

from engine.cli import main
from tests import guided
from tests.engine.reductions.test_reading__who import EXTRA, HEAD


def written(folder, **changes):
    """The guided pack as a folder."""
    for name, text in guided.files(**changes).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return str(folder / "workflows" / "guided")


def test_figures_and_what_is_not_stated(tmp_path, capsys):
    """Items without a base are named in both languages, and so is who states the rest."""
    assert main(["reductions", written(tmp_path, extra=EXTRA, head=HEAD, words="十日")]) == 0
    told = capsys.readouterr().out
    assert "减环节 / handling steps: 单独 —，联办 5 / apart —, together 5 (未写明 / not stated: 补助、上门)" in told
    assert "减跑动 / visits: 单独 —，联办 1" in told
    assert "依据 / sources: SAMPLE" in told


def test_the_same_for_programs(tmp_path, capsys):
    """One object a figure; what is not stated is null."""
    base = 'apart = { steps = 3, papers = 2, visits = 1, source = "SAMPLE" }\n'
    assert main(["reductions", "--json", written(tmp_path, extra=dict.fromkeys(guided.ITEMS, base))]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["kind"], line["apart"], line["together"], line["less"]) for line in lines] == [
        ("steps", 12, 5, 7), ("papers", 8, 2, 6), ("time", None, 2, None), ("visits", 4, None, None),
    ]  # fmt: skip
    assert [line["unstated"] for line in lines] == [[], [], [*guided.ITEMS], []]

"""The verbs about releases: what they print and what they return."""

import json
import shutil

import pytest

from engine import catalog, cli, releases, store
from engine.work import SYSTEM
from tests import story
from tests.engine.migration.edited import edited, in_english


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
    cli.main(["releases", "family", "--history", "--json"])
    two, one = lines(capsys)
    assert [(s["since"], s["by"]) for s in two["history"]] == [("2999-01-01", "system"), (None, "system")]
    cli.main(["releases", "family", "--history"])
    assert "system: 2025-05-10 – 2998-12-31" in capsys.readouterr().out


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


@pytest.fixture
def case(city, url, monkeypatch):
    """A running case of release 1, beside a release 2 with another name for its task; the case's number."""
    monkeypatch.setenv("LIANBAN_DATABASE", url)
    story.publish_family(city.engine)
    case_id = story.accepted(city.engine, story.person(city.engine, "wangfang"))
    files = in_english(edited(("结婚登记审查", "结婚审查")), 结婚审查="Marriage check")
    with city.engine.begin(SYSTEM) as work:
        releases.publish(work, files)
        return work.session.get_one(store.Case, case_id).number


def test_migrate_says_does_and_undoes(case, capsys):
    """A dry run moves nothing; the real one names the migration, which undoes it."""
    assert cli.main(["migrate", "family", "--to", "2", "--dry-run", "--json"]) == 0
    told, total = lines(capsys)
    assert (told["case"], told["movable"], "migration" in told) == (case, True, False)
    assert told["remarks"][0]["zh"] == "待办“结婚登记审查”改名为“结婚审查”。"
    assert total == {"cases": 1, "movable": 1, "dry_run": True}
    assert cli.main(["migrate", "family", "--to", "2", "--case", case, "--reason", "更名", "--json"]) == 0
    made = lines(capsys)[0]["migration"]
    assert cli.main(["migrate", "family", "--undo", made, "--reason", "撤回"]) == 0
    assert cli.main(["migrate", "family", "--undo", made, "--reason", "撤回"]) == 1
    assert cli.main(["migrate", "family", "--to", "2", "--dry-run"]) == 0
    assert "1/1 件可以迁移 / can move" in capsys.readouterr().out


@pytest.mark.parametrize(
    "said", [["--to", "2"], ["--to", "9", "--dry-run"], ["--to", "2", "--map", "x"], ["--dry-run"]]
)
def test_migrate_refuses_in_words(case, capsys, said):
    """No reason, no such release, no pair of ids, no target: status 1 and a sentence."""
    assert cli.main(["migrate", "family", *said]) == 1
    assert "cannot do this" in capsys.readouterr().out


def test_migrate_has_status_1_when_a_case_stays(case, capsys):
    """A renaming that does not exist keeps the case where it is, and says why."""
    assert cli.main(["migrate", "family", "--to", "2", "--map", "x=y", "--dry-run"]) == 1
    assert "✘" in capsys.readouterr().out


def test_diff_says_for_whom(pack, tmp_path, capsys):
    """Between a release and a folder: headings with changes below, one JSON object a change, and status 1."""
    cli.main(["publish", str(pack)])
    text = (pack / "pack.toml").read_text("utf-8")
    (pack / "pack.toml").write_text(text.replace("value = 20", "value = 21"), "utf-8")
    capsys.readouterr()
    assert cli.main(["diff", "family@1", str(pack)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "申请人 / Applicant",
        "  · 参数 marriage_age_female：20 周岁 → 21 周岁",
        "    Parameter marriage_age_female: 20 周岁 → 21 周岁",
    ]
    assert cli.main(["diff", "family@1", str(pack), "--json"]) == 1
    (told,) = lines(capsys)
    assert {k: told[k] for k in ("kind", "audience", "department", "subject", "before", "after", "file")} == {
        "kind": "parameter-value", "audience": "applicant", "department": "", "subject": "marriage_age_female",
        "before": "20 周岁", "after": "21 周岁", "file": "workflows/family/pack.toml",
    }  # fmt: skip
    assert told["line"] > 0
    assert cli.main(["diff", "family@1", "family@1"]) == 0
    assert "没有变化" in capsys.readouterr().out


def test_diff_of_drawings_and_of_nothing(pack, tmp_path, capsys):
    """Two drawings are compared alone; what cannot be read or does not exist has status 2 and a sentence."""
    old, new = pack / "process.bpmn", tmp_path / "new.bpmn"
    new.write_text(old.read_text("utf-8").replace("登记发证", "颁发证书"), "utf-8")
    assert cli.main(["diff", str(old), str(new)]) == 1
    assert "登记发证 → 颁发证书" in capsys.readouterr().out
    new.write_text("<nonsense/>", "utf-8")
    assert cli.main(["diff", str(old), str(new)]) == 2
    assert cli.main(["diff", "family@9", str(pack)]) == 2
    assert cli.main(["diff", str(pack), str(tmp_path / "nowhere")]) == 2

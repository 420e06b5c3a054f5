"""The verbs of `lianban`: what they print, what they return, and that no bad input ends in a trace."""

import json
import subprocess
import sys

import pytest

from engine import cli
from engine.app import Engine
from engine.settings import Settings
from tests import story

TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:t" name="t" id="t">
<inputData id="i" name="年龄"><variable name="年龄" typeRef="number"/></inputData>
<decision id="d" name="档次"><variable name="档次" typeRef="string"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<decisionTable hitPolicy="UNIQUE"><input><inputExpression typeRef="number"><text>年龄</text></inputExpression></input>
<output name="档次" typeRef="string"/>
<rule><inputEntry><text>&lt;= 60</text></inputEntry><outputEntry><text>"一般"</text></outputEntry></rule>
<rule><inputEntry><text>&gt;= 60</text></inputEntry><outputEntry><text>"老年"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


@pytest.fixture
def table(tmp_path):
    """A decision table whose two rules overlap at 60."""
    path = tmp_path / "age.dmn"
    path.write_text(TABLE, "utf-8")
    return str(path)


@pytest.fixture
def installation(tmp_path, monkeypatch):
    """The demo city in an installation of its own, with one case."""
    monkeypatch.setenv("LIANBAN_DATA", str(tmp_path / "var"))
    monkeypatch.delenv("LIANBAN_DATABASE", raising=False)
    engine = Engine.open(Settings.from_environment())
    cli.prepare(engine, demonstrate=True)
    story.accepted(engine, story.person(engine, "wangfang"))
    yield engine
    engine.database.dispose()


def said(capsys, *arguments):
    """Exit status and the JSON lines printed."""
    status = cli.main([*arguments, "--json"])
    return status, [json.loads(line, parse_float=str) for line in capsys.readouterr().out.splitlines()]


def test_feel_keeps_numbers_exact(capsys):
    """A sum of decimals is printed as it is, not as a binary fraction."""
    assert said(capsys, "feel", "a + 0.2", "--context", '{"a": 0.1}') == (0, [{"value": "0.3", "warnings": []}])


def test_feel_names_what_is_unknown(capsys):
    """A misspelt name gives null and a warning in both languages."""
    status, [line] = said(capsys, "feel", "低保标淮 > 3", "--context", '{"低保标准": 900}')
    assert (status, line["value"]) == (0, None)
    assert "低保标淮" in line["warnings"][0]["zh"]


def test_decide_says_which_rule_and_why(capsys, table):
    """The value, the rule that matched, and the value it was tested on."""
    status, [line] = said(capsys, "decide", table, "--decision", "档次", "--input", '{"年龄": 61.5}', "--explain")
    assert (status, line["value"]) == (0, "老年")
    assert [(rule["rule"], rule["because"][0]["value"]) for rule in line["matched"]] == [(2, "61.5")]
    assert line["inputs"] == {"年龄": "61.5"}


def test_decide_is_never_silently_wrong(capsys, table):
    """Two rules where one may match: null, an error naming both, and status 1; lint finds it beforehand."""
    status, [line] = said(capsys, "decide", table, "--decision", "档次", "--input", '{"年龄": 60}')
    assert (status, line["value"], line["warnings"][0]["error"]) == (1, None, True)
    status, findings = said(capsys, "lint", table)
    assert any("overlap" in finding["rule"] for finding in findings)


@pytest.mark.parametrize(
    "arguments",
    [
        ["decide", "{table}", "--decision", "没有"],
        ["decide", "{table}", "--decision", "档次", "--input", "[1]"],
        ["decide", "{table}", "--decision", "档次", "--input", '"x'],
        ["decide", "nowhere.dmn", "--decision", "档次"],
        ["feel", "1 +"],
        ["feel", "a", "--context", "1"],
        ["lint", "nowhere"],
        ["lint", "{broken}"],
        ["trace", "{broken}"],
        ["trace", "workflows/family/process.bpmn", "--begin", "nowhere"],
        ["trace", "{table}"],
        ["rehearse", "."],
        ["publish", "."],
    ],
)
def test_bad_input_is_a_sentence(capsys, tmp_path, table, arguments):
    """Whatever is wrong, the answer is one line of JSON naming it and status 1."""
    broken = tmp_path / "broken.bpmn"
    broken.write_text("<bpmn:definitions", "utf-8")
    status, lines = said(capsys, *[a.format(table=table, broken=broken) for a in arguments])
    assert status == 1
    assert lines
    assert all(line.get("error") or line.get("rule") for line in lines)


def test_wrong_usage_is_status_two():
    """An unknown verb ends with status 2, as usual for command lines."""
    with pytest.raises(SystemExit) as left:
        cli.main(["fly"])
    assert left.value.code == 2


@pytest.mark.parametrize(
    ("database", "sentence"),
    [
        ("postgresql+psycopg://lianban:secret@127.0.0.1:1/lianban", "数据库没有应答"),
        ("postgresql+nothing://127.0.0.1/lianban", "不是可用的数据库地址"),
        ("lianban", "不是可用的数据库地址"),
    ],
)
def test_a_database_that_cannot_be_used_is_a_sentence(tmp_path, monkeypatch, capsys, database, sentence):
    """Whoever starts a part before its database is told so, without a trace and without the password."""
    monkeypatch.setenv("LIANBAN_DATA", str(tmp_path))
    monkeypatch.setenv("LIANBAN_DATABASE", database)
    assert cli.main(["audit"]) == 1
    told = capsys.readouterr().out
    assert sentence in told
    assert "secret" not in told


def test_a_missing_part_is_a_sentence(tmp_path, monkeypatch, capsys):
    """Without the driver the command that installs it is said; any other missing module is a mistake of ours."""
    monkeypatch.setenv("LIANBAN_DATA", str(tmp_path))
    monkeypatch.setenv("LIANBAN_DATABASE", "postgresql+psycopg://127.0.0.1/lianban")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert cli.main(["audit"]) == 1
    assert ".[postgresql]" in capsys.readouterr().out


@pytest.mark.usefixtures("installation")
def test_backup_restore_and_audit(tmp_path, monkeypatch, capsys):
    """A backup is restored for a trial when it is taken, then for good into another installation, which agrees."""
    file = tmp_path / "b.zip"
    assert cli.main(["backup", str(file), "--json"]) == 0
    assert cli.main(["audit"]) == 0
    monkeypatch.setenv("LIANBAN_DATA", str(tmp_path / "other"))
    assert cli.main(["restore", str(file)]) == 0
    assert cli.main(["restore", str(file)]) == 1  # there is something now
    assert cli.main(["restore", str(file), "--drill"]) == 0
    assert cli.main(["restore", str(tmp_path / "none.zip")]) == 1
    assert "一致" in capsys.readouterr().out


@pytest.mark.usefixtures("installation")
def test_calendar_import_and_show(tmp_path, capsys):
    """An announced year is imported from CSV; a file that cannot be used changes nothing."""
    file = tmp_path / "2027.csv"
    file.write_text("date,kind,reason\n2027-01-01,rest,元旦\n", "utf-8")
    assert cli.main(["calendar", "2027"]) == 0
    assert "尚未导入" in capsys.readouterr().out
    assert cli.main(["calendar", "2027", "--file", str(file), "--source", "样例"]) == 0
    assert cli.main(["calendar", "2027"]) == 0
    assert "2027-01-01  rest  元旦  样例" in capsys.readouterr().out
    file.write_text("date,kind,reason\n2026-01-01,rest,元旦\n", "utf-8")
    assert cli.main(["calendar", "2027", "--file", str(file)]) == 1


def test_output_nobody_reads_ends_quietly():
    """`lianban lint … | head`: no trace, and the status a shell knows; nor is it told as something that went wrong."""
    command = [sys.executable, "-m", "engine", "feel", "1 + 1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as verb:
        verb.stdout.close()
        assert (verb.stderr.read(), verb.wait()) == (b"", 141)

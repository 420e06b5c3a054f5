"""`lianban layout`: what it writes, what it says, and its exit status."""

import json

import pytest

from engine import cli
from tests.engine.layout.models import file

MODEL = file(
    '<bpmn:process id="p"><bpmn:startEvent id="s" name="受理"/><bpmn:task id="t"/>'
    '<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="t"/></bpmn:process>'
)


@pytest.fixture
def path(tmp_path):
    """A file without drawing."""
    path = tmp_path / "p.bpmn"
    path.write_bytes(MODEL)
    return path


def said(capsys, *arguments):
    """Exit status and the JSON lines printed."""
    status = cli.main(["layout", *map(str, arguments), "--json"])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_check_writes_nothing(capsys, path):
    """A file without drawing is not readable: status 1, what is missing, and the file as it was."""
    status, [line] = said(capsys, path, "--check")
    assert (status, line["readable"], line["written"], line["missing"]) == (1, False, False, ["s", "t", "f"])
    assert path.read_bytes() == MODEL


def test_layout_writes_the_file_itself(capsys, path):
    """Afterwards the same file is readable."""
    status, [line] = said(capsys, path)
    assert (status, line["readable"], line["written"], line["bends"]) == (0, True, True, 0)
    assert said(capsys, path, "--check")[0] == 0


def test_out_writes_another(capsys, path, tmp_path):
    """With --out the file stays and the other is written; several files do not fit into one."""
    assert said(capsys, path, "--out", tmp_path / "o.bpmn")[0] == 0
    assert path.read_bytes() == MODEL
    assert b"BPMNShape" in (tmp_path / "o.bpmn").read_bytes()
    assert said(capsys, path, path, "--out", tmp_path / "o.bpmn")[0] == 2


def test_what_is_no_drawing_is_refused(capsys, path):
    """A file that is not BPMN: status 1, a finding in both languages, and the file as it was."""
    path.write_bytes(b"<html/>")
    status, [line] = said(capsys, path)
    assert (status, line["rule"]) == (1, "bpmn-xml")
    assert line["zh"]
    assert line["en"]
    assert path.read_bytes() == b"<html/>"

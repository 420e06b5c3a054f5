"""What a trace is given: failures of jobs, messages and signals at a moment; and the example of the documentation."""

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine import cli, rehearsal, runtime
from tests.conformance.bpmn.models import (
    ERR,
    MSG,
    SIG,
    body,
    call,
    catch,
    cond,
    end,
    file,
    job,
    model,
    on,
    process,
    sub,
    timer,
)

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
PAGE = Path(__file__).parents[3] / "docs/trace.md"


def traced(xml, answers, **more):
    """The lines."""
    return list(rehearsal.trace(runtime.read(xml), {"n": 0}, answers, start=NOW, **more))


def shown(lines):
    """`node` for what passed, else `event name`, without what was opened and the last line."""
    told = [line for line in lines if line["event"] not in ("task", "job", "timer", "taken-away", "waiting")]
    return [line["node"] if line["event"] == "passed" else f"{line['event']} {line['name']}" for line in told]


def test_the_example_is_what_the_page_says(capsys, monkeypatch):
    """Command, answers file and output stand in docs/trace.md."""
    monkeypatch.chdir(PAGE.parents[1])
    command, written, output = re.findall(r"```(?:json|text)?\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    _, *arguments = shlex.split(command)
    assert written == Path(arguments[-1]).read_text("utf-8")
    assert cli.main(arguments) == 0
    assert capsys.readouterr().out == output


def test_a_job_fails_with_its_code_and_variables():
    """Once by its list, then it is answered; the variables go to whoever catches the error."""
    xml = model("s a z e; b H a", a=job(), b=on("a", ERR))
    lines = traced(xml, {"a": [{"error": "E1", "variables": {"why": 1}}, {"error": "seen", "x": 2}]})
    assert shown(lines)[1:-2] == ["b", "H", "a", "z"]
    assert lines[-1]["facts"] == {"n": 0, "why": 1, "error": "seen", "x": 2}


def test_messages_and_signals_happen_at_their_moment():
    """Before what is answered at that moment, whatever the order in the file."""
    xml = model("s u e; b H e2; c I e3", b=on("u", MSG, False), c=on("u", SIG, False))
    steps = [{"after": "PT2M", "node": "u"}, {"after": "PT1M", "signal": "sig"}, {"message": "msg", "key": "k"}]
    lines = traced(xml, {"steps": steps})
    assert shown(lines)[:-1] == ["s", "b", "H", "e2", "c", "I", "e3", "u", "e"]
    assert [line["at"][14:16] for line in lines if line.get("node") in ("H", "I", "u")][-3:] == ["00", "01", "02"]


def test_a_message_that_comes_early_is_kept_and_a_signal_is_lost():
    """As in the engine: a message waits for its receiver, a signal for nobody."""
    xml = model("s t k c e", t=catch(timer("PT1M")), k=catch(MSG), c=catch(SIG))
    lines = traced(xml, {"steps": [{"message": "msg", "key": "k"}, {"signal": "sig"}, {"node": "k"}]}, advance="PT1H")
    assert shown(lines) == ["s", "kept msg", "lost sig", "lost k", "t", "k"]
    assert lines[-1]["signals"] == [{"node": "c", "name": "sig"}]


def test_a_message_with_another_key_stays():
    """It is for somebody else."""
    lines = traced(model("s k e", k=catch(MSG)), {"steps": [{"message": "msg", "key": "other"}]})
    assert shown(lines) == ["s", "kept msg"]


def test_a_message_begins_a_process_that_waits_for_one():
    """The payload is among the facts."""
    xml = model("s a e", s=f'<startEvent id="@">{MSG}</startEvent>')
    assert traced(xml, {"steps": [{"message": "msg", "variables": {"x": 1}}]})[-1]["facts"] == {"n": 0, "x": 1}


def test_what_a_step_passed_before_its_incident_is_told():
    """An error nobody caught is named, and so is what was done until then."""
    lines = traced(model("s a p e", p=sub("s1 b e1", e1=end(ERR))), {})
    assert [line["node"] for line in lines if line["event"] == "passed"][:4] == ["s", "a", "s1", "b"]
    stop = next(line for line in lines if line["event"] == "incident")
    assert (stop["node"], stop["error"]) == ("e1", "E1")


def test_conditions_that_are_waited_for_are_listed():
    """Else nobody sees why nothing happens."""
    lines = traced(model("s u e", u=catch(cond("=n > 1"))), {})
    assert lines[-1]["conditions"] == ["u"]


def test_a_timer_is_told_once():
    """When it is set, not again with every step."""
    lines = traced(model("s g u v e; g t e2", t=catch(timer("PT1M"))), {"u": {}})
    assert [line["node"] for line in lines if line["event"] == "timer"] == ["t"]


@pytest.mark.parametrize(
    "answers",
    [
        {"nobody": {}}, {"u": "yes"}, {"u": [1]}, {"steps": 3}, {"steps": [{}]}, {"steps": [{"node": "nobody"}]},
        {"steps": [{"message": "m", "signal": "s"}]}, {"steps": [{"signal": "s", "error": "E"}]},
        {"steps": [{"signal": "s", "after": "soon"}]}, {"steps": [{"signal": "s", "unknown": 1}]},
    ],
    ids=str,
)  # fmt: skip
def test_a_mistake_in_the_answers_is_said(answers):
    """Nothing is passed over in silence."""
    with pytest.raises(ValueError, match=r"answers|ISO 8601"):
        traced(model("s u e"), answers)


def test_called_processes_of_other_files_are_given_with_the_drawing(capsys, tmp_path):
    """To `trace` and `lint` alike; without them the call is refused."""
    main, other = tmp_path / "main.bpmn", tmp_path / "other.bpmn"
    main.write_bytes(model("s p e", p=call()))
    other.write_bytes(file(process(body("s1 a e1"), "Q")))
    assert cli.main(["lint", str(main)]) == 1
    assert cli.main(["lint", str(main), "--with", str(other)]) == 0
    capsys.readouterr()
    assert cli.main(["trace", str(main), "--with", str(other)]) == 0
    assert [line.split()[2] for line in capsys.readouterr().out.splitlines()] == ["s", "s1", "a", "e1", "p", "e", "e"]

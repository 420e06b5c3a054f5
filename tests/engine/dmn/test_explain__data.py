from decimal import Decimal
from pathlib import Path

import simplejson

from engine.dmn import explain
from tests.engine.dmn import models as m

TABLE = m.table(m.column("x", "number"), m.output(), ("< 5", "0.1 + 0.2"), (">= 5", "2"))


def test_a_decision_is_explained_as_data(tmp_path: Path) -> None:
    """Which rule, tested on what, in which file's line; numbers stay exact; all of it is JSON."""
    file = tmp_path / "m.dmn"
    parts = [m.data("a", "number"), m.decision("x", m.literal("a + 1"), m.inputs("a"))]
    file.write_bytes(m.definitions(*parts, m.decision("决", TABLE, m.decisions("x"))))
    told = explain.decide(file, "决", {"a": 1}, explain=True)
    assert told["value"] == Decimal("0.3")
    assert told["matched"] == [
        {
            "element": "决", "table": "table", "rule": 1, "id": "", "line": 5, "annotations": [],
            "because": [{"input": "x", "value": 2, "test": "< 5"}],
        }
    ]  # fmt: skip
    assert told["inputs"] == {"x": 2}
    assert told["intermediate"] == [{"decision": "x", "value": 2, "inputs": {"a": 1}, "matched": []}]
    assert '"value": 0.3' in simplejson.dumps(told, use_decimal=True)


def test_a_service_is_explained_by_name(tmp_path: Path) -> None:
    """What is no decision but a decision service is invoked."""
    file = tmp_path / "m.dmn"
    service = '<decisionService id="S" name="S"><variable name="S"/><outputDecision href="#决"/></decisionService>'
    file.write_bytes(m.definitions(service, m.decision("决", m.literal("null + 1"))))
    told = explain.decide(file, "S", {})
    assert told["value"] is None
    assert told["warnings"][0]["decision"] == "决"

"""What the invented departments know, and what they answer."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from engine import demo
from engine.exchange import Office
from engine.words import Answered


@dataclass(frozen=True)
class Record:
    """One department's register: what it says of everybody, and of some people."""

    department: str
    fields: Mapping[str, Any]
    people: Mapping[str, Mapping[str, Any]]


def offices(address: str) -> dict[str, Office]:
    """How every department of a sandbox at `address` (http://host:port) is reached."""
    return {name: Office(name, f"{address}/{name}", 5.0, None, {}) for name in records()}


def answer(connector: str, question: Mapping[str, Any], as_of: str) -> dict[str, Any] | None:
    """The body a department answers with; None if there is no such department.

    A question without an id number is about nobody, such as what is left of a budget.
    """
    record = records().get(connector)
    if record is None:
        return None
    person = known().get(str(question.get("id_number"))) if "id_number" in question else {}
    if person is None:
        return {"kind": str(Answered.NOT_FOUND), "as_of": as_of, "data": {}}
    data = {**record.fields, **record.people.get(person.get("id_number", ""), {})}
    truth = {**person, **data}
    wrong = [name for name, claimed in question.items() if name in truth and str(truth[name]) != str(claimed)]
    kind = Answered.MISMATCH if wrong else Answered.OK
    return {"kind": str(kind), "as_of": as_of, "data": data if not wrong or "name" not in wrong else {}}


@cache
def records() -> Mapping[str, Record]:
    """The departments by connector."""
    text = (files(__package__) / "offices.toml").read_text("utf-8")
    tables = tomllib.loads(text, parse_float=Decimal)["offices"]
    return {name: Record(t["department"], t["fields"], t.get("people", {})) for name, t in tables.items()}


@cache
def known() -> Mapping[str, Mapping[str, str]]:
    """The invented people by id number."""
    return {p.id_number: {"name": p.name, "id_number": p.id_number, "sex": p.sex} for p in demo.people()}

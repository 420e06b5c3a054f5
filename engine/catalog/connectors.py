"""`workflows/connectors.toml`: what other departments can be asked, by the name a drawing uses as job type.

    [connectors."mz.marriage"]
    code = "MZ-HY1"                 # the interface it is, as field dictionary and law name it (domain.md 2.0.3)
    name = "婚姻登记信息核验"        # what people read
    department = "民政"
    inputs = ["name", "id_number"]  # what the question must hold, no more and no less
    fields = ["status"]             # what an answer may hold beside kind and as_of
    fills = { "person.marital_status" = "status" }   # entries of the field dictionary an answer fills in at the window

Where each one is reached is a matter of the installation, never of the pack.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.catalog.files import CONNECTORS as FILE
from engine.forms.shape import Reading, is_name
from engine.runtime import Node

ALWAYS = ("kind", "as_of")  # of every answer: what kind it is (`words.Answered`), and of when


@dataclass(frozen=True)
class Connector:
    """One question that can be asked."""

    type: str
    name: str
    department: str
    inputs: tuple[str, ...]
    fields: tuple[str, ...]
    code: str = ""
    fills: Mapping[str, str] = field(default_factory=dict)


def read(reading: Reading, document: Mapping[str, Any]) -> dict[str, Connector]:
    """The connectors by type; whatever is wrong is noted in `reading`."""
    reading.only(document, {"connectors"}, FILE, 1)
    tables = reading.table(document, "connectors", FILE)
    return {name: _connector(reading, name, reading.table(tables, name, FILE)) for name in tables}


def fields_of(headers: Mapping[str, str]) -> tuple[str, ...]:
    """What of an answer the drawing wants, from the header `fields`; nothing else is kept."""
    return tuple(name.strip() for name in headers.get("fields", "").split(",") if name.strip())


def result_names(node: Node) -> tuple[str, ...]:
    """Dotted names a connector's answer gets among the facts of the case."""
    variable = node.headers.get("resultVariable", "")
    if not node.job or not variable or node.outputs:
        return ()
    place = f"{node.item}.{variable}" if node.item else variable
    return tuple(f"{place}.{name}" for name in (*ALWAYS, *fields_of(node.headers)))


def answer_of(node: Node, kind: str) -> dict[str, Any]:
    """What the job of `node` would give after an answer of this kind (`words.Answered`) that says nothing more."""
    if not result_names(node):
        return {}
    said = dict.fromkeys((*ALWAYS, *fields_of(node.headers)))
    return {node.headers["resultVariable"]: {**said, "kind": kind}}


def _connector(reading: Reading, name: str, table: Mapping[str, Any]) -> Connector:
    where = f"connectors.{name}"
    reading.only(table, {"name", "department", "inputs", "fields", "code", "fills"}, where)
    for needed in ("name", "department", "inputs", "fields"):
        if needed not in table:
            reading.refuse("missing-key", 0, where=where, name=needed)
    fields = reading.texts(table, "fields", where)
    for name_ in fields:
        if name_ in ALWAYS or "." in name_ or not is_name(name_):
            reading.refuse("bad-code", 0, code=name_)
    fills = reading.table(table, "fills", where)
    for entry, said in fills.items():
        if said not in fields:
            known = ", ".join(fields)
            reading.refuse("bad-value", 0, where=where, name=f"fills {entry}", value=said, known=known)
    return Connector(
        type=name,
        name=reading.plain(table, "name", where),
        department=reading.plain(table, "department", where),
        inputs=reading.texts(table, "inputs", where),
        fields=fields,
        code=reading.string(table, "code", where),
        fills={entry: str(said) for entry, said in fills.items()},
    )

"""What a browser posted, sorted: the form's own fields, the checklist, and the fields every form carries."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from engine import forms

PAPERS = "papers."
KEY = re.compile(r"[0-9A-Za-z_-]{1,64}")
USE, WHY = "_use.", "_why."
OFFERED, TICKED = "_offered", "_ticked"  # items a page offered, and those of them that were ticked
BUTTONS = ("_add", "_remove", "_block", "_paper", "_look", "_phrase")
CARRIED = frozenset({"csrf_token", "_key", "_revision", "_area", *BUTTONS, OFFERED, TICKED})


@dataclass(frozen=True)
class Posted:
    """`raw` is flat by form key (one value, or a list if several were ticked); `papers` is state by material code.

    `key` names one rendering of the form: the command is carried out once for it. `rows` says that a button to add or
    remove a row was pressed; `raw` has it or lacks it already. `block` is what is to be filled in from shared data;
    `choices` is what was decided about differing answers: which of both, and why. `chosen` says of each item the page
    offered whether it was ticked.
    """

    raw: Mapping[str, str | list[str]]
    papers: Mapping[str, str]
    revision: int
    key: str
    area: str
    chosen: Mapping[str, bool]
    rows: bool = False
    block: str = ""
    choices: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """One field as a single text; empty when it is missing or came twice."""
        value = self.raw.get(name, "")
        return value if isinstance(value, str) else ""

    @property
    def typed(self) -> dict[str, str | list[str]]:
        """Fields and checklist together under the names they were posted with, to be kept and shown again."""
        return {**self.raw, **{PAPERS + code: state for code, state in self.papers.items()}}


def posted(form: MultiDict[str, str]) -> Posted:
    """Sort a posted form. Missing or malformed carried fields become empty: the engine refuses what it needs."""
    fields = {k: v for k, v in form.lists() if k not in CARRIED and not k.startswith((USE, WHY))}
    revision, key = form.get("_revision", ""), form.get("_key", "")
    beside = dict.fromkeys(k.removeprefix(USE).removeprefix(WHY) for k in form if k.startswith((USE, WHY)))
    raw: dict[str, str | list[str]] = {
        k: v[0] if len(v) == 1 else v for k, v in fields.items() if not k.startswith(PAPERS)
    }
    if form.get("_add"):
        raw = forms.added(raw, form["_add"])
    if form.get("_remove"):
        raw = forms.removed(raw, form["_remove"])
    return Posted(
        raw=raw,
        block=form.get("_block", "")[:60],
        choices={key: (form.get(USE + key, ""), form.get(WHY + key, "")) for key in beside},
        rows=bool(form.get("_add") or form.get("_remove")),
        papers={k.removeprefix(PAPERS): v[0] for k, v in fields.items() if k.startswith(PAPERS)},
        revision=int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else -1,
        key=key if KEY.fullmatch(key) else "",
        area=form.get("_area", "")[:12],
        chosen={code: code in form.getlist(TICKED) for code in form.getlist(OFFERED)},
    )

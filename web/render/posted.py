"""What a browser posted, sorted: the form's own fields, the checklist, and the fields every form carries."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

PAPERS = "papers."
KEY = re.compile(r"[0-9A-Za-z_-]{1,64}")
OFFERED, TICKED = "_offered", "_ticked"  # items a page offered, and those of them that were ticked
CARRIED = frozenset({"csrf_token", "_key", "_revision", "_area", "_look", OFFERED, TICKED})


@dataclass(frozen=True)
class Posted:
    """`raw` is flat by form key (one value, or a list if several were ticked); `papers` is state by material code.

    `chosen` says of each item the page offered whether it was ticked. `key` names one rendering of the form: the
    command is carried out once for it.
    """

    raw: Mapping[str, str | list[str]]
    papers: Mapping[str, str]
    revision: int
    key: str
    area: str
    chosen: Mapping[str, bool]

    @property
    def typed(self) -> dict[str, str | list[str]]:
        """Fields and checklist together under the names they were posted with, to be kept and shown again."""
        return {**self.raw, **{PAPERS + code: state for code, state in self.papers.items()}}


def posted(form: MultiDict[str, str]) -> Posted:
    """Sort a posted form. Missing or malformed carried fields become empty: the engine refuses what it needs."""
    fields = {k: v for k, v in form.lists() if k not in CARRIED}
    revision, key = form.get("_revision", ""), form.get("_key", "")
    return Posted(
        raw={k: v[0] if len(v) == 1 else v for k, v in fields.items() if not k.startswith(PAPERS)},
        papers={k.removeprefix(PAPERS): v[0] for k, v in fields.items() if k.startswith(PAPERS)},
        revision=int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else -1,
        key=key if KEY.fullmatch(key) else "",
        area=form.get("_area", "")[:12],
        chosen={code: code in form.getlist(TICKED) for code in form.getlist(OFFERED)},
    )

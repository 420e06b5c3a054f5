"""What a letter may read: all of it is given to it, and nothing else (need to know)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from engine.catalog import connectors
from engine.catalog.pack import ItemSpec, LetterSpec
from engine.forms import Form
from engine.runtime import Model
from engine.words import Occasion

LINES = frozenset(f"lines.{name}" for name in ("position", "item", "department", "paper", "reason", "basis", "again"))
SAID: Mapping[Occasion, frozenset[str]] = {  # what is told with the occasion, beside what the case knows
    Occasion.CASE_WITHDRAWN: frozenset({"reason"}),
    Occasion.CASE_TERMINATED: frozenset({"reason", "basis"}),
    Occasion.CASE_SUPPLEMENT: LINES | {"notice", "due"},
    Occasion.ITEM_PAUSED: frozenset({"ground", "days", "from", "until"}),
    Occasion.ITEM_EXTENDED: frozenset({"reason", "approver", "before", "until"}),
    Occasion.ITEM_URGED: frozenset({"note", "by", "task"}),
}
OWN = frozenset({"case.number", "case.area", "case.accepted_on"})
ITEM = frozenset({"code", "name", "number", "department", "outcome", "promise", "due"})
NOTICE = frozenset(
    {f"notice.{name}" for name in ("name", "to", "basis", "department", "window")}
    | {f"notice.case.{name}" for name in ("number", "name", "area", "accepted_on", "ending", "outcome")}
    | {f"notice.papers.{name}" for name in ("name", "state", "missing", "required", "due")}
)


class Kept(Protocol):
    """What both a pack and one that is being read know."""

    @property
    def items(self) -> tuple[ItemSpec, ...]:
        """The items, in order."""

    @property
    def applicant(self) -> tuple[str, ...]:
        """Keys whose values name the case."""

    @property
    def parameters(self) -> Mapping[str, object]:
        """Legal values by name."""


def readable_by(
    letter: LetterSpec, item: str, pack: Kept, forms: Mapping[str, Form], model: Model, situation: str
) -> frozenset[str]:
    """Keys of the case's facts this letter may read, for this item; without an item, for the whole case.

    An item's letter reads what the item itself may see; one for some of the applicants nothing about the others.
    """
    items = [each for each in pack.items if not item or each.code == item]
    names = {situation, *(name for each in items for name in each.forms)}
    asked = {key for name in names if name in forms for key in forms[name].keys}
    nodes = [node for node in model.nodes.values() if not item or node.item == item]
    answers = {key for node in nodes for key in _answers(node.item or "", forms.get(node.form or ""))}
    machines = {key for node in nodes for key in connectors.result_names(node)}
    found = asked | answers | OWN | {f"parameters.{name}" for name in pack.parameters}
    found |= {f"{each.code}.applies" for each in items}
    hidden = _others(letter, pack.applicant)
    return frozenset(key for key in (found if hidden else found | machines) if not key.startswith(hidden))


def of_case(letter: LetterSpec) -> bool:
    """Whether the letter is about the whole case, not about one item."""
    return any(occasion.startswith("case:") for occasion in letter.on)


def said_of(occasion: Occasion) -> frozenset[str]:
    """What has to be said with an occasion: names of `notice.said`."""
    return frozenset(name.partition(".")[0] for name in SAID.get(occasion, ()))


def told(letter: LetterSpec, items: Iterable[str], answers: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Names of `notice` a letter may read; `answers` are the keys of each item's own answers."""
    yield from NOTICE
    on = [occasion for occasion in letter.on if occasion is not Occasion.NODE] or list(Occasion)
    yield from (f"notice.said.{name}" for occasion in on for name in SAID.get(occasion, ()))
    group = "notice.items" if of_case(letter) else "notice.item"
    yield from (f"{group}.{name}" for name in ITEM)
    yield from ("notice.items.reason", "notice.papers.reason") if of_case(letter) else ()
    yield from (f"{group}.said.{key}" for item in items for key in answers.get(item, ()))


def _answers(item: str, form: Form | None) -> Iterator[str]:
    yield from (f"{item}.{key}" if item else key for key in (form.keys if form else ()))


def _others(letter: LetterSpec, applicant: tuple[str, ...]) -> tuple[str, ...]:
    """Beginnings of the keys about applicants the letter is not for."""
    others = [key for key in applicant if letter.to and key not in letter.to]
    return tuple(f"{group}." if (group := key.rpartition(".")[0]) else key for key in others)

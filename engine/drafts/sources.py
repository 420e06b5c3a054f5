"""What other departments said about the people of a draft, kept beside what was typed.

`draft.sources` is `{"fields": {address: entry}, "asked": {block: [what came of each question]}}`. An entry holds the
value, who said it as of when, and what the question claimed (`about`, by address): once the clerk changes that, it was
another person's answer and counts no more, and neither does what came of the question. A typed value that differs is a
conflict until somebody decides it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine import forms
from engine.catalog import Pack
from engine.errors import FieldError, FormInvalid
from engine.forms import SHORTEST_REASON, Form
from engine.words import N_

USE, KEEP = "shared", "typed"
OPEN = N_("{label} differs from the shared data. Decide which one holds.")
REASON = N_("Say why the shared data is not used; the reason is recorded.")
CHOOSE = N_("Choose one of the two.")


@dataclass(frozen=True)
class Source:
    """Where the value of a field comes from. `conflict`: what was typed differs and nobody has decided it yet.

    `value` is what the department said, `typed` what the form holds; `reason` why the typed one was kept.
    """

    address: str
    label: str
    connector: str
    department: str
    as_of: str
    value: str
    typed: str
    reason: str = ""

    @property
    def taken(self) -> bool:
        """Whether the form holds what the department said."""
        return self.typed == self.value

    @property
    def conflict(self) -> bool:
        """Whether somebody has to decide."""
        return not self.taken and not self.reason


@dataclass(frozen=True)
class Heard:
    """What came of one question: a kind of answer (`words.Answered`), or "later"; `as_of` in the department's words.

    `about` are the addresses and texts it was asked with.
    """

    connector: str
    name: str
    department: str
    row: str
    outcome: str
    as_of: str
    about: Mapping[str, str]


def sources(pack: Pack, form: Form, stored: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Source]:
    """The fields another department has said something about, by address, in the order of the form."""
    entries = stored.get("fields", {})
    there = (place for place in forms.places(form, values) if place.address in entries)
    found = (_source(pack, place, entries[place.address], values) for place in there)
    return {source.address: source for source in found if source}


def heard(pack: Pack, stored: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, tuple[Heard, ...]]:
    """What came of the questions of each block that were asked with what the form holds now."""
    return {
        group: tuple(_heard(pack, each) for each in asked if _holds(each.get("about", {}), values))
        for group, asked in stored.get("asked", {}).items()
    }


def undecided(found: Mapping[str, Source]) -> list[FieldError]:
    """Every conflict as what keeps from accepting."""
    open_ones = (source for source in found.values() if source.conflict)
    return [FieldError(s.address, s.label, OPEN, {"label": s.label}) for s in open_ones]


def decided(
    stored: Mapping[str, Any], found: Mapping[str, Source], choices: Mapping[str, tuple[str, str]]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The sources with what was decided, and the answers to be replaced. `FormInvalid` for a choice without a reason.

    `choices` are by address: `shared` or `typed`, and the reason to keep what was typed.
    """
    errors: list[FieldError] = []
    entries, replaced = dict(stored.get("fields", {})), {}
    for address, source in found.items():
        use, reason = choices.get(address, ("", ""))
        if not source.conflict or not use:
            continue
        if use == USE:
            replaced[address] = source.value
        elif use != KEEP:
            errors.append(FieldError(address, source.label, CHOOSE))
        elif len(reason.strip()) < SHORTEST_REASON or not reason.isprintable():
            errors.append(FieldError(address, source.label, REASON))
        else:
            entries[address] = entries[address] | {"kept": source.typed, "reason": reason.strip()[:200]}
    if errors:
        raise FormInvalid(errors)
    return {**stored, "fields": entries}, replaced


def of_case(form: Form, found: Mapping[str, Source], values: Mapping[str, Any]) -> dict[str, Any]:
    """What the case keeps, under the addresses its facts have: rows are counted there from one."""
    return {new: _told(found[old]) for old, new in _renumbered(form, values) if old in found}


def _renumbered(form: Form, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for place in forms.places(form, values):
        if place.row:
            listed, position = place.row
            yield place.address, f"{listed.key}.{position}.{place.field.key}"
        else:
            yield place.address, place.address


def _told(source: Source) -> dict[str, Any]:
    told = {"connector": source.connector, "department": source.department, "as_of": source.as_of}
    return told if source.taken else told | {"value": source.value, "reason": source.reason}


def _source(pack: Pack, place: forms.Place, entry: Mapping[str, Any], values: Mapping[str, Any]) -> Source | None:
    if not _holds(entry["about"], values):
        return None
    typed = _text(values.get(place.address))
    connector = pack.connectors.get(entry["connector"])
    return Source(
        address=place.address,
        label=place.field.label,
        connector=entry["connector"],
        department=connector.department if connector else entry["connector"],
        as_of=entry["as_of"] or "",
        value=entry["value"],
        typed=typed,
        reason=entry.get("reason", "") if entry.get("kept") == typed else "",
    )


def _heard(pack: Pack, said: Mapping[str, Any]) -> Heard:
    connector = pack.connectors.get(said["connector"])
    name, department = (connector.name, connector.department) if connector else (said["connector"], "")
    about = said.get("about", {})
    return Heard(said["connector"], name, department, said["row"], said["outcome"], said["as_of"] or "", about)


def _holds(about: Mapping[str, str], values: Mapping[str, Any]) -> bool:
    """Whether the form still says what the question was asked with."""
    return all(_text(values.get(address)) == said for address, said in about.items())


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    return ",".join(value) if isinstance(value, Sequence) else ""

"""Taking answers into the draft: empty fields are filled in, typed ones stay, and each answer is remembered."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine import drafts, exchange, forms
from engine.drafts import DraftView
from engine.exchange import Asked
from engine.jobs import Answer
from engine.prefill.asking import Question
from engine.words import Answered
from engine.work import Work


def note(work: Work, draft_id: str, heard: Sequence[tuple[Question, Asked]]) -> None:
    """Log each question (domain.md 2.0.3) in a transaction of its own: asked is asked, whatever comes of the answer."""
    case = drafts.view(work, draft_id).case_id
    for _, said in heard:
        exchange.record(work, said, draft=draft_id, case=case)


def take(work: Work, draft_id: str, heard: Sequence[tuple[Question, Asked]], *, page: str, revision: int) -> None:
    """Store what came of the questions. `DraftMovedOn` if another page saved in between."""
    view, stored = drafts.view(work, draft_id), drafts.stored_sources(work, draft_id)
    fields, asked = dict(stored.get("fields", {})), dict(stored.get("asked", {}))
    answers: dict[str, Any] = {}
    for group in dict.fromkeys(question.group for question, _ in heard):
        asked[group] = _others(view, group, asked.get(group, ()), [question for question, _ in heard])
    for question, said in heard:
        data = _data(said)
        asked[question.group].append(_outcome(question, said, data))
        for address, value in _values(view, question, data, work):
            fields[address] = _entry(question, data, value)
            if not view.values.get(address):
                answers[address] = value
    drafts.fill(work, draft_id, answers, {"fields": fields, "asked": asked}, page=page, revision=revision)


def _others(
    view: DraftView, group: str, stored: Sequence[Mapping[str, Any]], now: Sequence[Question]
) -> list[Mapping[str, Any]]:
    """What came of earlier questions that still count and are not asked again."""
    counting = {(heard.connector, heard.row) for heard in view.heard.get(group, ())}
    counting -= {(question.connector.type, question.row) for question in now}
    return [each for each in stored if (each["connector"], each["row"]) in counting]


def _data(said: Asked) -> Mapping[str, Any]:
    """What the department confirmed: kind, as_of and the fields that were asked for; nothing for any other answer."""
    found = said.reply.result["said"] if isinstance(said.reply, Answer) else {}
    return found if found.get("kind") == Answered.OK else {}


def _outcome(question: Question, said: Asked, data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "connector": question.connector.type,
        "row": question.row,
        "outcome": said.outcome,
        "as_of": data.get("as_of"),
        "about": dict(question.claims),
    }


def _entry(question: Question, data: Mapping[str, Any], value: str) -> dict[str, Any]:
    return {
        "connector": question.connector.type,
        "as_of": data.get("as_of"),
        "value": value,
        "about": dict(question.claims),
    }


def _values(view: DraftView, question: Question, data: Mapping[str, Any], work: Work) -> list[tuple[str, str]]:
    """The fields of this person the answer speaks of, with a value the field can hold."""
    said = {entry: data.get(name) for entry, name in question.connector.fills.items()}
    form = view.form or forms.EMPTY
    there = [place for place in forms.places(form, view.values) if place.address.startswith(question.row)]
    found = []
    for place in (p for p in there if p.address in view.shown and not p.field.locked):
        value = forms.acceptable(place.field, said.get(place.field.definition), work.now)
        if value:
            found.append((place.address, value))
    return found

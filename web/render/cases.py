"""Words about a case that need more than one value: names of items, outcomes, decisions, plain words for applicants."""

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import gettext as _

from engine import forms, materials, numbers
from engine.cases import CaseView, ProgressItem, ShownTask
from engine.catalog import Pack
from engine.forms import Form
from engine.ledger import Happened
from engine.materials import Paper
from engine.tasks import TaskView
from engine.words import (
    N_,
    Answered,
    CaseOutcome,
    ChangeKind,
    ConcernState,
    Delivery,
    EventKind,
    ItemState,
    MaterialState,
    Outcome,
)
from web.render.kept import printable
from web.render.packs import pack_text
from web.render.words import word

PLAIN: Mapping[ItemState | Outcome, str] = {
    ItemState.WAITING: N_("This begins when the items before it are finished."),
    ItemState.RUNNING: N_("The department is working on it."),
    ItemState.SUPPLEMENT: N_("The department needs something more from you."),
    Outcome.APPROVED: N_("Granted. You get the result at the window or by the way you chose."),
    Outcome.REFUSED: N_("Not granted. The written reason is handed to you; you may object to it."),
    Outcome.TOLERATED: N_("Granted, but a paper still has to follow."),
    Outcome.NOT_NEEDED: N_("This was not needed any more."),
    Outcome.NOT_ACCEPTED: N_("This could not be accepted. The window explains why."),
    Outcome.WITHDRAWN: N_("You withdrew this."),
    Outcome.FORWARDED: N_("Passed on to a higher authority, which will decide."),
    Outcome.TERMINATED: N_("This was stopped without a decision. The window explains why."),
}


def plain_words(item: ProgressItem) -> str:
    """Where one item stands, said to the applicant."""
    return _(PLAIN[item.outcome or item.state])


def item_name(pack: Pack, code: str) -> str:
    """An item's name in the user's language."""
    return next((pack_text(pack, item.name) for item in pack.items if item.code == code), code)


def delivery_ways() -> tuple[Delivery, ...]:
    """How a result can be handed out."""
    return tuple(Delivery)


def change_words(change: str) -> str:
    """How somebody changed where a case stood, from its ledger entry."""
    return word(ChangeKind(change))


def outcome_words(entry: Happened) -> str:
    """How an item or a case ended, from its ledger entry."""
    kind = Outcome if entry.kind.startswith("item:") else CaseOutcome
    return word(kind(entry.facts["outcome"]))


def heard_words(entry: Happened) -> str:
    """What another department answered, from the ledger entry of the job that asked."""
    return call_words(entry.facts["answer"])


def call_words(outcome: str) -> str:
    """What came of a question: the kind of answer, or that it comes later."""
    return word(Answered(outcome)) if outcome in list(Answered) else _("will be answered later")


def heard_now(outcome: str) -> str:
    """What came of a question the clerk waited for, and what to do without an answer."""
    if outcome in (Answered.OK, Answered.NOT_FOUND):
        return call_words(outcome)
    advice = _("ask the applicant") if outcome == Answered.MISMATCH else _("nobody answers; please type it")
    return f"{call_words(outcome)} ({advice})"


def decision_words(case: CaseView, entry: Happened) -> str:
    """The label of a decision, as the form of its step words it; another form's when the step has gone."""
    decision, pack = str(entry.facts["decision"]), case.pack
    node = next((task.node for task in case.tasks if task.id == entry.facts.get("task")), "")
    own = pack.model.nodes[node].form if node in pack.model.nodes else None
    for form in (pack.forms.get(own or "", forms.EMPTY), *pack.forms.values()):
        field = form.by_key.get("decision")
        for choice in field.choices if field else ():
            if choice.value == decision:
                return pack_text(pack, choice.label)
    return decision


def rule_name(pack: Pack, facts: Mapping[str, Any]) -> str:
    """What a decision table is called in the drawing, from its ledger entry, or in the guide; else its own name."""
    guide = {pack.guide.items: _("items called for"), pack.guide.materials: _("papers called for")}
    if facts["name"] in guide:
        return guide[facts["name"]]
    node = pack.model.nodes.get(facts["node"])
    return pack_text(pack, node.name if node and node.name else facts["name"])


def answer_words(form: Form, key: str, value: Any) -> str:
    """What was answered, with the labels of choices instead of their values."""
    field = form.by_key.get(key)
    return forms.display(field, value) if field else str(value)


def asked_by(view: TaskView) -> ShownTask | None:
    """The task whose decision sent this item back: who asked for more, and when."""
    asked = [task for task in view.case.tasks if task.item == view.task.item and task.answers.get("missing")]
    return asked[-1] if asked else None


def kept_words(view: TaskView) -> list[tuple[str, str]]:
    """What this user typed and did not submit: label and answer."""
    asked = [p for form in (view.form, view.application) if form for p in forms.places(form, view.typed)]
    typed = (p for p in asked if not p.field.locked and not p.field.rows)
    said = ((p.field.label, printable(forms.display(p.field, view.typed.get(p.address)))) for p in typed)
    return [(label, words) for label, words in said if words]


def event_words(entry: Happened) -> str:
    """Which life event an entry is about, and what was decided about it."""
    said = [EventKind(entry.facts["what"]), *(ConcernState(w) for w in (entry.facts.get("decision"),) if w)]
    return " · ".join(word(each) for each in said)


def paper_name(pack: Pack, code: str) -> str:
    """What a paper is called; its code where the pack does not ask for it any more."""
    return next((pack_text(pack, spec.name) for spec in pack.materials if spec.code == code), code)


def used_words(used: Collection[str]) -> str:
    """The other cases that used a bill; those of another window are not named."""
    return _(", ").join(numbers.grouped(number) if number else _("a case of another window") for number in used)


def paper_states(paper: Paper) -> tuple[MaterialState, ...]:
    """How a paper may stand: first missing, then the ways to satisfy it; taken over only where a case offers it."""
    return materials.choices(paper.spec, offered=paper.offer is not None)

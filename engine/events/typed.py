"""What people type about an event, checked like any form."""

from collections.abc import Mapping
from typing import Any

from engine import forms, releases
from engine.errors import FieldError, FormInvalid, gathered
from engine.forms import SHORTEST_REASON, Field, FieldType, Form, Section
from engine.words import N_, EventKind
from engine.work import Work

REASON = Field("reason", FieldType.TEXTAREA, N_("Reason"), required=True, max_length=500)
SAID = Field("said", FieldType.TEXTAREA, N_("What happened"), required=True, max_length=500)
DAY = Field("day", FieldType.DATE, N_("Day of death"), required=True)
EVIDENCE = Field("evidence", FieldType.TEXTFIELD, N_("Number of the death certificate"), required=True, max_length=80)
TOO_SHORT = N_("Say it in at least 4 characters; it is recorded.")
FUTURE = N_("This day has not come yet.")
_ASKED: Mapping[EventKind, tuple[Field, ...]] = {
    EventKind.DECEASED: (DAY, EVIDENCE),
    EventKind.CHANGED: (SAID,),
    EventKind.OBJECTED: (SAID,),
    EventKind.WITHDRAWN: (REASON,),
}


def fields(kind: EventKind) -> tuple[Field, ...]:
    """What is asked about an event of this kind."""
    return _ASKED[kind]


def told(work: Work, kind: EventKind, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The clean answers to what is asked about an event of this kind. `FormInvalid` names everything wrong."""
    return _checked(work, _ASKED[kind], raw)


def form(kind: EventKind) -> Form:
    """The same as a form, where checks of the pack may say something."""
    return _form(_ASKED[kind])


def why(work: Work, reason: str) -> str:
    """A reason, or `FormInvalid` when it is none."""
    return str(_checked(work, (REASON,), {"reason": reason})["reason"])


def _checked(work: Work, fields: tuple[Field, ...], raw: Mapping[str, Any]) -> dict[str, Any]:
    errors: list[FieldError] = []
    clean: dict[str, Any] = {}
    with gathered(errors):
        clean = forms.check(_form(fields), raw, now=work.now)
    for field in fields:
        value = clean.get(field.key)
        if field.type == FieldType.TEXTAREA and value and len(str(value)) < SHORTEST_REASON:
            errors.append(FieldError(field.key, field.label, TOO_SHORT))
        if field.type == FieldType.DATE and value and str(value) > releases.local_day(work.now).isoformat():
            errors.append(FieldError(field.key, field.label, FUTURE))
    if errors:
        raise FormInvalid(errors)
    return clean


def _form(fields: tuple[Field, ...]) -> Form:
    return Form("event", "", (Section("", "", fields),))

"""What somebody typed: kept as it is, valid or not, as long as it can be a form at all; and the reasons they give."""

from collections.abc import Mapping
from typing import Any

from engine import forms
from engine.errors import FieldError, FormInvalid
from engine.forms import SHORTEST_REASON, Field, FieldType, Form, Section
from engine.store.columns import dumps
from engine.words import N_
from engine.work import Work

LIMIT = 400_000  # characters of JSON; the largest combined form holds a tenth of it
TOO_LONG = N_("This is too much text to keep.")
TOO_SHORT = N_("Say why, in at least 4 characters; the reason is recorded.")


def bounded(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same; `FormInvalid` if it is more than anybody can have typed."""
    if len(dumps(dict(raw))) > LIMIT:
        raise FormInvalid([FieldError("", "", TOO_LONG)])
    return dict(raw)


def said(work: Work, text: str, label: str, most: int = 200, least: int = SHORTEST_REASON) -> str:
    """What somebody gave as a reason or an answer, clean; `FormInvalid` for nothing, too little or too much."""
    asked = Field("reason", FieldType.TEXTAREA, label, required=True, max_length=most)
    clean = str(forms.check(Form("reason", "", (Section("", "", (asked,)),)), {"reason": text}, now=work.now)["reason"])
    if len(clean) < least:
        raise FormInvalid([FieldError("reason", label, TOO_SHORT)])
    return clean

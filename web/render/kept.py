"""What somebody typed into a form that was refused, so that the page that says so can give it back."""

import re
from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

HIDDEN = frozenset({"csrf_token", "password", "submit_key", "revision", "next"})
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True)
class Typed:
    """One answer of the refused form."""

    name: str
    value: str


def typed() -> tuple[Typed, ...]:
    """The answers of this request's form that a person wrote; none when it could not be read."""
    if request.method != "POST":
        return ()
    try:
        form = request.form
    except RequestEntityTooLarge:
        return ()
    return tuple(
        Typed(printable(name), printable(value))
        for name, value in form.items(multi=True)
        if name not in HIDDEN and not name.startswith("_") and value.strip()
    )


def printable(text: str) -> str:
    """The text without characters HTML does not allow."""
    return UNPRINTABLE.sub("", text)

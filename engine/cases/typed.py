"""What somebody typed and did not submit yet: kept as it is, valid or not, as long as it can be a form at all."""

from collections.abc import Mapping
from typing import Any

from engine.errors import FieldError, FormInvalid
from engine.store.columns import dumps
from engine.words import N_

LIMIT = 400_000  # characters of JSON; the largest combined form holds a tenth of it
TOO_LONG = N_("This is too much text to keep.")


def bounded(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same; `FormInvalid` if it is more than anybody can have typed."""
    if len(dumps(dict(raw))) > LIMIT:
        raise FormInvalid([FieldError("", "", TOO_LONG)])
    return dict(raw)

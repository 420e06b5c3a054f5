"""The blind index: a keyed hash finds equal numbers and tells nothing about them.

There are only some 10^12 possible ID numbers, so a hash without a key could be tried out; this one needs the secret.
"""

import hashlib
import hmac

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from engine.work import Work


def hashed(work: Work, what: str, text: str) -> str:
    """The keyed hash of a text; `what` keeps names and numbers apart. ValueError in an installation without secret."""
    if not work.secret:
        raise ValueError("an index of people needs the installation's secret")
    return hmac.new(work.secret.encode(), f"{what}:{text}".encode(), hashlib.sha256).hexdigest()


def number_of(typed: str) -> str | None:
    """The ID number in what was typed or scanned, or None if it is none."""
    compact = "".join(typed.split()).upper()
    try:
        return str(ric.validate(compact)) if compact.isascii() else None
    except ValidationError:
        return None

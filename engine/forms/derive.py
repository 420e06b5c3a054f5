"""Values computed from others, so that nobody types them and nobody can contradict them."""

from collections.abc import Callable, Mapping
from datetime import date

from stdnum.cn import ric  # type: ignore[import-untyped, unused-ignore]

from engine.forms import checks, rows
from engine.forms.clean import Wrong
from engine.forms.model import Form
from engine.forms.paths import Raw, flatten


def derive(form: Form, raw: Raw) -> dict[str, str | list[str]]:
    """`raw` with every derived value computed anew, whatever was sent for it; empty without a good source."""
    known = flatten(raw)
    for field in form.fields:
        if field.derive:
            known[field.key] = _derived(field.derive, known.get(field.derived_from, ""))
        for mark, row in rows.rows(field, known) if field.rows else ():
            inside = derive(field.rows.form, row) if field.rows else {}
            known |= {f"{field.key}.{mark}.{key}": value for key, value in inside.items()}
    return known


def birth_date(number: str) -> str:
    """The birth date in an 18-character ID number, YYYY-MM-DD."""
    born: date = ric.get_birth_date(number)
    return born.isoformat()


def sex(number: str) -> str:
    """`male` or `female`: the 17th digit is odd for men (GB 11643)."""
    return "male" if int(number[16]) % 2 else "female"


DERIVATIONS: Mapping[str, Callable[[str], str]] = {"birth_date": birth_date, "sex": sex}
VALUES: Mapping[str, frozenset[str]] = {"sex": frozenset({"male", "female"})}


def _derived(how: str, source: str | list[str]) -> str:
    text = source[0] if isinstance(source, list) and len(source) == 1 else source
    if not isinstance(text, str):
        return ""
    try:
        return DERIVATIONS[how](checks.resident_number(text))
    except Wrong:
        return ""

"""What somebody without need to know sees of a value: enough to recognise it, not enough to use it."""

from engine.forms.model import Field, Secrecy


def mask(what: Field | Secrecy | str, value: object) -> str:
    """The masked text of a value: `110101********7758`, `138****8000`, `张*`, first or last signs of others."""
    secrecy = what.secrecy if isinstance(what, Field) else Secrecy(what)
    if value is None or value == "":
        return ""
    if secrecy is Secrecy.NONE:
        return str(value)
    text = value if isinstance(value, str) else ""
    return _MASKS[secrecy](text)


def _id(text: str) -> str:
    return text[:6] + "*" * (len(text) - 10) + text[-4:] if len(text) >= 15 else "*" * 8


def _phone(text: str) -> str:
    return text[:3] + "****" + text[-4:] if len(text) >= 11 else "****"


def _name(text: str) -> str:
    return text[0] + "*" if len(text) > 1 else "*"


def _address(text: str) -> str:
    return text[:6] + "****" if len(text) > 6 else "****"


def _account(text: str) -> str:
    return "*" * (len(text) - 4) + text[-4:] if len(text) >= 12 else "*" * 8


_MASKS = {
    Secrecy.ID: _id,
    Secrecy.PHONE: _phone,
    Secrecy.NAME: _name,
    Secrecy.ADDRESS: _address,
    Secrecy.ACCOUNT: _account,
}

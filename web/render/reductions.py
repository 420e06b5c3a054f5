"""The four reductions in words: above all what nobody stated."""

from flask_babel import gettext as _

from engine.catalog import Pack
from engine.reductions import Figure, Reductions
from web.render.packs import pack_text


def lacking_words(pack: Pack, reductions: Reductions, figure: Figure) -> str:
    """Why a figure cannot be said; nothing if it can."""
    if figure.less is not None:
        return ""
    if len(figure.unstated) == len(reductions.lines):
        return _("of every item")
    if figure.unstated:
        return _(", ").join(pack_text(pack, pack.item(code).name) for code in figure.unstated)
    return _("the units differ") if figure.apart is None else _("for doing it together")


def apart_words(value: int | None) -> str:
    """A number, or that nobody stated it."""
    return _("not stated") if value is None else str(value)

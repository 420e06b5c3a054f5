"""A pack's own texts: Chinese in the pack, English from its table."""

from collections.abc import Callable, Iterable
from functools import partial
from html import escape

from engine.catalog import ItemSpec, Pack
from engine.words import Ending
from web.language import speaks_chinese
from web.render.words import word


def pack_text(pack: Pack, zh: str) -> str:
    """A text of the pack in the user's language; Chinese where the pack has no translation.

    How a case ended may also be a word of ours, when no drawing ended it.
    """
    if speaks_chinese():
        return zh
    return pack.texts.get(zh) or (word(Ending(zh)) if zh in list(Ending) else zh)


def drawing_words(pack: Pack, drawing: str) -> dict[str, str]:
    """English names for what a drawing names in Chinese; empty for Chinese readers, who read the drawing as it is."""
    return {} if speaks_chinese() else {zh: en for zh, en in pack.texts.items() if escape(zh) in drawing}


def names_of(pack: Pack, items: Iterable[ItemSpec]) -> list[str]:
    """The names of items in the user's language."""
    return [pack_text(pack, item.name) for item in items]


def texts_of(pack: Pack) -> Callable[[str], str]:
    """The translator of one pack, for macros that show many of its texts."""
    return partial(pack_text, pack)

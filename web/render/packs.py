"""A pack's own texts: Chinese in the pack, English from its table."""

from collections.abc import Callable
from functools import partial

from engine.catalog import Pack
from web.language import speaks_chinese


def pack_text(pack: Pack, zh: str) -> str:
    """A text of the pack in the user's language; Chinese where the pack has no translation."""
    return zh if speaks_chinese() else pack.texts.get(zh) or zh


def texts_of(pack: Pack) -> Callable[[str], str]:
    """The translator of one pack, for macros that show many of its texts."""
    return partial(pack_text, pack)

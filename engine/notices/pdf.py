"""HTML → PDF by WeasyPrint, which draws text with Pango. Never inside a transaction: it takes a second.

Nothing is fetched, neither from the network nor from a file: all of a sheet is in its text. The fonts are those of the
machine and are embedded; a character none of them has stops the printing instead of becoming a box.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import GlyphMissing, NoPrinter
from engine.notices.sheet import style

_LOG = logging.getLogger("weasyprint")
_NO_GLYPH = ".notdef glyph"  # how its warning about a character without a font begins
_LOG.setLevel(logging.WARNING)


def pdf(page: str) -> bytes:
    """The PDF of a document of `sheet.page`; the same text gives the same bytes on the same machine.

    `NoPrinter` where Pango is missing, `GlyphMissing` when no font has a character.
    """
    try:
        import weasyprint  # it loads Pango: a server without it does everything else
    except OSError as error:
        raise NoPrinter from error
    # A seal's picture is part of the text (data:); any other address stops the printing.
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
    with _missing() as missing:
        looks = weasyprint.CSS(string=style() + style("paper.css"), url_fetcher=nothing)
        try:
            made = weasyprint.HTML(string=page, url_fetcher=nothing).write_pdf(stylesheets=[looks])
        except weasyprint.urls.FatalURLFetchingError as error:  # no Exception: it would end the thread
            raise ValueError("a notice fetches nothing") from error
    if missing:
        raise GlyphMissing(characters="".join(f"“{c}” (U+{ord(c):04X}) " for c in dict.fromkeys(missing)).strip())
    return bytes(made)


@contextmanager
def _missing() -> Iterator[list[str]]:
    """The characters without a font that this thread is warned of meanwhile."""
    heard = _Heard(threading.get_ident())
    _LOG.addHandler(heard)
    try:
        yield heard.characters
    finally:
        _LOG.removeHandler(heard)


class _Heard(logging.Handler):
    def __init__(self, thread: int) -> None:
        super().__init__(logging.WARNING)
        self.thread = thread
        self.characters: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the character a warning of our thread is about."""
        if record.thread == self.thread and str(record.msg).startswith(_NO_GLYPH) and record.args:
            self.characters.append(str(next(iter(record.args))))

"""A notice on the screen and as PDF: the engine writes the sheet, we say where its verify page is."""

from flask import Response, make_response, render_template, url_for
from markupsafe import Markup

from engine import notices
from engine.errors import EngineError, GlyphMissing, NoPrinter
from engine.notices import Copy, NoticeView
from web.begin import settings
from web.render.sentences import sentence


def sheet(notice: NoticeView, *, printing: int = 0, query: str = "") -> Markup:
    """The notice as HTML: escaped by the engine, blank by blank."""
    return Markup(notices.sheet(notice, copy_of(notice, printing=printing, query=query)))  # noqa: S704


def copy_of(notice: NoticeView, *, printing: int, query: str) -> Copy:
    """What is only on this copy. The address names nobody: it holds the code alone."""
    address = settings().public_url + url_for("public.verify", code=notice.code)
    seal = notices.seal(settings().seals, notice.department_id, notice.department)
    return Copy(address, seal, printing, query)


def as_pdf(notice: NoticeView, *, printing: int = 0, query: str = "") -> Response:
    """The notice as PDF; where none can be made, as a page to print from the browser, with the reason.

    Call it outside the transaction: drawing takes a second.
    """
    drawn = sheet(notice, printing=printing, query=query)
    try:
        response = make_response(notices.pdf(notices.page(str(drawn), notice.name)))
    except (NoPrinter, GlyphMissing) as why:
        return make_response(render_template("notices/print.html", notice=notice, sheet=drawn, why=_told(why)))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{notice.kind}-{notice.code}.pdf"'
    return response


def printed(page: str, name: str) -> tuple[str, bytes]:
    """A document as a file: PDF, or where none can be made the page itself, to print from a browser."""
    try:
        return f"{name}.pdf", notices.pdf(page)
    except (NoPrinter, GlyphMissing):
        looks = f"<style>{notices.style()}</style></head>"
        return f"{name}.html", page.replace("</head>", looks, 1).encode()


def _told(why: EngineError) -> str:
    return sentence(why)

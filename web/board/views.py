"""The board, and the lists behind its figures. What is asked for stands in the address: it names nobody."""

import logging
from contextlib import ExitStack
from tempfile import TemporaryFile

from flask import Blueprint, abort, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import catalog, figures
from engine.errors import NotYours, TermUnclear
from engine.figures import Counted, Term, Wish
from engine.words import N_, Lamp
from engine.work import Work
from web.begin import actor, begin, look
from web.board.sheets import EXPORTS, NARROW
from web.guard import guard
from web.render.kept import printable
from web.render.sentences import sentence
from web.render.xlsx import MIME, workbook
from web.shell import Entry

blueprint = Blueprint("board", __name__, url_prefix="/supervisor")
entries = (Entry("board.home", N_("Board"), "chart-bar"),)
log = logging.getLogger(__name__)


@blueprint.get("/board")
@guard(*figures.POSTS)
def home() -> str | tuple[str, int]:
    """Lamps, workload, items and counties; of this month unless the address says another period."""
    with look() as work:
        term, unclear = _term(work)
        found = figures.board(work, term)
        choices = figures.terms(work.now)
    page = render_template("board/home.html", board=found, term=term, terms=choices, unclear=unclear)
    return page, 422 if unclear else 200


@blueprint.get("/board/list")
@guard(*figures.POSTS)
def behind() -> str:
    """What was counted. An unclear period has no list."""
    what = request.args.get("what", "")
    if what not in list(Counted):
        abort(404)
    narrowed = {name: printable(request.args.get(name, "")) for name in NARROW}
    with look() as work:
        asked = Wish(Counted(what), figures.term(work.now, *_said()), **narrowed)
        found = figures.behind(work, asked, page=request.args.get("page", 1, int))
    return render_template("board/list.html", page=found, wish=asked)


@blueprint.get("/board/indicators")
@guard(*figures.POSTS)
def indicators() -> str | tuple[str, int]:
    """Each indicator with its meaning and what was counted; those without a value with why."""
    with look() as work:
        term, unclear = _term(work)
        found, choices = figures.measured(work, term), figures.terms(work.now)
    told = {"term": term, "terms": choices, "unclear": unclear, "goals": figures.goals(catalog.content_root())}
    return render_template("board/indicators.html", found=found, **told), 422 if unclear else 200


@blueprint.get("/board/heat/<pack>")
@guard(*figures.POSTS)
def heat(pack: str) -> str | tuple[str, int]:
    """The drawing of a one-thing with how often each step was taken and how long it took; the same as a table."""
    with look() as work:
        term, unclear = _term(work)
        found, choices = figures.heat(work, printable(pack), term), figures.terms(work.now)
    marks = {step.id: {"level": step.level, "text": heat_words(step.done, step.median)} for step in found.steps}
    told = {"term": term, "terms": choices, "unclear": unclear, "marks": marks}
    return render_template("board/heat.html", heat=found, pack=found.release.pack, **told), 422 if unclear else 200


@blueprint.get("/board/xes/<pack>")
@guard(*figures.POSTS)
def event_log(pack: str) -> Response:
    """The event log of a one-thing, of the cases accepted in the period: no name is in it."""
    with ExitStack() as opened:
        file = opened.enter_context(TemporaryFile())
        with look() as work:
            asked = figures.term(work.now, *_said())
            count = figures.write_xes(work, printable(pack), asked, file)
        opened.pop_all()  # written: the response reads it and closes it
    log.info("event log of %d cases written", count)
    file.seek(0)
    name = f"{pack}-{asked.name or f'{asked.since}-{asked.until}'}.xes"
    return send_file(file, mimetype="application/xml", as_attachment=True, download_name=name)


@blueprint.post("/board/export/<name>")
@guard(*figures.POSTS)
def export(name: str) -> Response:
    """A list or the figures as a workbook. What names cases is in their ledgers, the rest in the log."""
    wanted = EXPORTS.get(name)
    if wanted is None or (name == "list" and request.form.get("what", "") not in list(Counted)):
        abort(404)
    if not actor().holds(*wanted.posts):
        raise NotYours
    said = (printable(request.form.get(each, "")).strip() for each in ("term", "since", "until"))
    with begin() as work:
        term = figures.term(work.now, *said)
        file = workbook(wanted.sheets(work, term))
    log.info("list %s taken out", name)
    return send_file(file, mimetype=MIME, as_attachment=True, download_name=f"lianban-{name}.xlsx")


@blueprint.app_template_global()
def may_export(name: str) -> bool:
    """Whether whoever asks may take this out."""
    return actor().holds(*EXPORTS[name].posts)


@blueprint.app_template_global()
def counted_words() -> type[Counted]:
    """What can be counted, by name."""
    return Counted


@blueprint.app_template_global()
def lamp_words() -> tuple[Lamp, ...]:
    """The lamps that say that time runs out, the worst first."""
    return Lamp.RED, Lamp.YELLOW


@blueprint.app_template_global()
def behind_url(term: Term, what: Counted, **narrowed: str) -> str:
    """The address of the list behind a figure."""
    return url_for("board.behind", what=what, **term_args(term), **narrowed)


@blueprint.app_template_global()
def term_args(term: Term) -> dict[str, str]:
    """A period as addresses say it."""
    return {"term": term.name} if term.name else {"since": str(term.since), "until": str(term.until)}


@blueprint.app_template_global()
def heat_words(done: int, median: int | None) -> str:
    """How often a step was taken, and how long it took, as it stands on the drawing."""
    often = _("%(count)s×", count=done)
    return often if median is None else f"{often} · " + _("%(count)s d", count=median)


@blueprint.app_template_filter()
def term_words(term: Term) -> str:
    """A period as people read it."""
    days = _("%(since)s to %(until)s", since=term.since, until=term.until)
    return f"{term.name} ({days})" if term.name else days


@blueprint.app_template_filter()
def per_cent(part: float | None) -> str:
    """A part of a whole; a dash where there is none. Never rounded up to all."""
    return "—" if part is None else f"{int(part * 1000) / 10:.1f}%"


def _term(work: Work) -> tuple[Term, str]:
    """The period asked for; of one that cannot be read this month, and why."""
    try:
        return figures.term(work.now, *_said()), ""
    except TermUnclear as unclear:
        return figures.term(work.now), sentence(unclear)


def _said() -> tuple[str, str, str]:
    name, since, until = (printable(request.args.get(each, "")).strip() for each in ("term", "since", "until"))
    return name, since, until

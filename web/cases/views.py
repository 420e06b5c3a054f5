"""One case: items, who holds what, papers, the drawing, the history; the receipt to print."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from engine import cases, dossier, exchange, notices, reductions, repairs
from engine.cases import CaseView
from engine.errors import FormInvalid
from engine.words import N_, Post
from web.begin import begin, look, settings
from web.guard import guard
from web.render.kept import printable
from web.render.pages import remember_search, searched
from web.render.sentences import field_sentences
from web.shell import Entry

blueprint = Blueprint("cases", __name__, url_prefix="/cases")
entries = (Entry("cases.home", N_("Cases"), "files"),)


@blueprint.get("/")
@guard()
def home() -> str:
    """Every case this person may read."""
    search, page = searched()
    with look() as work:
        found = cases.listing(work, search=search, page=page)
    return render_template("cases/home.html", cases=found, search=search)


@blueprint.post("/")
@guard()
def search() -> Response:
    """Search this list, without the words in the address."""
    remember_search("cases.home")
    return redirect(url_for(".home"))


@blueprint.get("/<case_id>")
@guard()
def view(case_id: str) -> str:
    """The case, masked. Reading it is recorded."""
    with begin() as work:
        shown = cases.view(work, case_id)
        adjust = repairs.may_adjust(work, case_id)
        calls, taken = exchange.calls(work, case_id), reductions.of_case(work, case_id)
        export = dossier.may_take(work, case_id)
    told = {"adjust": adjust, "calls": calls, "reductions": taken, "export": export}
    return _page(shown, **told, focus=request.args.get("node", ""))


@blueprint.post("/<case_id>/reveal")
@guard()
def reveal(case_id: str) -> str:
    """The case without masks, for a recorded reason."""
    with begin() as work:
        shown = cases.reveal(work, case_id, request.form.get("reason", ""))
        calls = exchange.calls(work, case_id)
    return _page(shown, calls=calls, revealed=True)


@blueprint.post("/<case_id>/items/<item>/handover")
@guard(Post.WINDOW)
def hand_over(case_id: str, item: str) -> Response | tuple[str, int]:
    """Hand out the result of one item. What is wrong is said beside it and nothing typed is lost."""
    given = {name: printable(request.form.get(name, ""))[:200] for name in ("receiver", "tracking", "code", "signed")}
    way = printable(request.form.get("way", ""))[:20]
    try:
        with begin() as work:
            cases.hand_over(work, case_id, item, way, given)
    except FormInvalid as invalid:
        with begin() as work:
            shown = cases.view(work, case_id)
        posted = {**given, "item": item, "way": way}
        return _page(shown, errors=field_sentences(invalid), posted=posted), 422
    return redirect(url_for(".view", case_id=case_id, _anchor="out"))


@blueprint.get("/<case_id>/receipt")
@guard(Post.WINDOW)
def receipt(case_id: str) -> str:
    """The receipt, to print and hand over."""
    with begin() as work:
        printed = cases.receipt(work, case_id)
    address = settings().public_url + url_for("public.progress", number=printed.number)
    return render_template("cases/receipt.html", receipt=printed, address=address, qr=Markup(notices.qr(address)))  # noqa: S704  drawn by segno from an address of ours


def _page(shown: CaseView, **told: Any) -> str:
    """`told`: `calls` to others, `focus` (a node), `reductions`, is it `revealed`, may one `adjust` or `export`."""
    return render_template("cases/case.html", case=shown, **told)

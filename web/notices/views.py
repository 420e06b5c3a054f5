"""One notice: read, printed, replaced by a corrected one."""

from secrets import token_hex

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine import cases, notices
from web.begin import actor, begin
from web.guard import guard, public
from web.render.sheets import as_pdf, sheet

blueprint = Blueprint("notices", __name__, url_prefix="/notices")
entries = ()


@blueprint.get("/letter.css")
@public
def style() -> Response:
    """How a notice looks, on the screen as on paper."""
    return Response(notices.style(), mimetype="text/css")


@blueprint.get("/<notice_id>")
@guard()
def view(notice_id: str) -> str:
    """The notice as it was issued, with what became of it. Reading it is recorded."""
    with begin() as work:
        notice = cases.notice(work, notice_id)
        query = cases.query_code(work, notice)
    mine = notice.department_id in actor().departments()
    return render_template(
        "notices/notice.html", notice=notice, sheet=sheet(notice, query=query), mine=mine, key=token_hex(16)
    )


@blueprint.post("/<notice_id>/print")
@guard()
def print_(notice_id: str) -> Response:
    """The PDF of one more copy; each is recorded, and a second one says that it is."""
    with begin() as work:
        notice = cases.printed(work, notice_id)
        query = cases.query_code(work, notice)
    return as_pdf(notice, printing=notice.copies, query=query)


@blueprint.post("/<notice_id>/correct")
@guard()
def correct(notice_id: str) -> AnyResponse:
    """Issue it again from what the case knows now; the new one replaces it."""
    with begin() as work:
        new = cases.corrected(work, notice_id, request.form.get("reason", ""), key=request.form.get("key", ""))
    return redirect(url_for(".view", notice_id=new))

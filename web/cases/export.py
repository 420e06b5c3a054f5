"""The whole file of a case, to take out: one zip that can be checked without us. For coordinator and auditor."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from flask import render_template, request, send_file
from werkzeug.wrappers import Response

from engine import dossier, notices
from engine.dossier import Dossier
from engine.words import Post
from web.begin import begin
from web.cases.views import blueprint
from web.guard import guard
from web.render.sheets import printed, sheet

IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger one lies in a file without a name meanwhile


@blueprint.post("/<case_id>/export")
@guard(Post.LEAD, Post.AUDITOR)
def export(case_id: str) -> Response:
    """The file of the case. That it was taken out, and why, is in its ledger."""
    with begin() as work:
        found = dossier.take(work, case_id, request.form.get("reason", ""))
    file = cast("IO[bytes]", SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115  closed with the response
    dossier.bind(file, found, dict(_papers(found)))
    file.seek(0)
    name = f"{found.number}-{found.at:%Y%m%d%H%M%S}.zip"
    return send_file(file, mimetype="application/zip", as_attachment=True, download_name=name)


def _papers(found: Dossier) -> Iterator[tuple[str, bytes]]:
    """The cover, and the notices as they look on the screen: exporting is no printing."""
    cover = render_template("cases/cover.html", dossier=found, case=found.view)
    yield printed(notices.page(cover, found.number), "cover")
    for each in found.notices:
        yield printed(notices.page(str(sheet(each)), each.name), f"notices/{each.kind}-{each.code}")

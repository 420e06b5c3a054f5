"""The scans of one paper while its application is being taken."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import drafts
from engine.errors import FormInvalid
from engine.words import Post
from web.begin import begin, look
from web.guard import guard
from web.render.sentences import field_sentence
from web.uploads import received, receives_files, shown
from web.window.views import blueprint


@blueprint.get("/drafts/<draft_id>/papers/<code>")
@guard(Post.WINDOW)
def paper(draft_id: str, code: str) -> str:
    """One paper: its scans, and more of them."""
    return _page(draft_id, code)


@blueprint.post("/drafts/<draft_id>/papers/<code>")
@guard(Post.WINDOW)
@receives_files
def upload(draft_id: str, code: str) -> Response | str | tuple[str, int]:
    """Keep the files that can be kept, and say of each other one why not."""
    with look() as work:
        drafts.paper(work, draft_id, code)  # whose draft it is comes before the work of looking at files
    taken, refused = received()
    errors = [field_sentence(each) for each in refused]
    try:
        with begin() as work:
            drafts.attach(work, draft_id, code, taken)
    except FormInvalid as invalid:
        errors += [field_sentence(each) for each in invalid.errors]
        taken = ()
    if errors:
        return _page(draft_id, code, kept=len(taken), errors=errors), 422
    flash(_("%(count)s files added.", count=len(taken)), "success" if taken else "warning")
    return redirect(url_for(".paper", draft_id=draft_id, code=code))


@blueprint.post("/scans/<draft_id>/<file_id>")
@guard(Post.WINDOW)
def remove(draft_id: str, file_id: str) -> Response:
    """Take a scan off again."""
    with begin() as work:
        code = drafts.detach(work, draft_id, file_id)
    return redirect(url_for(".paper", draft_id=draft_id, code=code))


@blueprint.get("/scans/<draft_id>/<file_id>")
@guard(Post.WINDOW)
def scan(draft_id: str, file_id: str) -> Response:
    """The scan itself."""
    with look() as work:
        found, content = drafts.scan(work, draft_id, file_id)
    return shown(found, content)


def _page(draft_id: str, code: str, *, kept: int = 0, errors: list[str] | None = None) -> str:
    with look() as work:
        view = drafts.paper(work, draft_id, code)
    return render_template("window/paper.html", view=view, kept=kept, errors=errors or [])

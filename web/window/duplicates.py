"""An application beside the cases it may be the same as: look at that case, or go on with a reason."""

from secrets import token_hex

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import drafts
from engine.errors import FormInvalid
from engine.words import Post
from web.begin import begin
from web.guard import guard
from web.render.kept import printable
from web.render.packs import texts_of
from web.render.posted import posted
from web.render.sentences import field_sentences
from web.window.views import blueprint


@blueprint.get("/drafts/<draft_id>/duplicates")
@guard(Post.WINDOW)
def duplicates(draft_id: str) -> Response | str:
    """What is the same and what differs, masked."""
    return _page(draft_id)


@blueprint.post("/drafts/<draft_id>/duplicates")
@guard(Post.WINDOW)
def explain(draft_id: str) -> Response | str | tuple[Response | str, int]:
    """Keep the reason to go on; then to the next case without one, or back to the form."""
    given = posted(request.form)
    case_id, reason = printable(request.form.get("_case", "")), given.text("reason")
    try:
        with begin() as work:
            drafts.explain(work, draft_id, case_id, reason, page=given.key, revision=given.revision)
            left = [found.case_id for found, why in drafts.view(work, draft_id).duplicates if not why]
    except FormInvalid as invalid:
        errors = field_sentences(invalid, lambda words: words)
        return _page(draft_id, page=given.key, wrong=case_id, said=reason, error=errors.get("reason", "")), 422
    if left:
        return redirect(url_for(".duplicates", draft_id=draft_id, _anchor=f"r-{left[0]}"))
    return redirect(url_for(".form", draft_id=draft_id))


def _page(draft_id: str, *, page: str = "", wrong: str = "", said: str = "", error: str = "") -> Response | str:
    with begin() as work:
        draft, beside = drafts.compare(work, draft_id)
    if not beside:
        return redirect(url_for(".form", draft_id=draft_id))
    told = {"text": texts_of(draft.pack), "page": page or token_hex(16), "wrong": wrong, "said": said, "error": error}
    return render_template("window/duplicates.html", draft=draft, beside=beside, **told)

"""One paper of a case: its scans, what is handed in later, what was found to be false."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import cases
from engine.errors import FormInvalid, NotYours, ReasonNeeded
from engine.words import Post
from web.begin import begin
from web.cases.views import blueprint
from web.guard import guard
from web.render.packs import texts_of
from web.render.sentences import field_sentence, sentence
from web.uploads import received, receives_files, shown


@blueprint.get("/<case_id>/papers/<code>")
@guard()
def paper(case_id: str, code: str) -> str:
    """The paper and its scans, for whoever needs it."""
    return _page(case_id, code)


@blueprint.post("/<case_id>/papers/<code>/scans")
@guard(Post.WINDOW)
@receives_files
def upload(case_id: str, code: str) -> Response | tuple[str, int]:
    """Add scans to the paper."""
    with begin() as work:
        if not cases.paper(work, case_id, code).may_record:
            raise NotYours
    taken, refused = received()
    errors = [field_sentence(each) for each in refused]
    try:
        with begin() as work:
            cases.attach(work, case_id, code, taken)
    except FormInvalid as invalid:
        errors += [field_sentence(each) for each in invalid.errors]
        taken = ()
    if errors:
        return _page(case_id, code, kept=len(taken), errors=errors), 422
    flash(_("%(count)s files added.", count=len(taken)), "success" if taken else "warning")
    return redirect(url_for(".paper", case_id=case_id, code=code))


@blueprint.post("/<case_id>/papers/<code>")
@guard(Post.WINDOW)
def hand_in(case_id: str, code: str) -> Response | tuple[str, int]:
    """The paper is there now."""
    state, reason = request.form.get("state", ""), request.form.get("reason", "")
    try:
        with begin() as work:
            cases.hand_in(work, case_id, code, state, reason)
    except FormInvalid as invalid:
        return _page(case_id, code, invalid=invalid, state=state, reason=reason), 422
    flash(_("Recorded."), "success")
    return redirect(url_for(".paper", case_id=case_id, code=code))


@blueprint.post("/<case_id>/papers/<code>/refute")
@guard()
def refute(case_id: str, code: str) -> Response | tuple[str, int]:
    """The paper was found to be false."""
    reason = request.form.get("reason", "")
    try:
        with begin() as work:
            cases.refute(work, case_id, code, reason)
    except ReasonNeeded as needed:
        return _page(case_id, code, refuted=sentence(needed)), 422
    except FormInvalid as invalid:
        return _page(case_id, code, refuted=field_sentence(invalid.errors[0])), 422
    flash(_("Recorded."), "success")
    return redirect(url_for(".paper", case_id=case_id, code=code))


@blueprint.get("/<case_id>/scans/<file_id>")
@guard()
def scan(case_id: str, file_id: str) -> Response:
    """The scan itself. Each opening is recorded."""
    with begin() as work:
        found, content = cases.scan(work, case_id, file_id)
    return shown(found, content)


def _page(
    case_id: str,
    code: str,
    *,
    kept: int = 0,
    errors: list[str] | None = None,
    invalid: FormInvalid | None = None,
    state: str = "",
    reason: str = "",
    refuted: str = "",
) -> str:
    with begin() as work:
        view = cases.paper(work, case_id, code)
    said = [field_sentence(each, texts_of(view.pack)) for each in invalid.errors] if invalid else errors or []
    typed = {"state": state, "reason": reason, "refuted": refuted}
    return render_template("cases/paper.html", view=view, kept=kept, errors=said, typed=typed)

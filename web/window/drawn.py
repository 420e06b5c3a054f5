"""What a form that saves itself is told: everything around the fields, drawn from the draft as it is stored."""

from collections.abc import Mapping

from flask import render_template
from werkzeug.wrappers import Response

from engine import forms, prefill
from engine.drafts import DraftView
from web.render.live import live

PANELS = ("papers", "remarks", "twins", "conflicts")


def drawn(draft: DraftView, choices: Mapping[str, tuple[str, str]]) -> Response:
    """The answer for live.js; `choices` is what was ticked and typed beside conflicts so far."""
    panels = {name: render_template(f"window/{name}.html", draft=draft, choices=choices) for name in PANELS}
    return live(
        draft.shown,
        derived=forms.automatic(draft.form, draft.values) if draft.form else {},
        saved=draft.saved_at,
        panels={**panels, **_heard(draft), **_badges(draft)},
        filled={source.address: source.value for source in draft.sources.values() if source.taken},
        ask=prefill.due(draft),
    )


def _heard(draft: DraftView) -> dict[str, str]:
    """What came of the questions, by block."""
    groups = [spec.group for spec in draft.pack.prefill]
    return {f"heard-{group}": render_template("window/heard.html", draft=draft, group=group) for group in groups}


def _badges(draft: DraftView) -> dict[str, str]:
    """Where each field's value comes from: empty where nobody said anything of it."""
    places = forms.places(draft.form, draft.values) if draft.form else ()
    told = ((place.address, draft.sources.get(place.address)) for place in places)
    return {f"s-{at}": render_template("window/badge.html", draft=draft, source=source) for at, source in told}

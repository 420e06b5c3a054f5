"""Every pack in force with its four reductions 四减, as its model has them."""

from flask import Blueprint, render_template

from engine import reductions, releases
from engine.words import N_, Post
from web.begin import look
from web.guard import guard
from web.shell import Entry

blueprint = Blueprint("packs", __name__, url_prefix="/packs")
entries = (Entry("packs.home", N_("One-things"), "sitemap"),)


@blueprint.get("/")
@guard(Post.DESIGNER, Post.SUPERVISOR, Post.LEAD)
def home() -> str:
    """What each pack takes apart and together, in all and item by item."""
    with look() as work:
        found = releases.in_force(work)
    return render_template("packs/home.html", packs=[(each, reductions.planned(each.pack)) for each in found])

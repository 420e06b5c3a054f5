"""No view without a guard, no form without a token."""

import pytest
from werkzeug.routing import Rule

from engine.words import Post
from tests.web.client import app_for
from web.guard import guard, permission_of


def path_of(rule: Rule) -> str:
    """An address the rule matches, with an x for every part that varies."""
    return rule.build(dict.fromkeys(rule.arguments, "x"))[1]


def test_every_view_says_who_may_open_it(engine, tmp_path):
    """A view without @guard or @public is listed here by name."""
    app = app_for(engine, tmp_path)
    assert not [name for name, view in app.view_functions.items() if permission_of(view) is None]


def test_a_forgotten_guard_opens_nothing(engine, tmp_path, city):
    """A view that says nothing is closed even for somebody who is signed in."""
    app = app_for(engine, tmp_path)
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    client = app.test_client()
    client.sign_in("wangfang")
    response = client.get("/forgotten")
    assert response.status_code == 404
    assert b"secret" not in response.data


def test_a_post_opens_only_its_own_doors(engine, tmp_path, city):
    """A page for window clerks opens for them, is refused to reviewers, and asks strangers to sign in."""
    app = app_for(engine, tmp_path)
    app.add_url_rule("/clerks", "clerks", guard(Post.WINDOW)(lambda: "<p>in</p>"))
    clerk, reviewer, stranger = app.test_client(), app.test_client(), app.test_client()
    clerk.sign_in("wangfang")
    reviewer.sign_in("zhangwei")
    assert clerk.get("/clerks").status_code == 200
    assert reviewer.get("/clerks").status_code == 403
    assert stranger.get("/clerks").location == "/signin?next=/clerks"


@pytest.mark.parametrize("signed_in", [False, True])
def test_every_form_is_refused_without_its_token(engine, tmp_path, city, signed_in):
    """Each address that takes POST answers 400 when the token is missing or of another session, whoever sends it."""
    app = app_for(engine, tmp_path)
    client = app.test_client()
    if signed_in:
        client.sign_in("wangfang")
    foreign = app.test_client().token()
    # Systems bring a token of their own in a header no browser sends by itself.
    rules = [r for r in app.url_map.iter_rules() if "POST" in (r.methods or ()) and not r.rule.startswith("/api/")]
    assert rules
    for rule in rules:
        assert client.post(path_of(rule)).status_code == 400, rule
        assert client.post(path_of(rule), data={"csrf_token": foreign}).status_code == 400, rule

"""Several web processes serve one installation: whoever signed in at one is known at the others."""

from dataclasses import replace

from tests.web.client import app_for, settings_for
from web import create_app

COOKIE = "lianban"


def test_sessions_hold_on_every_process(city, tmp_path):
    """Cookie and form token of one process are good for another with the same secret, and signing out is for both."""
    one, other = (app_for(city.engine, tmp_path).test_client() for _ in range(2))
    one.sign_in("wangfang")
    token = one.token()
    other.set_cookie(COOKIE, one.get_cookie(COOKIE).value)
    assert other.get("/window/").status_code == 200
    assert other.post("/signout", data={"csrf_token": token}).status_code == 302
    assert one.get("/window/").status_code == 302


def test_another_secret_is_another_installation(city, tmp_path):
    """A process that was started with a secret of its own knows nobody."""
    one = app_for(city.engine, tmp_path).test_client()
    one.sign_in("wangfang")
    strange = create_app(city.engine, replace(settings_for(tmp_path), secret="other")).test_client()
    strange.set_cookie(COOKIE, one.get_cookie(COOKIE).value)
    assert strange.get("/window/").status_code == 302

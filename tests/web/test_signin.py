"""Signing in, signing out, and where one lands."""

import pytest

from engine import identity
from engine.work import PUBLIC
from tests.web.client import app_for
from web.signin.views import local_path


@pytest.fixture
def client(engine, tmp_path, city):
    """A browser on the demo city."""
    return app_for(engine, tmp_path).test_client()


def test_signing_in_leads_where_one_wanted_to_go(client):
    """A stranger is sent to the sign-in page and from there on to the page asked for."""
    assert client.sign_in("wangfang", next="/somewhere?page=2").location == "/somewhere?page=2"
    assert "王芳" in client.get("/no-such-page").get_data(as_text=True)


@pytest.mark.parametrize("login", ["wangfang", "nobody", "x\x00y", ""])
def test_a_wrong_password_and_an_unknown_account_sound_the_same(client, login):
    """Nothing tells whether an account exists."""
    response = client.sign_in(login, "wrong")
    assert response.status_code == 422
    assert "账号或密码错误。" in response.get_data(as_text=True)


def test_five_wrong_passwords_lock_the_account_for_a_while(client, clock):
    """The right password does not help during the lock, the page says how long it lasts, and then it helps again."""
    for _ in range(5):
        client.sign_in("wangfang", "wrong")
    locked = client.sign_in("wangfang")
    assert locked.status_code == 429
    assert int(locked.headers["Retry-After"]) <= 15 * 60
    assert "15 分钟后再试" in locked.get_data(as_text=True)
    clock.forward(minutes=16)
    assert client.sign_in("wangfang").status_code == 302


def test_signing_out_ends_the_session_on_the_server(client, engine):
    """A cookie copied before signing out is worth nothing afterwards."""
    client.sign_in("wangfang")
    with client.session_transaction() as session:
        token = session["_user_id"]
    assert client.send("/signout").location == "/signin"
    with engine.look(PUBLIC) as work:
        assert identity.actor_of(work, token) is None
    with client.session_transaction() as session:
        session["_user_id"] = token
    assert "王芳" not in client.get("/no-such-page").get_data(as_text=True)


def test_the_cookie_holds_only_an_opaque_token(client):
    """Neither name nor post nor account is in the cookie."""
    client.sign_in("wangfang")
    with client.session_transaction() as session:
        assert set(session) <= {"_user_id", "_fresh", "_id", "csrf_token"}
        assert len(session["_user_id"]) >= 43
        assert "wangfang" not in str(dict(session))


def test_signing_in_starts_a_new_session(client):
    """A form token planted before signing in is worth nothing afterwards."""
    planted = client.token()
    client.sign_in("wangfang")
    assert client.post("/signout", data={"csrf_token": planted}).status_code == 400


def test_reading_keeps_a_session_alive_and_idleness_ends_it(client, clock):
    """A page opened every hour keeps one signed in; two idle hours do not."""
    client.sign_in("wangfang")
    for _ in range(3):
        clock.forward(minutes=59)
        assert "王芳" in client.get("/no-such-page").get_data(as_text=True)
    clock.forward(hours=2)
    assert "王芳" not in client.get("/no-such-page").get_data(as_text=True)


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "", None],
)
def test_nobody_is_sent_to_another_site(engine, tmp_path, wanted):
    """Where to go after signing in is a path of this site or the start page."""
    with app_for(engine, tmp_path).test_request_context():
        assert local_path(wanted) == "/"
        assert local_path("/inbox/?box=mine") == "/inbox/?box=mine"


def test_somebody_signed_in_does_not_see_the_sign_in_page(client):
    """The sign-in page leads on to the start page."""
    client.sign_in("wangfang")
    assert client.get("/signin").location == "/"

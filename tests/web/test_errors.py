"""Refusals as pages."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from engine import errors
from engine.app import Engine
from engine.work import Actor, Work
from tests.web.client import app_for
from web.errors import STATUS
from web.guard import public


@pytest.fixture
def raising(engine, tmp_path, city):
    """A signed-in browser, and a way to make the address /act raise something."""
    app = app_for(engine, tmp_path)
    wanted: list[Exception] = []

    @public
    def act() -> str:
        raise wanted[-1]

    app.add_url_rule("/act", "act", act, methods=["GET", "POST"])
    client = app.test_client()
    client.sign_in("wangfang")
    return client, wanted


def test_every_refusal_has_a_status():
    """A new EngineError is given its HTTP status before it can be raised at people."""
    kinds = errors.EngineError.__subclasses__()
    assert not [kind.__name__ for kind in kinds if kind not in STATUS]


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (errors.NotFound(), 404, "页面不存在，或您无权查看。"),
        (errors.NotYours(), 403, "您的岗位无权"),
        (errors.MovedOn(), 409, "您的操作未保存"),
        (errors.TaskHeld(by="李娜"), 409, "李娜"),
        (errors.TooManyTries(minutes=3), 429, "3 分钟"),
        (errors.Busy(), 503, "系统繁忙"),
    ],
)
def test_a_refusal_is_a_page_in_the_users_language(raising, error, status, says):
    """Each refusal has its status and its sentence, inside the frame of the site."""
    client, wanted = raising
    wanted.append(error)
    response = client.get("/act")
    page = response.get_data(as_text=True)
    assert response.status_code == status
    assert says in page
    assert "王芳" in page
    client.set_cookie("language", "en")
    assert error.sentence().split("'")[0] in client.get("/act").get_data(as_text=True)


def test_waiting_times_are_told_to_machines_too(raising):
    """429 and 503 carry Retry-After in seconds."""
    client, wanted = raising
    wanted.append(errors.TooManyTries(minutes=3))
    assert client.get("/act").headers["Retry-After"] == "180"
    wanted.append(errors.Busy())
    assert int(client.get("/act").headers["Retry-After"]) > 0


def test_what_was_typed_comes_back_with_the_refusal(raising, clock):
    """Whoever was too late finds their opinion on the page, as text and never as markup; passwords stay away."""
    client, wanted = raising
    wanted.append(errors.TaskGone(by="李娜", at=clock()))
    response = client.send("/act", opinion="<b>符合</b>\x00条件", password="s3cret", _key="abc")
    page = response.get_data(as_text=True)
    assert response.status_code == 409
    assert "李娜已于 2026-11-23 09:00 办理完本待办" in page
    assert "&lt;b&gt;符合&lt;/b&gt;条件" in page
    assert "s3cret" not in page
    assert "abc" not in page


def test_an_expired_form_gives_back_what_was_typed(raising):
    """A form whose token is old is refused with 400, changes nothing, and returns its content."""
    client, _wanted = raising
    response = client.post("/act", data={"csrf_token": "old", "opinion": "写了很久的意见"})
    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert "页面已过期" in page
    assert "写了很久的意见" in page


def test_a_background_request_gets_a_fragment(raising):
    """Htmx and live forms get an alert to put on the page, not a page."""
    client, wanted = raising
    wanted.append(errors.MovedOn())
    response = client.get("/act", headers={"HX-Request": "true"})
    page = response.get_data(as_text=True)
    assert response.status_code == 409
    assert page.lstrip().startswith('<div class="alert')
    assert "<html" not in page


def test_a_session_that_ended_while_typing_loses_nothing(raising, clock):
    """A form sent after the session ended is answered with 401, what was typed, and the way to sign in."""
    client, _wanted = raising
    token = client.token()
    clock.forward(hours=3)
    response = client.post("/signout", data={"csrf_token": token, "opinion": "二十分钟的意见"})
    page = response.get_data(as_text=True)
    assert response.status_code == 401
    assert "二十分钟的意见" in page
    assert "/signin?next=" in page


def test_a_mistake_of_ours_shows_a_number_and_no_trace(raising, caplog):
    """An unexpected error is 500 with the number that is in the log, and nothing of its inside."""
    client, wanted = raising
    wanted.append(RuntimeError("SELECT secret"))
    response = client.get("/act")
    page = response.get_data(as_text=True)
    assert response.status_code == 500
    assert "SELECT" not in page
    assert "Traceback" not in page
    assert response.headers["X-Request-Id"] in page
    assert response.headers["X-Request-Id"] in caplog.text


def test_too_much_is_refused_before_it_is_read(raising):
    """More than two megabytes are 413 in words."""
    client, _wanted = raising
    response = client.send("/act", opinion="长" * 800_000)
    assert response.status_code == 413
    assert "过大" in response.get_data(as_text=True)


def test_a_wrong_method_is_said_in_words(raising):
    """Opening the address of a button is 405, names the method, and explains itself."""
    client, _wanted = raising
    response = client.get("/signout")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]
    assert "按钮" in response.get_data(as_text=True)


def test_a_database_that_is_away_is_a_page_too(raising):
    """When not even the session can be read, the visitor gets 503 and a page, not a crash within the crash."""
    client, _wanted = raising
    app = client.application
    engine, settings = app.extensions["lianban"]

    class Away(Engine):
        @contextmanager
        def look(self, actor: Actor) -> Iterator[Work]:  # noqa: ARG002
            raise errors.Busy
            yield

    app.extensions["lianban"] = (Away(engine.database, engine.clock), settings)
    response = client.get("/signin")
    assert response.status_code == 503
    assert "系统繁忙" in response.get_data(as_text=True)

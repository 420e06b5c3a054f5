"""A browser for tests: it refuses malformed HTML, fills in the form token, and signs in."""

import re
from pathlib import Path
from typing import Any

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine import demo
from engine.app import Engine
from engine.settings import Settings
from web import create_app

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser(FlaskClient):
    """A Flask test client whose every HTML page must be well-formed to the letter of the HTML standard."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask, and check what comes back."""
        kwargs.setdefault("buffered", True)  # read files to their end, so that they are closed
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not response.location:
            check(response.get_data(as_text=True))
        return response

    def token(self) -> str:
        """A form token of this session; every page of the site has one, the one saying "not found" too."""
        found = TOKEN.search(self.get("/no-such-page").get_data(as_text=True))
        assert found, "the page has no form token"
        return found.group(1)

    def send(self, path: str, **fields: str) -> TestResponse:
        """Post a form with its token."""
        return self.post(path, data={"csrf_token": self.token(), **fields})

    def sign_in(self, login: str, password: str = demo.PASSWORD, **fields: str) -> TestResponse:
        """Sign in as somebody of the demo city."""
        return self.send("/signin", login=login, password=password, **fields)


def check(page: str) -> None:
    """Raise when a page or a fragment is not well-formed."""
    parser = html5lib.HTMLParser(strict=True)
    if page.lstrip().lower().startswith("<!doctype"):
        parser.parse(page)
    else:
        parser.parseFragment(page)


def settings_for(folder: Path, public_url: str = "http://localhost") -> Settings:
    """Settings of a test installation."""
    return Settings(
        data=folder,
        database="",
        host="127.0.0.1",
        port=0,
        public_url=public_url,
        secret="not a secret: only tests use it",
        secure_cookies=public_url.startswith("https://"),
    )


def app_for(engine: Engine, folder: Path, public_url: str = "http://localhost") -> Flask:
    """The web application on a test engine."""
    app = create_app(engine, settings_for(folder, public_url))
    app.test_client_class = Browser
    return app

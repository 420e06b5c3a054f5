"""What every response tells the browser about safety."""

import pytest
from flask import request

from tests.web.client import app_for


@pytest.mark.parametrize("path", ["/", "/signin", "/no-such-page", "/signout", "/static/dist/app.js"])
def test_every_response_forbids_what_we_do_not_use(engine, tmp_path, path):
    """Scripts, styles and frames come from this site only, whatever the page, the status or the file."""
    headers = app_for(engine, tmp_path).test_client().get(path).headers
    policy = headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'self'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= set(policy)
    assert {"object-src 'none'", "base-uri 'none'", "form-action 'self'"} <= set(policy)
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Request-Id"]


def test_pages_are_not_kept_by_the_browser(engine, tmp_path):
    """Pages carry personal data and are never stored; built files are, since their address names their content."""
    client = app_for(engine, tmp_path).test_client()
    page = client.get("/signin")
    assert page.headers["Cache-Control"] == "no-store"
    address = page.get_data(as_text=True).split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in client.get(address).headers["Cache-Control"]


def test_cookies_and_transport_are_strict_behind_tls(engine, tmp_path, city):
    """With an https address cookies are Secure, HttpOnly, SameSite and bound to the host, and TLS is demanded."""
    client = app_for(engine, tmp_path, "https://lianban.example").test_client()
    response = client.get("/signin", base_url="https://lianban.example")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-lianban=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]


def test_the_client_address_is_what_the_proxy_says_only_behind_one(engine, tmp_path):
    """X-Forwarded-For counts only with an https address, where a proxy must be; else anybody could invent it."""
    seen = []
    for url in ("http://localhost", "https://lianban.example"):
        app = app_for(engine, tmp_path, url)
        app.before_request(lambda: seen.append(request.remote_addr))
        app.test_client().get("/signin", headers={"X-Forwarded-For": "203.0.113.7"})
    assert seen == ["127.0.0.1", "203.0.113.7"]

"""Chinese by default, English on request, signed in or not."""

from tests.web.client import app_for


def test_pages_are_chinese_until_somebody_asks_for_english(engine, tmp_path):
    """The switch works without signing in, is remembered, and leads back to the same page."""
    client = app_for(engine, tmp_path).test_client()
    chinese = client.get("/signin").get_data(as_text=True)
    assert '<html lang="zh-CN">' in chinese
    assert "工作人员登录" in chinese
    assert client.send("/language", language="en", next="/signin?next=/a").location == "/signin?next=/a"
    english = client.get("/signin").get_data(as_text=True)
    assert '<html lang="en">' in english
    assert "Staff sign-in" in english
    client.send("/language", language="zh")
    assert "工作人员登录" in client.get("/signin").get_data(as_text=True)


def test_an_odd_language_is_chinese(engine, tmp_path):
    """A cookie somebody made up changes nothing."""
    client = app_for(engine, tmp_path).test_client()
    client.set_cookie("language", "../../etc")
    assert '<html lang="zh-CN">' in client.get("/signin").get_data(as_text=True)

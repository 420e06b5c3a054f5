"""Which language a page speaks: Chinese, or English when the browser's cookie says so."""

from flask import Flask, request
from flask_babel import Babel, get_locale

COOKIE = "language"
CHINESE = "zh"
ENGLISH = "en"
LOCALES = {CHINESE: "zh_Hans_CN", ENGLISH: "en"}


def install(app: Flask) -> None:
    """Choose the language of every request."""
    Babel(
        app,
        default_locale=LOCALES[CHINESE],
        default_timezone="Asia/Shanghai",
        default_translation_directories="translations",
        locale_selector=lambda: LOCALES[chosen()],
    )
    app.jinja_env.globals.update(speaks_chinese=speaks_chinese)


def chosen() -> str:
    """`zh` or `en`."""
    return ENGLISH if request.cookies.get(COOKIE) == ENGLISH else CHINESE


def speaks_chinese() -> bool:
    """Whether this page is in Chinese."""
    locale = get_locale()
    return locale is None or locale.language == "zh"

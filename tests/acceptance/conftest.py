"""The real server and the real browser, for tests that see what people see."""

import os
import re
import shutil

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.server import Server

CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)
HOW = "no Chromium on this machine; install it with: apt-get install chromium fonts-noto-cjk"
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A freshly started installation with the demo city."""
    running = Server(tmp_path_factory.mktemp("installation") / "var")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium; a build server without it is broken, a laptop without it skips."""
    if not CHROMIUM:
        if os.environ.get("CI"):
            pytest.fail(HOW)
        pytest.skip(HOW)
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=zh-CN", *quiet],
    }


class Desk:
    """One person's browser: every page opened is checked for console errors, malformed HTML and WCAG 2.1 AA."""

    def __init__(self, context, base):
        self.base, self.troubles, self.checked = base, [], set()
        self.page = context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.troubles.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._got)

    def open(self, path):
        """Go to an address of the server."""
        self.page.goto(self.base + path)
        self.check()

    def press(self, name):
        """Press the button with this name and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()
        self.check()

    def start(self, pack):
        """Begin an application for the one-thing of this name."""
        card = self.page.locator(".card-pack", has=self.page.get_by_role("heading", name=pack, exact=True))
        with self.page.expect_navigation():
            card.get_by_role("button").click()
        self.check()

    def sign_in(self, login):
        """Sign in with the demo password."""
        self.open("/signin")
        self.page.locator("[name=login]").fill(login)
        self.page.locator("[name=password]").fill("lianban-demo")
        with self.page.expect_navigation():
            self.page.locator("main button[type=submit], main form button").first.click()
        self.check()

    def check(self):
        """Nothing on this page may be wrong."""
        kind = re.sub(r"[0-9a-f]{32}", "…", self.page.url.removeprefix(self.base))
        if self.page.locator("[data-drawing]").count():
            self.page.wait_for_selector('[data-drawing][data-ready="true"]', timeout=15_000)
        if kind not in self.checked:
            found = Axe().run(self.page, options=WCAG)
            assert found.violations_count == 0, f"{kind}: {found.generate_report()}"
            self.checked.add(kind)
        assert not self.troubles, self.troubles

    def _heard(self, message):
        if message.type in ("error", "warning") and "the server responded with a status of 4" not in message.text:
            self.troubles.append(f"{self.page.url}: {message.text}")

    def _got(self, response):
        kind = response.headers.get("content-type", "")
        if response.status >= 500:
            self.troubles.append(f"{response.url}: {response.status}")
        if (
            kind.startswith("text/html")
            and response.request.is_navigation_request()
            and response.status not in (302, 303)
        ):
            html5lib.HTMLParser(strict=True).parse(response.text())


@pytest.fixture
def desk(browser, server):
    """Makes desks: `desk("wangfang")` is a signed-in person, `desk()` the public; each in a profile of its own."""
    contexts, desks = [], []

    def make(login="", **options):
        size = options.pop("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=size, **options)
        contexts.append(context)
        made = Desk(context, server.address)
        desks.append(made)
        if login:
            made.sign_in(login)
        return made

    yield make
    for made in desks:
        assert not made.troubles, made.troubles
    for context in contexts:
        context.close()

"""Pictures of every screen, to be looked at: `python -m tests.pictures FOLDER [WIDTH]` walks through a case.

`1280-zh-form.png` and `1280-zh-case.png`, made smaller, are the two in the README; `1280-zh-receipt.pdf` is what the
printer gets.
"""

import importlib.util
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.server import Server

HERE = Path(__file__).parent


def load(name):
    """A module of the acceptance tests, which are no package."""
    spec = importlib.util.spec_from_file_location(name, HERE / "acceptance" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Shooter:
    """A desk that takes a picture of every page it checks."""

    def __init__(self, plain, folder, prefix):
        self.plain, self.folder, self.prefix, self.count = plain, folder, prefix, 0
        plain.check, plain.press, plain.camera = self.shoot, self.press, self

    def shoot(self):
        """Picture of the whole page."""
        page = self.plain.page
        if page.locator("[data-drawing]").count():
            page.wait_for_selector('[data-drawing][data-ready="true"]', timeout=15_000)
        self.count += 1
        page.screenshot(path=self.folder / f"{self.prefix}-{self.count:02d}.png", full_page=True)

    def press(self, name):
        """Press a button; the filled form has its picture taken before it is accepted."""
        if name == "受理":
            self.plain.page.locator("[data-saved-state]", has_text=":").wait_for()
            self.window("form")
        type(self.plain).press(self.plain, name)

    def window(self, name):
        """Picture of what the window shows of the page, from its top."""
        page = self.plain.page
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        page.screenshot(path=self.folder / f"{self.prefix.rpartition('-')[0]}-{name}.png")

    def print(self):
        """The page as the printer gets it, on A4."""
        path = self.folder / f"{self.prefix.rpartition('-')[0]}-receipt.pdf"
        self.plain.page.pdf(path=path, prefer_css_page_size=True)


def main(folder, width):
    """Walk through the case and take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    family, desks = load("test_family__browser"), load("conftest")
    with tempfile.TemporaryDirectory() as data, sync_playwright() as play:
        server = Server(Path(data) / "var")
        server.start()
        browser = play.chromium.launch(executable_path=desks.CHROMIUM, args=["--no-sandbox", "--disable-gpu"])

        def desk(login="", language="zh"):
            context = browser.new_context(
                locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": width, "height": 900}
            )
            made = desks.Desk(context, server.address)
            Shooter(made, folder, f"{width}-{language}-{login or 'public'}")
            if login:
                made.sign_in(login)
            if language == "en":
                with made.page.expect_navigation():
                    made.page.get_by_role("button", name="English").click()
            return made

        walk(family, desk)
        browser.close()
        server.stop()


def walk(family, desk):
    """The case with one supplement, then the same pages in English."""
    clerk, registrar, police, health = (desk(login) for login in ("wangfang", "zhangwei", "hejie", "tangyan"))
    number, code = family.take(clerk)
    clerk.camera.print()
    family.decide(registrar, "结婚登记审查")
    family.decide(registrar, "登记发证", family.CERTIFICATE, ticks={})
    family.decide(police, "女方婚姻状况变更", {"missing": "户口簿首页"}, {"decision": "supplement"})
    family.decide(health, "生育登记")
    family.look_up(desk(), number, code)
    for login in ("wangfang", "hejie"):
        english = desk(login, "en")
        english.open("/inbox/")
        english.page.locator("table.dense a").first.click()
        english.page.wait_for_load_state()
        english.check()
        beside(english)
        english.open("/window/" if login == "wangfang" else "/inbox/")
    for language in ("zh", "en"):
        supervise(desk("sunhui", language))
    clerk.open("/window/")
    clerk.page.locator("table.dense a").first.click()
    clerk.page.wait_for_load_state()
    clerk.check()
    clerk.camera.window("case")
    clerk.open("/cases/nothing-here")


def supervise(desk):
    """What a supervisor may change about the case, and the preview of opening a step again."""
    desk.open("/supervisor/")
    desk.open("/cases/")
    desk.page.locator("table.dense a").first.click()
    desk.page.wait_for_load_state()
    desk.page.locator('a[href^="/supervisor/cases/"]').click()
    desk.page.wait_for_load_state()
    desk.check()
    desk.page.locator("section[aria-labelledby=earlier] button").first.click()
    desk.page.wait_for_load_state()
    desk.check()


def beside(desk):
    """The first task of the inbox, beside the list."""
    desk.open("/inbox/")
    desk.page.locator("[data-row-open]").first.click()
    desk.page.wait_for_selector("#pane h2")
    desk.check()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1280)

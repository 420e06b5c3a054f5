"""A whole case with the keyboard alone: signing in, taking an application, deciding a task."""

import importlib.util
from pathlib import Path

spec = importlib.util.spec_from_file_location("family", Path(__file__).with_name("test_family__browser.py"))
family = importlib.util.module_from_spec(spec)
spec.loader.exec_module(family)

STOPS = 120  # more Tab presses than any page of the case has stops
ANSWERS = family.GROOM | family.BRIDE | family.REST
CHOICES = {"origin": "both_local", "want_birth": "yes", "want_migration": "yes", "migrant": "bride"}

# Where the focus is: what it is, what it is called, whether it is seen, and whether the bar at the bottom covers it.
FOCUS = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const bar = document.querySelector('.form-actions')?.getBoundingClientRect();
  const inBar = e.closest('.form-actions');
  return {
    tag: e.tagName, type: e.type || '', name: e.name || '', value: e.value || '', id: e.id,
    text: (e.innerText || e.getAttribute('aria-label') || '').trim(),
    chosen: e.type === 'radio' ? Boolean(e.form.querySelector(`[name="${CSS.escape(e.name)}"]:checked`)) : e.checked,
    ring: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none',
    covered: Boolean(bar && !inBar && getComputedStyle(document.querySelector('.form-actions')).position === 'sticky'
      && box.bottom > bar.top + 1 && box.top < bar.bottom),
    outside: box.bottom <= 0 || box.top >= innerHeight,
    order: [...document.querySelectorAll('*')].indexOf(e),
  };
}"""


class Keyboard:
    """One person who has only a keyboard; every stop of the focus must be seen, and come in the order of the page."""

    def __init__(self, desk):
        self.desk, self.page, self.last = desk, desk.page, -1

    def arrive(self):
        """A new page: the focus starts at its top."""
        self.page.wait_for_load_state()
        self.desk.check()
        self.last = -1

    def tab(self):
        """One stop on."""
        self.page.keyboard.press("Tab")
        stop = self.page.evaluate(FOCUS)
        if stop is None:
            return None
        assert stop["ring"], f"no visible focus: {stop}"
        assert not stop["covered"], f"under the bar: {stop}"
        assert not stop["outside"], f"not scrolled into sight: {stop}"
        assert stop["order"] > self.last, f"jumps back: {stop}"
        self.last = stop["order"]
        return stop

    def until(self, wanted):
        """Tab on until the stop that is wanted."""
        passed = []
        for _ in range(STOPS):
            stop = self.tab()
            if stop is None:
                continue
            if wanted(stop):
                return stop
            passed.append(stop["text"] or stop["name"])
        raise AssertionError(f"not reached with Tab; passed {passed}")

    def to(self, text):
        """Tab on to the button or link with these words."""
        return self.until(lambda stop: stop["tag"] in ("A", "BUTTON") and stop["text"] == text)

    def card(self):
        """Which one-thing the focus is in."""
        return self.page.evaluate("document.activeElement.closest('.card-pack')?.querySelector('h2').innerText")

    def enter(self):
        """Press what has the focus, and follow it to the next page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.arrive()

    def type(self, text):
        """Type into what has the focus."""
        self.page.keyboard.insert_text(text)

    def choose(self, value):
        """Choose among the radio buttons that have the focus: space for the first, arrows for the others."""
        self.page.keyboard.press("Space")
        for _ in range(STOPS):
            stop = self.page.evaluate(FOCUS)
            if stop["value"] == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no choice {value}: {stop}")

    def select(self, value):
        """Go down the list that has the focus to this value."""
        for _ in range(STOPS):
            self.page.keyboard.press("ArrowDown")
            if self.page.evaluate(FOCUS)["value"] == value:
                return
        raise AssertionError(f"the list has no {value}")

    def answer(self, end):
        """Answer every field on the way to the button `end`, in the order in which Tab comes to them."""
        answered = []
        while True:
            stop = self.until(lambda each: each["name"] or each["text"] == end)
            if stop["text"] == end:
                return answered
            if stop["type"] == "radio":
                self.choose_radio(stop)
            elif stop["type"] == "checkbox":
                self.page.keyboard.press("Space")
            elif stop["tag"] == "SELECT":
                self.page.keyboard.press("ArrowDown")
            elif stop["name"] in ANSWERS:
                self.type(ANSWERS[stop["name"]])
            answered.append(stop["name"])

    def choose_radio(self, stop):
        """A paper is received (the second choice), a question answered as planned or with its first choice."""
        if stop["name"].startswith("papers."):
            self.page.keyboard.press("ArrowDown")
        else:
            self.choose(CHOICES.get(stop["name"], stop["value"]))


def sign_in(desk, login):
    """From the sign-in page to the desk; the first field has the focus already."""
    hands = Keyboard(desk)
    desk.open("/signin")
    assert desk.page.evaluate(FOCUS)["name"] == "login"
    hands.type(login)
    hands.until(lambda stop: stop["name"] == "password")
    hands.type("lianban-demo")
    hands.enter()
    return hands


def situation(hands):
    """Answer the questions; new ones appear behind the answers that ask for them."""
    page = hands.page
    for key, value in CHOICES.items():
        hands.until(lambda stop, key=key: stop["name"] == key)
        hands.choose(value)
        if key == "want_migration":
            page.wait_for_selector('[data-field="migrant"]:not([hidden])')
    hands.until(lambda stop: stop["name"] == "_area")
    hands.select("330802006")
    page.wait_for_selector("#preview .preview-items li:nth-child(6)")
    hands.to("继续填表")
    hands.enter()


def test_a_case_needs_no_mouse(desk):
    """Sign-in, intake, acceptance and one decision: Tab, space, arrows and Enter do all, in order and in sight."""
    clerk = sign_in(desk(), "wangfang")
    clerk.until(lambda stop: stop["text"] == "开始办理" and clerk.card() == "婚育户一件事")
    clerk.enter()
    situation(clerk)
    answered = clerk.answer("受理")
    assert answered.index("groom.name") < answered.index("bride.name") < answered.index("papers.id_groom")
    clerk.enter()
    number = clerk.page.locator(".paper dd.mono").first.inner_text()
    decide(sign_in(desk(), "zhangwei"), number)


def decide(hands, number):
    """Open the task beside the list, look, close it again; then decide it on its own page."""
    page = hands.page
    for _ in range(30):  # what is asked of other departments before the review takes a moment
        if page.get_by_text(number).count():
            break
        page.wait_for_timeout(200)
        page.reload()
    hands.arrive()
    hands.until(lambda stop: number in stop["text"] and stop["tag"] == "BUTTON")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pane h2")
    page.wait_for_function("document.activeElement.id === 'pane'")
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUS)["tag"] == "BUTTON"
    assert not page.locator("#pane h2").count()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUS)["text"] == number
    hands.enter()
    hands.until(lambda stop: stop["name"] == "decision")
    hands.choose("approved")
    hands.to("提交")
    hands.enter()
    assert page.get_by_role("row", name="登记发证").count()

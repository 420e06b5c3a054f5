"""A person with a browser that has no JavaScript: follows links, fills the forms that are on the page, presses buttons.

Every page is parsed strictly: malformed HTML fails the test that meets it.
"""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from typing import Any

import html5lib
import lxml.html


@dataclass
class Page:
    """What came back."""

    status: int
    address: str
    text: str
    headers: Any

    @property
    def tree(self) -> lxml.html.HtmlElement:
        """The page as elements, without what a template keeps for scripts."""
        tree = lxml.html.fromstring(self.text, base_url=self.address)
        for template in tree.xpath("//template"):
            template.drop_tree()
        return tree

    @property
    def words(self) -> str:
        """What can be read on the page, white space folded."""
        body = self.tree.find("body")
        return " ".join((body if body is not None else self.tree).text_content().split())

    def form(self, action: str) -> lxml.html.FormElement:
        """The form on the page whose action ends like this."""
        found = [f for f in self.tree.forms if (f.action or self.address).endswith(action)]
        assert found, f"no form for {action} on {self.address}; there are {[f.action for f in self.tree.forms]}"
        for template in found[0].xpath(".//template"):
            template.drop_tree()  # a browser neither shows nor sends what is in one
        return found[0]


@dataclass
class Visitor:
    """One person; keeps cookies."""

    base: str
    page: Page = field(init=False, default_factory=lambda: Page(0, "", "<p></p>", {}))

    def __post_init__(self) -> None:
        self.cookies = http.cookiejar.CookieJar()
        handler = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), handler)

    def get(self, path: str) -> Page:
        """Open an address."""
        return self._send(urllib.request.Request(urllib.parse.urljoin(self.base, path)))

    def submit(self, action: str, /, _button: str = "", **values: Any) -> Page:
        """Fill the form on the current page with this action and press its button; `__` in a name means `.`."""
        form = self.page.form(action)
        data = [(k, v) for k, v in form.form_values() if k not in {n.replace("__", ".") for n in values}]
        for name, value in values.items():
            several = value if isinstance(value, list) else [value]
            data += [(name.replace("__", "."), v) for v in several]
        return self.post(form.action or self.page.address, data)

    def fill(self, action: str, values: dict[str, Any]) -> Page:
        """`submit` for names that are no Python names."""
        return self.submit(action, **{k.replace(".", "__"): v for k, v in values.items()})

    def post(self, path: str, data: list[tuple[str, str]] | dict[str, str]) -> Page:
        """Post fields as a browser does."""
        body = urllib.parse.urlencode(data).encode()
        return self._send(urllib.request.Request(urllib.parse.urljoin(self.base, path), data=body))

    def sign_in(self, login: str, password: str = "lianban-demo") -> Page:
        """Sign in by the form."""
        self.get("/signin")
        return self.submit("/signin", login=login, password=password)

    def _send(self, request: urllib.request.Request) -> Page:
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            kind = answer.headers.get("Content-Type", "")
            text = answer.read().decode("utf-8" if kind.startswith("text/") else "latin-1")  # a PDF is no text
            if kind.startswith("text/html"):
                html5lib.HTMLParser(strict=True).parse(text)
            self.page = Page(answer.status, answer.url, text, answer.headers)
        return self.page

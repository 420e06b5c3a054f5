"""The files of the pages: nothing inline, nothing unescaped, every icon there."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


@pytest.mark.parametrize(
    ("rule", "pattern"),
    [
        ("no inline script", r"<script(?![^>]*(\bsrc=|type=\"application/json\"))"),
        ("no inline style", r"<style|\sstyle="),
        ("no event handler in markup", r"\son[a-z]+\s*="),
        ("no javascript: address", r"javascript:"),
        ("nothing from another site", r"(src|href)=\"(https?:)?//"),
        ("nothing is marked safe", r"\|\s*safe\b|autoescape\s+false"),
    ],
)
def test_templates_hold_nothing_inline(rule, pattern):
    """The content policy would block it, and so no page relies on it."""
    found = [str(p.relative_to(WEB)) for p in TEMPLATES if re.search(pattern, p.read_text("utf-8"), re.IGNORECASE)]
    assert not found, rule


def test_every_icon_is_in_the_sprite():
    """An icon a template or an entry names is one of the sprite's symbols."""
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (WEB / "static" / "dist" / "icons.svg").read_text("utf-8")))
    used = {name for p in TEMPLATES for name in re.findall(r"icon\('([^']+)'\)", p.read_text("utf-8"))}
    entry = re.compile(r'Entry\([^)]*?N_\("[^"]+"\), "([^"]+)"')
    used |= {name for p in WEB.rglob("views.py") for name in entry.findall(p.read_text("utf-8"))}
    assert used - sprite == set()


def test_every_bundled_package_has_its_licence():
    """THIRD_PARTY_LICENSES.txt names what is in the bundles; the mark of bpmn.io stays in the viewer."""
    dist = WEB / "static" / "dist"
    text = (dist / "THIRD_PARTY_LICENSES.txt").read_text("utf-8")
    for name in ("bootstrap", "htmx.org", "bpmn-js", "diagram-js", "@tabler/icons", "@popperjs/core"):
        assert f"=== {name} " in text
    assert "bjs-powered-by" in (dist / "viewer.js").read_text("utf-8")

"""The PDF: the same bytes each time, every character drawn or refused by name, and nothing fetched."""

import datetime as dt
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from engine import notices
from engine.errors import GlyphMissing, NoPrinter
from engine.notices import Copy, NoticeView
from engine.words import NoticeKind, NoticeState, Occasion

try:
    import weasyprint  # noqa: F401
except OSError:
    pytest.skip("no PDF without Pango: apt-get install libpango-1.0-0", allow_module_level=True)

VIEW = NoticeView(
    id="n", case_id="c", item="", kind=NoticeKind.ACP, name="受理通知书", number="衢民受〔2026〕00001号",
    code="0123456789AB", occasion=Occasion.CASE_ACCEPTED, department_id="mz-330800", department="衢州市民政局",
    recipients=("a",), addressee="李志远", body="<article><p>李志远</p></article>", content="",
    issued_at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC), issuer="王芳", state=NoticeState.VALID, replaces="",
    replaced_by="", copies=0,
)  # fmt: skip
SEAL = notices.seal(None, "mz-330800", "衢州市民政局")
COPY = Copy("https://lianban.example/verify/0123456789AB", SEAL)


def drawn(body="<article><p>李志远</p></article>", copy=COPY, **changes):
    """The PDF of a notice with this body."""
    view = replace(VIEW, body=body, **changes)
    return notices.pdf(notices.page(notices.sheet(view, copy), view.name))


def words(pdf, tmp_path):
    """What a PDF says, read by a program that knows nothing of ours."""
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf)
    try:
        done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    except FileNotFoundError:
        pytest.skip("no pdftotext: apt-get install poppler-utils")
    return "".join(done.stdout.split())


def test_the_same_text_gives_the_same_bytes():
    """Twice in this process, and once in another one."""
    first = drawn()
    assert first == drawn()
    assert first.startswith(b"%PDF-")
    code = "import sys; from tests.engine.notices.test_pdf__drawn import drawn; sys.stdout.buffer.write(drawn())"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert other == first


def test_fonts_are_embedded_and_rare_names_are_drawn(tmp_path):
    """Characters of GB 18030 beyond the usual ones, of CJK extensions A and B: in the font, not as boxes."""
    rare = "㐀䶵龥鿋𠀀𡈽𪛖"
    try:
        pdf = drawn(f"<article><p>{rare}</p></article>")
    except GlyphMissing as missing:
        pytest.skip(f"{missing}")
    assert rare in words(pdf, tmp_path)
    listed = subprocess.run(["pdffonts", tmp_path / "x.pdf"], capture_output=True, text=True, check=True).stdout
    fonts = listed.splitlines()[2:]
    assert len(fonts) > 1
    assert all(re.search(r" yes (yes|no) +yes +\d+", font) for font in fonts), listed


def test_a_character_no_font_has_is_named():
    """Instead of a box on a legal document: which character, and what to install."""
    with pytest.raises(GlyphMissing, match=r"U\+E7F3.*fonts-hanazono"):
        drawn("<article><p>李\ue7f3</p></article>")
    assert drawn()


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "//example.com/x.png", "x.png"])
def test_nothing_is_fetched(url):
    """Even if a picture came into a notice some other way, it would stop the printing, or lead nowhere."""
    body = f'<article><p>李<img src="{url}"></p></article>'
    if url.startswith(("file:", "http:")):
        with pytest.raises(ValueError, match="fetches nothing"):
            drawn(body)
    else:  # without an address of the page itself there is nothing it could be part of
        assert drawn(body) == drawn(body.replace(url, "y.gif"))


def test_paper_says_what_became_of_the_notice(tmp_path):
    """Replaced, taken back, replacing, a reprint: each is printed; a first copy says nothing."""
    plain = words(drawn(), tmp_path)
    assert "补打" not in plain
    assert "替换" not in plain
    assert "衢民受〔2026〕00001号" in plain
    assert "0123-4567-89AB" in plain
    assert "补打第2次" in words(drawn(copy=replace(COPY, printing=3)), tmp_path)
    old = words(drawn(state=NoticeState.REPLACED, replaced_by="衢民受〔2026〕00002号"), tmp_path)
    assert "本文书已被衢民受〔2026〕00002号替换，不再有效" in old
    assert "已撤回" in words(drawn(state=NoticeState.REOPENED), tmp_path)
    assert "本文书替换衢民受〔2026〕00000号" in words(drawn(replaces="衢民受〔2026〕00000号"), tmp_path)


def test_a_server_without_pango_says_so(monkeypatch):
    """A sentence instead of an error nobody understands."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.setattr("builtins.__import__", refusing(__import__))
    with pytest.raises(NoPrinter, match="Pango"):
        notices.pdf("<p>x</p>")


def refusing(importing):
    """An import that finds no Pango, as WeasyPrint's does."""

    def find(name, *rest, **more):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return importing(name, *rest, **more)

    return find


def test_seals(tmp_path):
    """A sample without a folder; the department's own PNG with one; nothing for a file that is none."""
    assert "SAMPLE" in SEAL
    assert "&lt;" in notices.seal(None, "x", "<b>")
    (tmp_path / "mz-1.png").write_bytes(b"\x89PNG\r\n\x1a\nrest")
    (tmp_path / "mz-2.png").write_bytes(b"<svg/>")
    assert notices.seal(tmp_path, "mz-1", "x").startswith('<img class="seal" alt="" src="data:image/png;base64,')
    for other in ("mz-2", "mz-3", "../mz-1", "mz-1.png"):
        assert notices.seal(tmp_path, other, "x") == ""

"""The pages of papers: what is sent is kept or refused with a sentence, what is shown can do nothing."""

from dataclasses import replace

import pytest

from engine import demo, drafts, materials, releases, store
from engine.vault import Vault
from engine.work import SYSTEM
from tests import story
from tests.engine.materials import samples
from tests.web.client import Browser, app_for


@pytest.fixture
def office(engine, tmp_path):
    """The demo city with scans and the pack whose photo may follow."""
    kept = replace(engine, vault=Vault(tmp_path / "files", "geheim", megabytes=1, pages=5))
    with kept.begin(SYSTEM) as work:
        demo.load(work)
        releases.publish(work, samples.family('{ days = 2, unit = "工作日", source = "SAMPLE" }'))
    return kept


@pytest.fixture
def clerk(office, tmp_path):
    """The clerk at the window, signed in."""
    app = app_for(office, tmp_path)
    app.test_client_class = Browser
    browser = app.test_client()
    browser.sign_in("wangfang")
    return browser


@pytest.fixture
def draft(office):
    """A draft of theirs."""
    return story.situated(office, story.person(office, "wangfang"))


def send(browser, path, *files):
    """Upload files (name, content), as a browser writes them."""
    part = '--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
    written = [(part % ("csrf_token", "")).encode() + browser.token().encode()]
    for name, content in files:
        written.append((part % ("files", f'; filename="{name}"\r\nContent-Type: text/html')).encode() + content)
    body = b"\r\n".join([*written, b"--x--\r\n"])
    return browser.post(path, data=body, content_type="multipart/form-data; boundary=x")


def scans(office, draft):
    with office.look(story.person(office, "wangfang")) as work:
        return drafts.paper(work, draft, "photo").scans


def test_good_files_are_kept_and_bad_ones_named(office, clerk, draft):
    """Whatever their names and declared types say; markup in a name stays text."""
    path = f"/window/drafts/{draft}/papers/photo"
    answer = send(clerk, path, ("a.html", samples.picture("PNG")), ("<script>x</script>.pdf", b"<svg>"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "&lt;script&gt;x&lt;/script&gt;.pdf" in page
    assert "<script>x" not in page
    assert [(s.kind, s.name) for s in scans(office, draft)] == [("png", "a.html")]
    assert send(clerk, path, ("b", samples.pdf())).status_code == 302
    assert [s.kind for s in scans(office, draft)] == ["png", "pdf"]


def test_a_scan_can_do_nothing(office, clerk, draft):
    """Its type is ours, nothing may run in it, a PDF is not opened in our place, and nothing caches it."""
    send(clerk, f"/window/drafts/{draft}/papers/photo", ("x.svg", samples.picture("PNG")), ("y", samples.pdf()))
    shown = [clerk.get(f"/window/scans/{draft}/{scan.id}") for scan in scans(office, draft)]
    assert [answer.mimetype for answer in shown] == ["image/png", "application/pdf"]
    assert [answer.headers["Content-Disposition"].partition(";")[0] for answer in shown] == ["inline", "attachment"]
    for answer in shown:
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "svg" not in answer.headers["Content-Disposition"]


def test_more_than_may_be_sent_is_not_read(office, clerk, draft):
    """Ten thousand files, or too many bytes, are refused before anything is kept."""
    path = f"/window/drafts/{draft}/papers/photo"
    assert send(clerk, path, *(("x", b"x") for _ in range(10_000))).status_code == 413
    assert send(clerk, path, ("x", bytes(6 * 1024 * 1024))).status_code == 413
    assert list(office.vault.names()) == []


def test_one_file_too_large_does_not_keep_the_others_out(office, clerk, draft):
    """The limit of a file is told with the file."""
    large = ("large.png", bytes(1024 * 1024 + 1))
    answer = send(clerk, f"/window/drafts/{draft}/papers/photo", large, ("a", samples.picture()))
    assert answer.status_code == 422
    assert "large.png" in answer.get_data(as_text=True)
    assert [s.name for s in scans(office, draft)] == ["a"]


def test_a_stranger_cannot_send_much(office, tmp_path, draft):
    """Who never signed in meets the small limit of forms."""
    browser = app_for(office, tmp_path).test_client()
    answer = browser.post(
        f"/window/drafts/{draft}/papers/photo",
        data=bytes(3 * 1024 * 1024),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413


def test_the_way_to_the_scans_keeps_what_was_typed(office, clerk, draft):
    """The button of a paper saves the form first; without JavaScript that is the only way there."""
    page = clerk.get(f"/window/drafts/{draft}").get_data(as_text=True)
    assert f'formaction="/window/drafts/{draft}/save"' in page
    with office.look(story.person(office, "wangfang")) as work:
        revision = drafts.view(work, draft).revision
    typed = {"groom.name": "李志远", "papers.photo": "commitment", "_paper": "photo", "_revision": str(revision)}
    answer = clerk.send(f"/window/drafts/{draft}/save", **typed, _key="k")
    assert answer.location.endswith(f"/window/drafts/{draft}/papers/photo")
    assert 'value="李志远"' in clerk.get(f"/window/drafts/{draft}").get_data(as_text=True)


def test_scans_outlive_a_refused_acceptance(office, clerk, draft):
    """A wrong field elsewhere loses no upload."""
    send(clerk, f"/window/drafts/{draft}/papers/photo", ("a", samples.picture()))
    assert clerk.send(f"/window/drafts/{draft}/accept", _revision="-1").status_code in (409, 422)
    assert len(scans(office, draft)) == 1


def accepted(office, draft, photo="tolerated"):
    """The draft as a case."""
    clerk = story.person(office, "wangfang")
    said = story.told(office, clerk, draft)
    with office.begin(clerk) as work:
        return drafts.accept(work, draft, said.answers, {**said.papers, "photo": photo}, page="p", revision=-1)


def test_a_paper_is_handed_in_later(office, clerk, draft):
    """Found from the case, scanned and recorded at the window; the reason of a refusal is on the page."""
    case = accepted(office, draft)
    page = f"/cases/{case}/papers/photo"
    assert f'href="{page}"' in clerk.get(f"/cases/{case}").get_data(as_text=True)
    assert send(clerk, f"{page}/scans", ("a", samples.picture()), ("a", samples.picture())).status_code == 302
    shown = clerk.get(page).get_data(as_text=True)
    assert shown.count("同一文件重复") == 2
    assert clerk.send(page, state="shared").status_code == 422
    assert clerk.send(page, state="original").status_code == 302
    assert "已验原件" in clerk.get(page).get_data(as_text=True)
    assert clerk.send(f"{page}/refute", reason="假").status_code == 422
    assert clerk.send(f"{page}/refute", reason="经核实系伪造").status_code == 302
    with office.look(SYSTEM) as work:
        assert next(m.state for m in work.session.get_one(store.Case, case).materials if m.code == "photo") == "refuted"


def test_a_missing_file_is_said(office, clerk, draft):
    """Somebody who opens a scan that was deleted outside reads what happened, not an error."""
    send(clerk, f"/window/drafts/{draft}/papers/photo", ("a", samples.picture()))
    case = accepted(office, draft, "original")
    with office.look(SYSTEM) as work:
        (scan,) = materials.scans(work, "photo", case_id=case)
    office.vault.drop(scan.hash)
    assert clerk.get(f"/cases/{case}/scans/{scan.id}").status_code == 410


def test_the_list_of_what_is_needed(office, clerk, draft):
    """A department asks, the window tells: one page, and what was typed stays when it is refused."""
    case = accepted(office, draft, "original")
    story.checked(office)
    registrar = clerk.application.test_client()
    registrar.sign_in("zhangwei")
    page = f"/cases/{case}/supplement"
    wrong = registrar.send(page, item="marriage", code="photo", reason="<b>模糊", basis="")
    assert wrong.status_code == 422
    assert 'value="&lt;b&gt;模糊"' in wrong.get_data(as_text=True)
    asked = {"item": "marriage", "code": "photo", "reason": "照片模糊", "basis": "《婚姻登记条例》"}
    assert registrar.send(page, **asked).status_code == 302
    assert clerk.send(f"{page}/tell", due_on="昨天").status_code == 422
    assert clerk.send(f"{page}/tell", due_on="2026-12-10").status_code == 302
    assert "照片模糊" in clerk.get(page).get_data(as_text=True)
    assert registrar.send(page, **(asked | {"code": "id_groom"})).status_code == 409

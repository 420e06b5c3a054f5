"""The whole file of a case, taken out by a coordinator from the case page."""

import io
import zipfile
from dataclasses import replace

import pytest

from engine import dossier
from engine.vault import Vault
from tests import story
from tests.web.client import app_for


@pytest.fixture
def engine(engine, tmp_path):
    """An installation that keeps scans."""
    return replace(engine, vault=Vault(tmp_path / "files"))


def test_the_file_of_a_case(city, tmp_path):
    """The page has the button for a coordinator alone; the zip has cover, notices and scans as they are, and fits."""
    story.publish_family(city.engine)
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    app = app_for(city.engine, tmp_path)
    clerk, lead = app.test_client(), app.test_client()
    clerk.sign_in("wangfang")
    lead.sign_in("yangmin")
    assert 'id="export-reason"' not in clerk.get(f"/cases/{case_id}").get_data(as_text=True)
    assert 'id="export-reason"' in lead.get(f"/cases/{case_id}").get_data(as_text=True)
    assert lead.send(f"/cases/{case_id}/export", reason="要").status_code == 422
    got = lead.send(f"/cases/{case_id}/export", reason="行政复议调卷")
    assert (got.status_code, got.mimetype) == (200, "application/zip")
    assert got.headers["Content-Disposition"].startswith("attachment; filename=3308022026112")
    path = tmp_path / "a.zip"
    path.write_bytes(got.data)
    assert dossier.check(path, city.engine.vault.blind).wrong == ()
    with zipfile.ZipFile(io.BytesIO(got.data)) as archive:
        names = archive.namelist()
        assert archive.read("cover.pdf").startswith(b"%PDF")
    assert [name for name in names if name.startswith("notices/ACP-")]

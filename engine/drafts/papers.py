"""The scans of a paper while its application is being taken: added, taken off, looked at. Nobody else sees them."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine import materials
from engine.catalog import Pack
from engine.drafts.held import own, seen
from engine.drafts.view import view
from engine.errors import NotFound
from engine.materials import Paper, Scan, Taken
from engine.work import Work


@dataclass(frozen=True)
class DraftPaper:
    """One paper of a draft with its scans."""

    draft_id: str
    pack: Pack
    paper: Paper
    scans: tuple[Scan, ...]


def paper(work: Work, draft_id: str, code: str) -> DraftPaper:
    """The paper, if the draft asks for it and is not accepted yet; else `NotFound`."""
    shown = view(work, draft_id)
    found = next((paper for paper in shown.papers if paper.spec.code == code), None)
    if found is None or shown.case_id:
        raise NotFound
    return DraftPaper(draft_id, shown.pack, found, materials.scans(work, code, draft_id=draft_id))


def attach(work: Work, draft_id: str, code: str, taken: Sequence[Taken]) -> None:
    """Add scans to a paper of the draft. `FormInvalid` above the limit of pages."""
    own(work, draft_id)
    paper(work, draft_id, code)
    materials.add(work, taken, code, draft_id=draft_id)


def detach(work: Work, draft_id: str, file_id: str) -> str:
    """Take a scan off again; returns the code of its paper. `NotFound` if the draft has no such scan."""
    own(work, draft_id)
    found = materials.scan(work, file_id, draft_id=draft_id)
    materials.drop(work, found.id, draft_id=draft_id)
    return found.code


def scan(work: Work, draft_id: str, file_id: str) -> tuple[Scan, bytes]:
    """A scan of the draft and its content."""
    seen(work, draft_id)
    found = materials.scan(work, file_id, draft_id=draft_id)
    return found, work.vault.read(found.hash)

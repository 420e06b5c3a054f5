"""Publishing 发布: a pack's files become a release."""

from collections.abc import Mapping
from datetime import date

from engine import catalog
from engine.errors import PackInvalid
from engine.releases import periods
from engine.releases.shelf import Published, content_hash, newest, numbered, remember
from engine.store import Release
from engine.work import Work


def publish(
    work: Work, files: Mapping[str, str], *, since: date | None = None, until: date | None = None, note: str = ""
) -> Published:
    """Make a release of a pack's files, or find the one with this content. `PackInvalid` if the pack is not clean.

    `since` and `until` are the first and last day it takes new applications; by default those of `pack.toml`. Given
    for content that was published already, they change its period (`periods.reschedule`).
    """
    wrong = [finding for finding in catalog.lint(files) if not finding.warning]
    if wrong:
        raise PackInvalid(wrong)
    pack = catalog.read(files)
    name = content_hash(files)
    if work.session.get(Release, name) is not None:
        found = numbered(work, name)
        if since or until:
            periods.reschedule(work, found, since=since, until=until, note=note)
        return found
    release = Release(
        hash=name,
        pack=pack.code,
        number=newest(work, pack.code) + 1,
        files=dict(files),
        published_at=work.now,
        published_by=work.actor.id,
    )
    work.session.add(release)
    work.session.flush()
    periods.begin(work, name, pack, since, until, note)
    remember(name, pack)
    return numbered(work, name)

"""Publishing 发布: a pack's files become a release."""

from collections.abc import Mapping
from datetime import date

from engine import catalog
from engine.catalog import Pack
from engine.errors import PackInvalid
from engine.releases import periods
from engine.releases.shelf import Published, content_hash, newest, numbered, remember
from engine.store import Release
from engine.work import Work

KEPT = 50  # contents found clean that are remembered: those of one start, and of what a designer publishes again
_vetted: dict[str, Pack] = {}

def publish(
    work: Work, files: Mapping[str, str], *, since: date | None = None, until: date | None = None, note: str = ""
) -> Published:
    """Make a release of a pack's files, or find the one with this content. `PackInvalid` if the pack is not clean.

    `since` and `until` are the first and last day it takes new applications; by default those of `pack.toml`. Given
    for content that was published already, they change its period (`periods.reschedule`).
    """
    name = content_hash(files)
    if published(work, files):
        found = numbered(work, name)
        if since or until:
            periods.reschedule(work, found, since=since, until=until, note=note)
        return found
    pack = vetted(files)
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


def published(work: Work, files: Mapping[str, str]) -> bool:
    """Whether there is a release with this content."""
    return work.session.get(Release, content_hash(files)) is not None


def vetted(files: Mapping[str, str]) -> Pack:
    """The pack, if lint finds it clean, else `PackInvalid`.

    It takes a while, once for each content and process: call it before a transaction in which others would wait.
    """
    name = content_hash(files)
    if name not in _vetted:
        wrong = [finding for finding in catalog.lint(files) if not finding.warning]
        if wrong:
            raise PackInvalid(wrong)
        _vetted[name] = catalog.read(files)
        if len(_vetted) > KEPT:
            del _vetted[next(iter(_vetted))]
    return _vetted[name]

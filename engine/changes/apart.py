"""What differs in the base of the four reductions: what items take apart, how often one comes for all of them."""

from collections.abc import Iterator

from engine.catalog import Apart, ItemSpec, Visits
from engine.catalog.keys import line_of_key
from engine.catalog.manifest import line_of
from engine.changes.change import Audience, Both, Change, listed

FILE = "workflows/{code}/pack.toml"


def apart(both: Both, old: ItemSpec, new: ItemSpec) -> Iterator[Change]:
    """What an item takes when it is not joined with others."""
    before, after = _words(old.apart), _words(new.apart)
    if before != after:
        file, text = both.file(FILE)
        said = (f"“{new.name}”单独办理：{before} → {after}", f'"{both.en(new.name)}" apart: {before} → {after}')
        line = line_of(text, "code", new.code)
        yield Change("item-apart", Audience.DESIGNER, "", new.name, before, after, *said, file, line)


def visits(both: Both) -> Iterator[Change]:
    """How often somebody has to come at most."""
    before, after = _words(both.old.visits), _words(both.new.visits)
    if before != after:
        file, text = both.file(FILE)
        said = (f"最多跑动次数：{before} → {after}", f"Visits at most: {before} → {after}")
        line = line_of_key(text, "visits")
        yield Change("pack-visits", Audience.APPLICANT, "", both.new.name, before, after, *said, file, line)


def _words(said: Apart | Visits | None) -> str:
    stated = {name: value for name, value in vars(said).items() if value is not None} if said else {}
    return listed(f"{name} {value}" for name, value in stated.items())

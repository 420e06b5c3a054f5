"""Making a new installation usable."""

from sqlalchemy.exc import IntegrityError

from engine import catalog, demo, releases
from engine.app import Engine
from engine.work import SYSTEM


def prepare(engine: Engine, *, demonstrate: bool) -> None:
    """Make a new installation usable: the demo city if wanted, and a release of every pack on disk.

    Two processes may start on one empty database: the second finds the rows of the first, fails, and looks again.
    """
    try:
        _prepare(engine, demonstrate=demonstrate)
    except IntegrityError:
        _prepare(engine, demonstrate=demonstrate)


def _prepare(engine: Engine, *, demonstrate: bool) -> None:
    root = catalog.content_root()
    with engine.begin(SYSTEM) as work:
        if demonstrate:
            demo.load(work)
        for code in catalog.packs_on_disk(root):
            releases.publish(work, catalog.files_of(root, code))

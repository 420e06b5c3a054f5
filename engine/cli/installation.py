"""Making a new installation usable, and saying what it lacks."""

from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from engine import catalog, demo, releases, store
from engine.app import Engine
from engine.work import SYSTEM

EXTRAS = {"psycopg": "postgresql", "celery": "celery"}


def prepare(engine: Engine, *, demonstrate: bool) -> None:
    """Make a new installation usable: the demo city if wanted, and a release of every pack on disk.

    Processes that start together on one empty database wait for the first, and find its rows.
    """
    root = catalog.content_root()
    packs = [catalog.files_of(root, code) for code in catalog.packs_on_disk(root)]
    with engine.look(SYSTEM) as work:
        new = [files for files in packs if not releases.published(work, files)]
    for files in new:  # seconds: not while the others wait for the lock
        releases.vetted(files)
    with engine.begin(SYSTEM) as work:
        store.wait_alone(work.session.connection())
        if demonstrate:
            demo.load(work)
        for files in packs:
            releases.publish(work, files)


def amiss(error: Exception) -> tuple[str, str]:
    """What an administrator has to put right, in Chinese and English. Raises the error again if it is ours.

    Only what was said before any statement is repeated: it names the server, and never a row.
    """
    if isinstance(error, OperationalError) and not error.statement:
        return f"数据库没有应答：{error.orig}", "the database does not answer (LIANBAN_DATABASE)"
    if isinstance(error, ArgumentError | NoSuchModuleError):
        return "LIANBAN_DATABASE 不是可用的数据库地址", "LIANBAN_DATABASE names no database this program can open"
    extra = EXTRAS.get(getattr(error, "name", None) or "")
    if extra is None:
        raise error
    return f"缺少组件，请安装：pip install '.[{extra}]'", f"a part is missing; run: pip install '.[{extra}]'"

"""Alembic runs inside the connection `store.upgrade` gives it; there is no alembic.ini and no command line."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from engine.store import Row
from engine.store.columns import Document, Moment

PLAIN = {Moment: "sa.DateTime(timezone=True)", Document: "sa.Text()"}


def plain(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our column types as what they are in the database: a migration must not change when Python does."""
    return PLAIN.get(type(item), False) if kind == "type" else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Row.metadata,
    render_as_batch=True,  # SQLite cannot alter a column; batches copy the table
    render_item=plain,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()

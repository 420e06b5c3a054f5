"""A drawing too large to be read as a whole opens where the case stands."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from engine import seed, store
from engine.app import Engine
from engine.vault import Vault
from engine.work import SYSTEM


@pytest.fixture
def case_id(server):
    """A case of social assistance whose steps stand in a sub-process and outside of it."""
    url = f"sqlite:///{server.data / 'lianban.db'}"
    vault = Vault(server.data / "files", (server.data / "secret").read_text())
    engine = Engine(store.connect(url), lambda: datetime.now(UTC), vault)
    seed.seed(engine, 1, lambda _: None)
    with engine.look(SYSTEM) as work:
        return work.session.scalars(select(store.Case.id).where(store.Case.pack == "assistance")).first()


def test_it_opens_where_somebody_works(desk, case_id):
    """A current task is in sight, although the sub-process around another one reaches far beyond."""
    supervisor = desk("sunhui")
    supervisor.open(f"/cases/{case_id}")
    canvas = supervisor.page.locator(".drawing-canvas").bounding_box()
    boxes = [each.bounding_box() for each in supervisor.page.locator(".djs-shape.mark-current").all()]
    inside = [
        box for box in boxes
        if canvas["x"] <= box["x"] and box["x"] + box["width"] <= canvas["x"] + canvas["width"]
        and canvas["y"] <= box["y"] and box["y"] + box["height"] <= canvas["y"] + canvas["height"]
    ]  # fmt: skip
    assert len(boxes) > 2
    assert inside

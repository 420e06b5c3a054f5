"""Papers that follow later 容缺: what they hold back, how an item is granted before them, when they are late.

The rule: an item may be worked on without such a paper. Where the pack says `granted = true` it may also be granted,
and its outcome says so (容缺通过); else issuing, delivering and granting wait until the paper is there. Items that do
not need the paper never notice.
"""

from collections.abc import Collection

from sqlalchemy import select

from engine.catalog import MaterialSpec, Pack
from engine.materials.checklist import LACKING
from engine.store import Case, Material
from engine.words import MaterialState, Outcome
from engine.work import Work

AWAITED = LACKING | {MaterialState.TOLERATED}
SWEEP = 500  # cases looked at in one go


def outstanding(pack: Pack, case: Case, item: str) -> tuple[MaterialSpec, ...]:
    """Papers of an item that are to follow or have to come again. Reads nothing where the pack tolerates nothing."""
    follow = {spec.code: spec for spec in pack.materials if spec.tolerable and item in spec.items}
    waiting = [m.code for m in case.materials if m.state in AWAITED] if follow else []
    return tuple(follow[code] for code in waiting if code in follow)


def withheld(pack: Pack, case: Case, items: Collection[str]) -> tuple[MaterialSpec, ...]:
    """Papers without which these items must not be granted."""
    found = (spec for item in items for spec in outstanding(pack, case, item))
    return tuple(dict.fromkeys(spec for spec in found if spec.tolerable and not spec.tolerable.granted))


def granted_as(pack: Pack, case: Case, item: str, outcome: Outcome) -> Outcome:
    """The outcome of an item that ends now: approved with papers to follow is 容缺通过."""
    if outcome == Outcome.APPROVED and outstanding(pack, case, item):
        return Outcome.TOLERATED
    return outcome


def late(work: Work) -> list[str]:
    """Ids of cases with a paper that should have come by now and that nobody has noticed yet."""
    overdue = select(Material.case_id).where(
        Material.state == MaterialState.TOLERATED, Material.due_at <= work.now, Material.overdue_at.is_(None)
    )
    return list(work.session.scalars(overdue.distinct().order_by(Material.case_id).limit(SWEEP)))

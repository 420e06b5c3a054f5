"""Apart against together, as figures. What nobody stated is None and never counted as nothing. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.catalog import Apart, ItemSpec, Pack, Promise, ways
from engine.catalog.limit import Limit
from engine.catalog.limits import promised
from engine.words import LimitUnit, Reduction


@dataclass(frozen=True)
class Figure:
    """One of the four: how much apart and how much together, None where it is not stated. `unit`: of a time.

    `unstated` are the codes of the items whose part of `apart` nobody states.
    """

    kind: Reduction
    apart: int | None
    together: int | None
    unit: LimitUnit | None = None
    unstated: tuple[str, ...] = ()

    @property
    def less(self) -> int | None:
        """By how much it is less; negative when it is more, None when it cannot be said."""
        return None if self.apart is None or self.together is None else self.apart - self.together


@dataclass(frozen=True)
class Line:
    """What one item takes together with the others; what it takes apart its `item` says (`apart`, `legal`)."""

    item: ItemSpec
    steps: int
    papers: int
    time: Limit | None


@dataclass(frozen=True)
class Reductions:
    """The four figures and the items they are of. `happened`: what a case really took, else what the model says.

    Without lines there is nothing to compare: no item applies, or of a finished case none was granted.
    """

    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    happened: bool

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says what the items take apart, each once."""
        said = [line.item.apart.source for line in self.lines if line.item.apart]
        said += [line.item.legal.source for line in self.lines if line.item.legal]
        return tuple(dict.fromkeys(said))


@dataclass(frozen=True)
class Together:
    """What the items take as a whole: the steps of no item are in it, and a paper of several is once."""

    steps: int
    papers: int
    visits: int | None
    time: Limit | None


def compared(pack: Pack, lines: Sequence[Line], whole: Together, *, happened: bool) -> Reductions:
    """The four figures of these items, against what they take together."""
    if not lines:
        return Reductions((), (), happened)
    found = (
        _figure(Reduction.STEPS, lines, whole.steps, lambda apart: apart.steps),
        _figure(Reduction.PAPERS, lines, whole.papers, lambda apart: apart.papers),
        _time(pack, lines, whole.time),
        _figure(Reduction.VISITS, lines, whole.visits, lambda apart: apart.visits),
    )
    return Reductions(found, tuple(lines), happened)


def longest(pack: Pack, limits: Mapping[str, Limit | None]) -> Limit | None:
    """Limits one after another as the items wait for each other; None if one is not stated or the units differ."""
    known = {code: limit for code, limit in limits.items() if limit}
    units = {limit.unit for limit in known.values() if limit.amount} or {LimitUnit.WORKING_DAYS}
    if len(known) < len(limits) or len(units) > 1:
        return None
    amounts = {code: limit.amount for code, limit in known.items()}
    depends = {item.code: item.depends for item in pack.items}
    behind = {code: ways.before(code, depends) for code in known}
    way = ways.heaviest(list(known), behind, amounts)
    return Limit(sum(amounts[code] for code in way), units.pop())


def stated(promise: Promise | None) -> Limit | None:
    """The limit somebody states, if anybody does."""
    return promised(promise) if promise else None


def allowed(pack: Pack, items: Sequence[ItemSpec]) -> Limit | None:
    """What the law allows for these items as they wait for each other."""
    return longest(pack, {item.code: stated(item.legal) for item in items})


def _figure(
    kind: Reduction, lines: Sequence[Line], together: int | None, said: Callable[[Apart], int | None]
) -> Figure:
    apart = {line.item.code: said(line.item.apart) if line.item.apart else None for line in lines}
    known = [value for value in apart.values() if value is not None]
    unstated = tuple(code for code, value in apart.items() if value is None)
    return Figure(kind, None if unstated else sum(known), together, unstated=unstated)


def _time(pack: Pack, lines: Sequence[Line], together: Limit | None) -> Figure:
    """Against what the law allows; two units are never held against each other."""
    items = [line.item for line in lines]
    unstated = tuple(item.code for item in items if item.legal is None)
    apart = allowed(pack, items)
    if apart and together and apart.amount and together.amount and apart.unit != together.unit:
        apart = None
    known = [limit for limit in (apart, together) if limit]
    unit = next((limit.unit for limit in known if limit.amount), LimitUnit.WORKING_DAYS if known else None)
    before, after = (limit.amount if limit else None for limit in (apart, together))
    return Figure(Reduction.TIME, before, after, unit, unstated)

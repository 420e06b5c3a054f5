"""Soundness, made smaller: what is sound wherever it stands is taken out, until nothing more can be.

Sequences are fused, and a split with a join of its kind becomes nothing, from the inside outwards: a drawing of nested
blocks vanishes, and what is left to play is the tangle. Each rule keeps the verdict (Murata 1989, "Petri nets", fusion
of series and parallel places and transitions; the tests compare it with plain enumeration).
"""

from collections import deque

from engine.runtime.soundness import Choice, Net, Step, Way

MOST_CHOICES = 64  # of one step after another one was put into it
_SOME = -1  # where a way is that may be in any set of `some`


def reduce(net: Net) -> None:
    """Take out what changes nothing."""
    before = len(net.steps) + 1
    while len(net.steps) < before:
        before = len(net.steps)
        _sweep(net, _undecided(net))


def _sweep(net: Net, undecided: set[Step]) -> None:
    """Apply the rules until none fits."""
    waiting = deque(net.steps.values())
    queued = set(net.steps)
    while waiting:
        step = waiting.popleft()
        queued.discard(step.name)
        if step.name not in net.steps:
            continue
        for other in _reduced(step, net, undecided):
            if other.name in net.steps and other.name not in queued:
                queued.add(other.name)
                waiting.append(other)


def _undecided(net: Net) -> set[Step]:
    """Steps from which several ways of one inclusive join can be reached.

    Whether that join waits for a token depends on where exactly it is, so these are not put into others.
    """
    found: set[Step] = set()
    for join in [step for step in net.steps.values() if step.join == "some"]:
        seen: set[Step] = set()
        for way in join.arriving:
            reaching = before(way)
            found |= seen & reaching
            seen |= reaching
    return found


def before(way: Way) -> set[Step]:
    """The steps from which a way can be reached without passing the join it leads to: the rule of `build.before`."""
    found = {way.source} - {way.target}
    waiting = deque(found)
    while waiting:
        for arriving in waiting.popleft().arriving:
            if arriving.source not in found and arriving.source is not way.target:
                found.add(arriving.source)
                waiting.append(arriving.source)
    return found


def _reduced(step: Step, net: Net, undecided: set[Step]) -> list[Step]:
    """Apply the first rule that fits; the steps to look at again."""
    if step.join != "any" and len(step.arriving) == 1:
        step.join = "any"
    if len(step.some) == 1:
        step.spell_out()
    for rule in (_without_round, _with_parallel_ways_merged):
        changed = rule(step)
        if changed:
            return changed
    if step.join == "any" and len(step.arriving) == 1 and not (step.besides or step.clears or step.some):
        return _passed(step, net) or ([] if step in undecided else _put_into(step, net))
    return []


def _without_round(step: Step) -> list[Step]:
    """A way that leads back at once, where there are others: going round changes nothing."""
    back = [c for c in step.choices if len(c.ways) == 1 and next(iter(c.ways)).target is step]
    if step.join != "any" or not back or (len(back) == len(step.choices) and not step.some):
        return []
    for choice in back:
        step.choices.remove(choice)
        _drop(choice, step)
    return [step]


def _drop(choice: Choice, step: Step) -> None:
    """Forget the ways of a choice that no other choice takes."""
    for way in choice.ways:
        if not any(way in other.ways for other in step.choices):
            way.target.arriving.pop(way, None)


def _with_parallel_ways_merged(step: Step) -> list[Step]:
    """Ways to one step are one: at an `all` join those that always come together, at `any` those that never do."""
    first: dict[tuple[Step, object], Way] = {}
    taken: dict[Way, set[int]] = {}
    stands: dict[Way, Way] = {}
    for way, places in _places(step).items():
        join = way.target.join
        kept = first.setdefault((way.target, frozenset(places) if join == "all" else None), way)
        if kept is way:
            taken[way] = set(places)
        elif join == "some" or (join == "all" and _SOME not in places) or (join == "any" and not taken[kept] & places):
            stands[way] = kept
            taken[kept] |= places
            kept.shows = kept.target.name
    if stands:
        _merge(step, stands)
    return [step, *{way.target.name: way.target for way in stands}.values()] if stands else []


def _places(step: Step) -> dict[Way, set[int]]:
    """In which of its choices a step takes each way. What happens besides it is left alone."""
    found: dict[Way, set[int]] = {}
    for number, choice in enumerate(step.choices):
        for way in sorted(choice.ways, key=lambda way: way.flow):
            found.setdefault(way, set()).add(number)
    for way in step.some:
        found.setdefault(way, set()).add(_SOME)
    return found


def _merge(step: Step, stands: dict[Way, Way]) -> None:
    """Let one way stand for others."""
    for way in stands:
        del way.target.arriving[way]
    step.some = list(dict.fromkeys(stands.get(way, way) for way in step.some))
    lone = {frozenset({way}) for way in step.some}  # these are sets of `some` already
    made: dict[frozenset[Way], Choice] = {}
    for choice in step.choices:
        ways = frozenset(stands.get(way, way) for way in choice.ways)
        if ways not in lone:
            made.setdefault(ways, Choice(ways, choice.said))
    step.choices = list(made.values())


def _passed(step: Step, net: Net) -> list[Step]:
    """One way in, one way out: the two are one way."""
    if len(step.choices) != 1 or len(step.choices[0].ways) != 1:
        return []
    arriving, (leaving,) = next(iter(step.arriving)), step.choices[0].ways
    if leaving.target is step:
        return []
    target = leaving.target
    target.arriving = {(arriving if way is leaving else way): None for way in target.arriving}
    arriving.target, arriving.last = target, leaving.last
    del net.steps[step.name]
    return [arriving.source, target]


def _put_into(step: Step, net: Net) -> list[Step]:
    """One way in: what it chooses is chosen by the step before, if something always follows."""
    arriving = next(iter(step.arriving))
    source = arriving.source
    taking = [choice for choice in source.choices if arriving in choice.ways]
    many = len(taking) * len(step.choices)
    besides = any(arriving in choice.ways for choice in source.besides)
    if (
        source is step
        or not taking
        or besides
        or arriving in source.some
        or not all(choice.ways for choice in step.choices)
    ):
        return []
    if many > MOST_CHOICES and 1 not in (len(taking), len(step.choices)):
        return []
    source.choices = [made for choice in source.choices for made in _spliced(choice, arriving, step)]
    leaving = {way for choice in step.choices for way in choice.ways}
    for way in leaving:
        way.source = source
    del net.steps[step.name]
    return [source, *sorted({way.target for way in leaving}, key=lambda target: target.name)]


def _spliced(choice: Choice, arriving: Way, step: Step) -> list[Choice]:
    if arriving not in choice.ways:
        return [choice]
    return [Choice(choice.ways - {arriving} | inner.ways, choice.said + inner.said) for inner in step.choices]

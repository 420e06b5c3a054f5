"""Soundness, played: every marking of a reduced net, and what is wrong with the ones that can be reached.

A marking is a number whose bits are places: a step that takes a token from any way is one place, at a join every way
is. A second token on a place is a finding, and is not followed.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.runtime.soundness import Choice, Net, Step, Way
from engine.runtime.soundness_reduced import before


@dataclass(frozen=True)
class Defect:
    """What is wrong: `bpmn-deadlock`, `bpmn-unsynchronised` or `bpmn-livelock`, at which node, what was chosen before.

    `missing`: the flows a deadlocked join waits for.
    """

    rule: str
    node: str
    said: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Played:
    """What was found, each once, on a shortest way there; after how many moves; whether that is `all` there is."""

    defects: list[Defect]
    moves: int
    all: bool


def play(net: Net, most: int) -> Played:
    """Everything that is wrong, or what was found within so many moves."""
    return _Game(net, most).played()


@dataclass(frozen=True, slots=True)
class _Move:
    """A step that takes a token: from which marking it leads where; what goes to steps nothing depends on."""

    before: int
    after: int
    said: tuple[str, ...]
    sinks: int


@dataclass(slots=True)
class _Place:
    """What a bit means: the step, and at a join the way."""

    step: Step
    way: Way | None
    shows: str


@dataclass
class _Board:
    """Bits: of steps and of ways into joins; sinks count apart."""

    places: list[_Place] = field(default_factory=list)
    bits: dict[Step | Way, int] = field(default_factory=dict)
    sinks: dict[Step, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)  # of the sinks

    def bit(self, step: Step, way: Way | None, shows: str) -> int:
        """The next bit."""
        self.places.append(_Place(step, way, shows))
        return 1 << (len(self.places) - 1)


def _board(net: Net) -> _Board:
    board = _Board()
    for step in net.steps.values():
        step.spell_out()
        shows = step.name if len(step.arriving) != 1 else next(iter(step.arriving)).shows
        if step.join != "any":
            board.bits |= {way: board.bit(step, way, way.shows) for way in step.arriving}
        elif _is_sink(step) and step.name not in net.beside:
            board.sinks[step] = 1 << len(board.names)
            board.names.append(shows)
        else:
            board.bits[step] = board.bit(step, None, shows)
    return board


def _is_sink(step: Step) -> bool:
    """Whether a token that comes here is gone, and nothing depends on it."""
    return not (step.clears or step.besides or any(choice.ways for choice in step.choices))


class _Game:
    """Every marking, from the first one on."""

    def __init__(self, net: Net, most: int) -> None:
        self._net, self._most = net, most
        self._board = board = _board(net)
        self._joins = [(step, self._mask(step)) for step in net.steps.values() if step.join != "any" and step.arriving]
        self._reach: dict[Way, int] = {}
        self._found: dict[tuple[str, str], Defect] = {}
        self._from: dict[int, _Move | None] = {board.bits.get(net.root, 0): None}
        self._moves: dict[int, list[_Move]] = {}
        self._cut: set[int] = set()
        self._count = 0

    def played(self) -> Played:
        """Play, then look at what was reached; only what is reached in the end shows what is never reached."""
        waiting = deque(self._from)
        while waiting and self._count <= self._most:
            marking = waiting.popleft()
            self._moves[marking] = found = list(self._leaving(marking))
            for move in found:
                if move.after not in self._from:
                    self._from[move.after] = move
                    waiting.append(move.after)
        self._look_at_dead()
        if not waiting:
            self._look_at_sinks()
            self._look_at_rounds()
        return Played(list(self._found.values()), self._count, not waiting)

    def _add(self, rule: str, node: str, said: tuple[str, ...], missing: tuple[str, ...] = ()) -> None:
        self._found.setdefault((rule, node), Defect(rule, node, said, missing))

    def _mask(self, step: Step) -> int:
        return sum(self._board.bits[way] for way in step.arriving)

    # ---- moves

    def _leaving(self, marking: int) -> Iterator[_Move]:
        """The moves of a marking; one that would put a second token on a place is noted and left out."""
        for step, taken in self._ready(marking):
            for choice in step.choices:
                yield from self._moved(marking, marking & ~taken, step, choice)
            for choice in step.besides:
                yield from self._moved(marking, marking, step, choice)

    def _ready(self, marking: int) -> Iterator[tuple[Step, int]]:
        """The steps that may take a token now, and the places they take it from."""
        for number in _bits(marking):
            place = self._board.places[number]
            if place.way is None:
                yield place.step, 1 << number
        for step, mask in self._joins:
            here = marking & mask
            if here == mask or (here and step.join == "some" and not self._still_coming(step, marking, mask)):
                yield step, here

    def _still_coming(self, step: Step, marking: int, mask: int) -> bool:
        """Whether a token elsewhere may yet come by a way that has none: the rule of `joins.Inclusive`."""
        missing = have = 0
        for way in step.arriving:
            if marking & self._board.bits[way]:
                have |= self._reaching(way)
            else:
                missing |= self._reaching(way)
        return bool(marking & ~mask & missing & ~have)

    def _reaching(self, way: Way) -> int:
        """The places from which a way can be reached without passing the join it leads to."""
        if way not in self._reach:
            seen = before(way)
            places = enumerate(self._board.places)
            self._reach[way] = sum(1 << number for number, place in places if place.step in seen)
        return self._reach[way]

    def _moved(self, now: int, left: int, step: Step, choice: Choice) -> Iterator[_Move]:
        self._count += 1
        if step.clears:
            yield _Move(now, 0, choice.said, 0)
            return
        after, sinks, full = left, 0, []
        for way in choice.ways:
            sink = self._board.sinks.get(way.target, 0)
            bit = 0 if sink else self._board.bits[way.target if way.target.join == "any" else way]
            if after & bit or sinks & sink:
                full.append(self._shows(bit, sink))
            after, sinks = after | bit, sinks | sink
        if full:
            for name in sorted(set(full) - self._net.beside):  # what happens besides may well be there twice
                self._cut.add(now)
                self._add("bpmn-unsynchronised", name, (*self._said(now), *choice.said))
            return
        yield _Move(now, after, choice.said, sinks)

    def _shows(self, bit: int, sink: int) -> str:
        """The node at which a second token on this place shows."""
        return self._board.places[bit.bit_length() - 1].shows if bit else self._board.names[sink.bit_length() - 1]

    def _said(self, marking: int) -> tuple[str, ...]:
        """What was chosen on the way to a marking."""
        found: list[tuple[str, ...]] = []
        move = self._from[marking]
        while move is not None:
            found.append(move.said)
            move = self._from[move.before]
        return tuple(word for said in reversed(found) for word in said)

    # ---- what was reached

    def _look_at_sinks(self) -> None:
        """A last task that gets a token twice: the first one may still be there."""
        if not self._board.names:
            return
        later = self._later()
        for marking, moves in self._moves.items():
            for move in moves:
                for number in _bits(move.sinks & later[move.after]):
                    self._add("bpmn-unsynchronised", self._board.names[number], (*self._said(marking), *move.said))

    def _later(self) -> dict[int, int]:
        """For each marking the sinks that may yet get a token."""
        later = dict.fromkeys(self._moves, 0)
        waiting = deque(move for moves in self._moves.values() for move in moves if move.sinks)
        arriving = self._arriving()
        while waiting:
            move = waiting.popleft()
            found = later[move.before] | move.sinks | later[move.after]
            if found != later[move.before]:
                later[move.before] = found
                waiting.extend(arriving.get(move.before, ()))
        return later

    def _arriving(self) -> dict[int, list[_Move]]:
        found: dict[int, list[_Move]] = {}
        for moves in self._moves.values():
            for move in moves:
                found.setdefault(move.after, []).append(move)
        return found

    def _before(self, markings: set[int]) -> set[int]:
        """The markings from which one of these can be reached, and these."""
        arriving = self._arriving()
        found, waiting = set(markings), deque(markings)
        while waiting:
            for move in arriving.get(waiting.popleft(), ()):
                if move.before not in found:
                    found.add(move.before)
                    waiting.append(move.before)
        return found

    def _look_at_dead(self) -> None:
        """Markings in which nothing moves."""
        for marking in self._dead():
            self._add_dead(marking)

    def _dead(self) -> list[int]:
        return [m for m, moves in self._moves.items() if m and not moves and m not in self._cut]

    def _look_at_rounds(self) -> None:
        """Markings that only go round: neither the end nor a dead one can be reached."""
        left = self._before({0} & self._moves.keys() | self._cut | set(self._dead()))
        for marking in self._moves:
            move = self._from[marking]
            if move and marking not in left and (move.before in left or self._from[move.before] is None):
                self._add("bpmn-livelock", self._standing(marking), self._said(marking))

    def _standing(self, marking: int) -> str:
        """The first node that may go on for ever."""
        step = next(step for step, _ in self._ready(marking))
        places = (self._board.places[number] for number in _bits(marking))
        return next((place.shows for place in places if place.step is step), step.name)

    def _add_dead(self, marking: int) -> None:
        """The joins that wait, but not those that only wait for one of the others."""
        waiting = [step for step, mask in self._joins if marking & mask]
        missing = {s.name: [w for w in s.arriving if not marking & self._board.bits[w]] for s in waiting}
        first = [s for s in waiting if not any(self._waits_for(missing[s.name], t) for t in waiting if t is not s)]
        for step in first or waiting:
            self._add("bpmn-deadlock", step.name, self._said(marking), tuple(way.last for way in missing[step.name]))

    def _waits_for(self, missing: list[Way], other: Step) -> bool:
        return any(self._reaching(way) & self._mask(other) for way in missing)


def _bits(number: int) -> Iterator[int]:
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low

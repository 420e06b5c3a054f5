"""Lines: each takes the cheapest way over the tracks. Never through a shape; few bends, few crossings, short."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush

from engine.layout.ports import DOWN, LEFT, RIGHT, UP, Port
from engine.layout.tracks import Ends, Tracks
from engine.layout.values import Path, Point

_BEND = 45
_CROSSING = 40
_ALONG = 25  # a pixel along a line that leads elsewhere
_JOINED = 1  # a pixel along a line to the same node: they may come together
_NEAR, _FAR = 160, 1 << 20  # how far around its ends a way is searched, px
_HASTE = 36  # 32nds: how much more than it is the rest of the way counts; above 32 a little less care, far less time
_NEVER = 1 << 60
_TAKEN = 110  # a place on a border another line touches


def cheapest(
    tracks: Tracks, starts: Sequence[Port], goals: Sequence[Port], ends: Ends, taken: Mapping[Point, Ends]
) -> Path:
    """The points of the cheapest way from one of `starts` to one of `goals`, or no points if there is none.

    Most ways stay near their ends: they are searched there first, which takes a tenth of the time.
    """
    for margin in (_NEAR, _FAR):
        path = _Search(tracks, ends, taken, margin).run(starts, goals)
        if path:
            return path
    return ()


class _Search:
    """Best first over states: crossing of tracks * 4 + the way it is passed."""

    def __init__(self, tracks: Tracks, ends: Ends, taken: Mapping[Point, Ends], margin: int) -> None:
        self._tracks = tracks
        self._ends = ends
        self._taken = taken
        self._margin = margin
        self._cost: dict[int, int] = {}
        self._came: dict[int, int] = {}
        self._heap: list[tuple[int, int, int]] = []

    def run(self, starts: Sequence[Port], goals: Sequence[Port]) -> Path:
        """Search; the first goal that comes off the heap is the cheapest, for goals are states like any other."""
        entries: dict[int, Port] = {}
        for state, cost, port in self._entered(starts, leaving=True):
            if cost < self._cost.get(state, cost + 1):
                self._cost[state], entries[state] = cost, port
        exits: dict[int, tuple[int, Port]] = {}
        for state, cost, port in self._entered(goals, leaving=False):
            exits[state] = min(exits.get(state, (cost, port)), (cost, port))
        if not entries or not exits:
            return ()
        self._look_at([port.at for port in [*entries.values(), *(port for _, port in exits.values())]], exits)
        for state, cost in self._cost.items():
            self._push(state, cost)
        last = self._settle(exits)
        if last is None:
            return ()
        return self._path(last, entries, exits[last][1])

    def _look_at(self, points: Sequence[Point], exits: Iterable[int]) -> None:
        """Where to search, and where the goals are."""
        tracks, margin = self._tracks, self._margin
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self._columns = bisect_left(tracks.xs, min(xs) - margin), bisect_right(tracks.xs, max(xs) + margin)
        self._rows = bisect_left(tracks.ys, min(ys) - margin), bisect_right(tracks.ys, max(ys) + margin)
        goals_x = [tracks.xs[state // 4 % tracks.width] for state in exits]
        goals_y = [tracks.ys[state // 4 // tracks.width] for state in exits]
        self._goal_x, self._goal_y = (min(goals_x), max(goals_x)), (min(goals_y), max(goals_y))

    def _settle(self, exits: Mapping[int, tuple[int, Port]]) -> int | None:
        """The state from which the goal is entered, with every state on the cheapest way to it in `_came`."""
        while self._heap:
            _, spent, state = heappop(self._heap)
            if state < 0:
                return ~state
            if spent > self._cost[state]:
                continue
            if state in exits:
                heappush(self._heap, (spent + exits[state][0], spent, ~state))
            for after, more in self._steps(state):
                if spent + more < self._cost.get(after, _NEVER):
                    self._cost[after], self._came[after] = spent + more, state
                    self._push(after, spent + more)
        return None

    def _push(self, state: int, cost: int) -> None:
        """Queue a state by what the whole way will cost at least."""
        crossing, width = state // 4, self._tracks.width
        x, y = self._tracks.xs[crossing % width], self._tracks.ys[crossing // width]
        across = max(self._goal_x[0] - x, x - self._goal_x[1], 0)
        down = max(self._goal_y[0] - y, y - self._goal_y[1], 0)
        ahead = across + down + (_BEND if across and down else 0)
        heappush(self._heap, (cost + ahead * _HASTE // 32, cost, state))

    def _entered(self, given: Iterable[Port], *, leaving: bool) -> Iterator[tuple[int, int, Port]]:
        """The crossing of tracks in front of each port, and what it costs to get there."""
        tracks = self._tracks
        for port in given:
            x, y = port.at
            column, row = _first(tracks.xs, x, port.way, RIGHT, LEFT), _first(tracks.ys, y, port.way, DOWN, UP)
            if column is None or row is None:
                continue
            away = abs(tracks.xs[column] - x) + abs(tracks.ys[row] - y)
            cost = port.cost + away + self._taken_cost(port.at, leaving)
            crossing = row * tracks.width + column
            yield crossing * 4 + (port.way if leaving else (port.way + 2) % 4), cost, port

    def _taken_cost(self, at: Point, leaving: bool) -> int:
        ends = self._taken.get(at)
        if ends is None:
            return 0
        alike = ends[0] == self._ends[0] if leaving else ends[1] == self._ends[1]
        return (_TAKEN if leaving else _TAKEN // 2) if alike else 4 * _TAKEN

    def _steps(self, state: int) -> Iterator[tuple[int, int]]:
        """Where one can go from a state, and what it costs; never straight back."""
        tracks, crossing, came = self._tracks, state // 4, state % 4
        width, target = tracks.width, self._ends[1]
        for way in (came, (came + 1) % 4, (came + 3) % 4):
            aisle = tracks.aisles[way]
            step = crossing + aisle.back
            if aisle.blocked[step]:
                continue
            after = crossing + aisle.on
            row, column = divmod(after, width)
            if not (self._columns[0] <= column < self._columns[1] and self._rows[0] <= row < self._rows[1]):
                continue
            length = aisle.length[step % width if way in (RIGHT, LEFT) else step // width]
            cost = length if way == came else length + _BEND
            used = aisle.used.get(step)
            if used:
                cost += length * (_JOINED if used[1] == target else _ALONG)
            met = aisle.crossed.get(after) or aisle.crossed.get(after - aisle.beside)
            if met and met[1] != target:
                cost += _CROSSING
            yield after * 4 + way, cost

    def _path(self, last: int, entries: Mapping[int, Port], goal: Port) -> Path:
        """The corners of the way that was found."""
        tracks = self._tracks
        points = [goal.at]
        state: int | None = last
        while state is not None:
            crossing = state // 4
            points.append((tracks.xs[crossing % tracks.width], tracks.ys[crossing // tracks.width]))
            first, state = state, self._came.get(state)
        points.append(entries[first].at)
        return straightened(points[::-1])


def straightened(points: Sequence[Point]) -> Path:
    """The points without those that lie on the way between their neighbours."""
    found: list[Point] = []
    for point in points:
        if found and point == found[-1]:
            continue
        while len(found) > 1 and _on_the_way(found[-2], found[-1], point):
            found.pop()
        found.append(point)
    return tuple(found)


def _on_the_way(a: Point, b: Point, c: Point) -> bool:
    return (a[0] == b[0] == c[0]) or (a[1] == b[1] == c[1])


def _first(lines: Sequence[int], at: int, way: int, more: int, less: int) -> int | None:
    """The line a port leads to: the first far enough away in its direction, else the one it lies on."""
    if way == more:
        found = bisect_left(lines, at + 12)
        return found if found < len(lines) else None
    if way == less:
        found = bisect_right(lines, at - 12) - 1
        return found if found >= 0 else None
    found = bisect_left(lines, at)
    return found if found < len(lines) and lines[found] == at else None

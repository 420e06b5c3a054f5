"""How long and how much memory the worst expressions take: `python bench/hostile.py [--check]`.

Every hostile expression of the test suite, first for processor time (best of three), then once more under tracemalloc
for memory, which would disturb the clock. With --check the status is 1 when one takes 0.2 s or 32 MB.
"""

import contextlib
import sys
import time
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine import feel
from tests.engine.feel import test_evaluate__hostile as hostile

SECONDS, MEGABYTES = 0.2, 32.0
BATTERY = {**hostile.REFUSED, **hostile.ANSWERED}
CONTEXT = hostile.LONG


def carried_out(text: str) -> None:
    """Evaluate; a refusal is as good as a value."""
    with contextlib.suppress(feel.FeelError):
        feel.evaluate(text, CONTEXT)


def seconds(text: str) -> float:
    """The best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        carried_out(text)
        best = min(best, time.process_time() - start)
    return best


def megabytes(text: str) -> float:
    """The peak of what Python allocated meanwhile."""
    tracemalloc.start()
    carried_out(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1_000_000


def main() -> int:
    """Print the worst of each, and the status."""
    times = {name: seconds(text) for name, text in BATTERY.items()}
    peaks = {name: megabytes(text) for name, text in BATTERY.items()}
    slow, large = max(times, key=times.__getitem__), max(peaks, key=peaks.__getitem__)
    sys.stdout.write(f"{len(BATTERY)} hostile expressions\n")
    sys.stdout.write(f"slowest {times[slow]:.3f} s ({slow}), goal < {SECONDS} s\n")
    sys.stdout.write(f"largest {peaks[large]:.1f} MB ({large}), goal < {MEGABYTES} MB\n")
    failed = times[slow] >= SECONDS or peaks[large] >= MEGABYTES
    return int(failed and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())

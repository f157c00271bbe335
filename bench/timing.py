"""Two ways to do the same, timed in the same minutes: best of several runs a case, then median and 95th percentile."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

RUNS = 5


@dataclass(frozen=True)
class Times:
    """Milliseconds over the cases."""

    median: float
    p95: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Times":
        ordered = sorted(s * 1e3 for s in seconds)
        return cls(statistics.median(ordered), ordered[int(len(ordered) * 0.95)])


def race(cases: Sequence, *ways: Callable) -> list[Times]:
    """Each way on each case, in turns, once to warm up and then the best of RUNS."""
    best = [[] for _ in ways]
    for case in cases:
        for place, way in enumerate(ways):
            way(case)
            best[place].append(min(_once(way, case) for _ in range(RUNS)))
    return [Times.of(seconds) for seconds in best]


def _once(way: Callable, case: object) -> float:
    start = time.perf_counter()
    way(case)
    return time.perf_counter() - start

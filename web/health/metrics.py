"""What Prometheus is told: requests of this process, and what waits in the installation."""

import time
from collections.abc import Callable, Iterator, Mapping

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from engine import health
from engine.app import Engine
from engine.errors import EngineError
from engine.work import SYSTEM

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds; the goal of a page is 0.15


class Requests:
    """Counts and times requests by route, method and status: routes, not addresses, so nothing personal is kept."""

    def __init__(self, registry: CollectorRegistry) -> None:
        about = "requests answered"
        self._count = Counter("lianban_requests", about, ("route", "method", "status"), registry=registry)
        self._time = Histogram("lianban_request_seconds", "time taken", ("route",), registry=registry, buckets=BUCKETS)

    def install(self, app: Flask) -> None:
        """Look at every request of an application."""
        app.before_request(self._begin)
        app.after_request(self._end)

    def _begin(self) -> None:
        g.begun = time.perf_counter()

    def _end(self, response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        self._count.labels(route, request.method, response.status_code).inc()
        if "begun" in g:
            self._time.labels(route).observe(time.perf_counter() - g.begun)
        return response


class Waits(Collector):
    """What waits, asked of the database when somebody measures."""

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine

    def collect(self) -> Iterator[Metric]:
        """The gauges; only that the database is away, when it is."""
        up = GaugeMetricFamily("lianban_database_up", "whether the database answers")
        try:
            with self._engine().look(SYSTEM) as work:
                waiting = health.waiting(work)
        except EngineError:
            up.add_metric((), 0)
            yield up
            return
        up.add_metric((), 1)
        yield up
        yield _by_state("lianban_cases", "cases by state", waiting.cases)
        yield _by_state("lianban_jobs", "jobs that are not over, by state", waiting.jobs)
        yield GaugeMetricFamily("lianban_open_tasks", "tasks waiting for a person", value=waiting.tasks)
        yield GaugeMetricFamily("lianban_due_timers", "timers that are due and have not fired", value=waiting.timers)
        late = waiting.late.total_seconds()
        yield GaugeMetricFamily("lianban_timer_late_seconds", "how late the oldest of them is", value=late)
        late = waiting.jobs_late.total_seconds()
        yield GaugeMetricFamily("lianban_job_late_seconds", "how long a job has waited for a worker", value=late)
        yield GaugeMetricFamily("lianban_kept_messages", "messages no case has taken yet", value=waiting.messages)

    def describe(self) -> list[Metric]:
        """Nothing is asked of the database when the application starts."""
        return []


def _by_state(name: str, about: str, counts: Mapping[str, int]) -> Metric:
    gauge = GaugeMetricFamily(name, about, labels=("state",))
    for state, count in counts.items():
        gauge.add_metric((state,), count)
    return gauge

"""The benches of the durable engine run from end to end on both databases and print what bench/README.md says.

Never how long anything took: only that there is a figure for everything.
"""

import threading
from datetime import timedelta
from types import SimpleNamespace

NUMBER = (int, float)


def test_commands(load, run, kinds):
    """Rates, statements, latency and bytes for each database."""
    tiny = {"CASES": 60, "COMMANDS": 4, "SENT": 2, "COUNTED": 3, "ACCEPTED": 3, "WARM": 1, "THREADS": 2}
    status, lines = run(load("commands", each=kinds("sqlite", "postgresql"), **tiny))
    assert status == 0
    assert [line.pop("database") for line in lines] == ["sqlite", "postgresql"]
    for line in lines:
        assert line.keys() == {
            "bare_commits_per_s", "commands_per_s", "ratio", "goal_ratio", "statements_per_s", "ratio_of_statements",
            "statements_median", "statements_most", "goal_statements", "accept_ms_p50", "accept_ms_p95",
            "bytes_per_case",
        }  # fmt: skip
        assert all(isinstance(value, NUMBER) and value > 0 for value in line.values())
        assert line["statements_most"] >= line["statements_median"]


def test_inbox_and_grow(load, run, kinds):
    """Every list of every size has its times, and copies are counted as open tasks."""
    tiny = {"SIZES": (10, 20, 200), "SEEDED": 20, "READS": 2, "ROUND": 1}
    status, lines = run(load("inbox", each=kinds("sqlite"), **tiny), "200")
    assert status == 0
    (line,) = lines
    assert line.keys() == {"database", "sizes", "ratio", "goal_ratio"}
    assert line["ratio"] > 0
    small, seeded, grown = line["sizes"]
    assert small["open_tasks"] <= seeded["open_tasks"] < grown["open_tasks"]
    for size in line["sizes"]:
        assert size.keys() == {"open_tasks", "p50_ms", "p95_ms", "reads_whole_table"}
        assert (
            size["p50_ms"].keys() == size["p95_ms"].keys() >= {"first page", "window", "cases of the city", "due jobs"}
        )


class Threads:
    """Workers as threads: what a process costs to start is not what is tried here."""

    Event, Barrier = threading.Event, threading.Barrier

    def __init__(self, _kind):
        pass

    def Process(self, target, args):
        """A thread with the name of a process."""
        return threading.Thread(target=target, args=args)


def test_workers(load, run, kinds):
    """Jobs a second and late timers for each database, and several processes on PostgreSQL."""
    bench = load("workers")
    tiny = {
        "each": kinds("sqlite", "postgresql"), "TIMED": 2, "PROCESSES": 2, "PATIENCE": 30,
        "WAIT": timedelta(seconds=1), "TIMER": bench.TIMER.replace("PT5S", "PT1S"),
        "multiprocessing": SimpleNamespace(get_context=Threads),
    }  # fmt: skip
    assert "PT1S" in tiny["TIMER"]
    status, lines = run(load("workers", **tiny), "2")
    assert status == 0
    always = {"database", "cores", "jobs_per_s", "cores_used", "cpu_ms"}
    always |= {"timer_late_s_p50", "timer_late_s_p95", "goal_late_s"}
    assert lines[0].keys() == always
    assert lines[1].keys() == always | {
        "jobs_per_s_2_processes", "cores_used_2_processes", "scale", "scale_of_cpu", "goal_scale",
    }  # fmt: skip
    assert [line["database"] for line in lines] == ["sqlite", "postgresql"]
    assert all(line["jobs_per_s"] > 0 for line in lines)


def test_databases(load):
    """A kind that is named comes alone, with a place that is empty."""
    ((kind, url),) = load("databases").each("sqlite")
    assert kind == "sqlite"
    assert url.endswith("/bench.db")

"""Several windows at once: no number is given twice and none is left out, also when one of them fails."""

import threading

from engine import drafts
from tests import story
from tests.engine.notices.conftest import issued


def test_numbers_have_no_gap_when_many_accept_at_once(office):
    """Eight clicks at once, two of which fail at the last moment: six cases, numbers 1 to 6."""
    clerk = story.person(office, "wangfang")
    drafted = [story.situated(office, clerk) for _ in range(8)]
    told = [(draft, story.told(office, clerk, draft, **story.couple(n))) for n, draft in enumerate(drafted)]
    together, cases, wrong = threading.Barrier(8), [], []

    def accept(position, draft, said):
        together.wait()
        try:
            with office.begin(clerk) as work:
                case = drafts.accept(work, draft, said.answers, said.papers, page="p", revision=-1)
                _ = 1 / (position % 4)
            cases.append(case)
        except ZeroDivisionError:
            wrong.append(position)

    threads = [threading.Thread(target=accept, args=(n, *each)) for n, each in enumerate(told)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(each.number for case in cases for each in issued(office, case))
    assert sorted(wrong) == [0, 4]
    assert numbers == [f"柯城综受〔2026〕{n:05d}号" for n in range(1, 7)]
    codes = {each.code for case in cases for each in issued(office, case)}
    assert len(codes) == 6

"""What joint handling takes off people: the four reductions 四减."""

from engine.words.word import N_, Word


class Reduction(Word):
    """What there is less of: steps 减环节, papers to bring 减材料, time 减时间, visits 减跑动."""

    STEPS = "steps", N_("Handling steps")
    PAPERS = "papers", N_("Papers to bring")
    TIME = "time", N_("Time")
    VISITS = "visits", N_("Visits")

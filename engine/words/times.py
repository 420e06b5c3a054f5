"""Days, limits and clocks (domain.md 2.0.6)."""

from engine.words.word import N_, Word


class LimitUnit(Word):
    """What a time limit is counted in; also what a promise is. Packs write the Chinese word (domain.md 0.3)."""

    WORKING_DAYS = "工作日", N_("working days")
    DAYS = "自然日", N_("calendar days")
    HOURS = "小时", N_("hours")


class DayKind(Word):
    """Whether offices are open on a day."""

    WORK = "work", N_("working day")
    REST = "rest", N_("day off")


class Lamp(Word):
    """How a clock stands (domain.md 2.0.6: 绿 黄 红 灰 蓝)."""

    GREEN = "green", N_("in time")
    YELLOW = "yellow", N_("due soon")
    RED = "red", N_("overdue")
    GREY = "grey", N_("clock paused")
    BLUE = "blue", N_("finished in time")

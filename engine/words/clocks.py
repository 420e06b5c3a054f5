"""The vocabulary of clocks: why they stand still, what they count, what becomes of a wish for more time."""

from engine.words.word import N_, Word


class Ground(Word):
    """Why a clock stands still; packs write the Chinese word. From the fourth on: special procedures (特别程序).

    《行政许可法》第四十五条: hearing, tender, auction, inspection, testing, quarantine, appraisal and expert review do
    not count; the others are the sample of domain.md 0.3.
    """

    SUPPLEMENT = "补正", N_("papers to be supplemented")
    SUSPENDED = "挂起", N_("suspended by the supervisor")
    ENDED = "已办结", N_("finished, until opened again")
    PUBLICITY = "公示", N_("publicity")
    ANNOUNCEMENT = "公告", N_("announcement")
    HEARING = "听证", N_("hearing")
    TENDER = "招标", N_("tender")
    AUCTION = "拍卖", N_("auction")
    INSPECTION = "检验", N_("inspection")
    TESTING = "检测", N_("testing")
    QUARANTINE = "检疫", N_("quarantine")
    APPRAISAL = "鉴定", N_("appraisal")
    EXPERTS = "专家评审", N_("expert review")
    CHECK = "核对", N_("check of data")


SPECIAL = tuple(Ground)[3:]


class ClockKind(Word):
    """Which of two limits a clock counts."""

    PROMISE = "promise", N_("promised")
    LEGAL = "legal", N_("by law")


class ExtensionState(Word):
    """Where a wish for more time stands (延期)."""

    ASKED = "asked", N_("extension asked for")
    GRANTED = "granted", N_("extension granted")
    REFUSED = "refused", N_("extension refused")

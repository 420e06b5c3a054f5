"""Every reason the engine can refuse. The docstring is the message people read.

Braces in a docstring are filled from the keywords the error is raised with, after translation; so a sentence can name
who was first or which field is wrong and still be read in the user's language.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from engine.errors.acts import ConflictOfInterest as ConflictOfInterest
from engine.errors.acts import NothingToUrge as NothingToUrge
from engine.errors.acts import NotPassedOn as NotPassedOn
from engine.errors.acts import PhrasesFull as PhrasesFull
from engine.errors.acts import ReceiverUnable as ReceiverUnable
from engine.errors.acts import SubstituteThere as SubstituteThere
from engine.errors.acts import SubstituteUnable as SubstituteUnable
from engine.errors.acts import UrgedAlready as UrgedAlready
from engine.errors.base import EngineError as EngineError
from engine.errors.found import FieldError as FieldError
from engine.errors.found import Finding as Finding
from engine.errors.times import DraftAsked as DraftAsked
from engine.errors.times import DraftReceived as DraftReceived
from engine.errors.times import DraftRefused as DraftRefused
from engine.errors.times import ExtendedOnce as ExtendedOnce
from engine.errors.times import ExtensionDecided as ExtensionDecided
from engine.errors.times import ExtensionTooLong as ExtensionTooLong
from engine.errors.times import LimitOver as LimitOver
from engine.errors.times import NotExtended as NotExtended
from engine.errors.times import NothingRuns as NothingRuns
from engine.errors.times import NotReceived as NotReceived
from engine.errors.times import NotSuspended as NotSuspended
from engine.errors.times import SlipAnswered as SlipAnswered
from engine.errors.times import SuspendedAlready as SuspendedAlready
from engine.errors.times import TermUnclear as TermUnclear


class NotSignedIn(EngineError):
    """Please sign in first."""


class SignInRefused(EngineError):
    """The account or the password is wrong."""


class SignInLocked(EngineError):
    """Too many wrong attempts. Sign-in is locked for {minutes} minutes; an administrator can unlock it earlier."""


class TooManyTries(EngineError):
    """Too many tries from here. Please wait {minutes} minutes and try again."""


class NotFound(EngineError):
    """This page does not exist, or it is not open to you."""


class NotYours(EngineError):
    """Your post does not allow this. Ask the administrator if it should."""


class TaskGone(EngineError):
    """{by} already finished this task at {at}. Your opinion was not submitted and is kept below."""


class TaskCancelled(EngineError):
    """The process moved on and this task is no longer needed. Your opinion was not submitted and is kept below."""


class TaskHeld(EngineError):
    """{by} claimed this task. Ask them to release it, or choose another one."""


class MovedOn(EngineError):
    """Somebody else changed this case at the same moment. Nothing of yours was stored; please look again and repeat."""


class MessageInvalid(EngineError):
    """The message cannot be taken: its {field} is missing, too long, or no plain text."""


class NotFailed(EngineError):
    """This automatic step is not waiting for help any more. Look at the case again; nothing was changed."""


class DuplicateFound(EngineError):
    """This may be the same application as {numbers}. Compare them; to go on all the same, give a reason."""


class DraftTaken(EngineError):
    """{by} works on this application now. Nothing was stored; what you typed is below: hand it on, or take it over."""


class DraftMovedOn(EngineError):
    """This draft was saved in another window at {at}. Reload it to continue from there; nothing was overwritten."""


class KeyReused(EngineError):
    """This form was already submitted with other content. Open it again to make a new submission."""


class FormInvalid(EngineError):
    """Please correct the marked fields."""

    def __init__(self, errors: Sequence["FieldError"]) -> None:
        self.errors = tuple(errors)
        super().__init__()


class ProgressRefused(EngineError):
    """The case number or the code is wrong. Both are printed on the receipt."""


class NotAdjusted(EngineError):
    """The process was not changed. {reason}"""


class AlreadyReported(EngineError):
    """This death has been reported already. Look among the events; nothing was stored twice."""


class SecondPerson(EngineError):
    """You reported this yourself. A second person has to confirm it."""


class PersonDied(EngineError):
    """{name} is recorded as deceased, so nothing can be applied for. Only the supervisor can reverse that."""


class EventOver(EngineError):
    """This event was decided or reversed in the meantime. Look at the case again; nothing was changed."""


class NoticeUnmade(EngineError):
    """The notice {name} cannot be written, so nothing was changed. Tell the designer of this one-thing: {why}"""


class NotReplaced(EngineError):
    """This notice is not replaced: it was replaced already, or a new one would say the same. Correct the case first."""


class NoPrinter(EngineError):
    """This server cannot make PDF files, because Pango is not installed. Print the page from the browser instead."""


class GlyphMissing(EngineError):
    """No font here has {characters}. Install one (fonts-noto-cjk, fonts-hanazono), or print from the browser."""


class NotGenuine(EngineError):
    """There is no notice with this code. Check the code below the QR code of the paper."""


class NotClosable(EngineError):
    """This cannot be closed yet. Still to be waited for: {items}"""


class NothingToHandOut(EngineError):
    """There is no result to hand out yet: the item has not been granted."""


class HandedOut(EngineError):
    """{by} already handed this out at {at}."""


class OtherRelease(EngineError):
    """The rules changed while this application was being taken. Check the situation questions again."""


class SituationFirst(EngineError):
    """Answer the situation questions and choose the area first."""


class ReasonNeeded(EngineError):
    """Say why you need to see the full data; the reason is recorded."""


class NoDepartment(EngineError):
    """No department of kind {kind} serves {area}. An administrator has to add one before this can be accepted."""


class NotStarted(EngineError):
    """The process could not start, so nothing was accepted. Tell the designer of this one-thing: {reason}"""


class NoRelease(EngineError):
    """This one-thing has no published release in force today."""


class FileGone(EngineError):
    """This scan is missing or was changed outside the system. Tell the administrator; a backup has it."""


class FilesOff(EngineError):
    """This installation keeps no scans: the administrator has to name a folder for them."""


class SupplementOnce(EngineError):
    """The applicant was told already what is missing; this could have been on that list. A supervisor may add it."""


class PapersOutstanding(EngineError):
    """This cannot be granted yet: {papers} is still to be handed in. Your opinion is kept."""


class BackupDamaged(EngineError):
    """This backup cannot be used: {why}"""


class NotEmpty(EngineError):
    """The database already holds data. A backup is restored into an empty one, so that nothing is overwritten."""


class CalendarInvalid(EngineError):
    """Line {line} of the calendar cannot be used: {why}"""


class ListInvalid(EngineError):
    """Line {line} of the list cannot be used: {why}"""


class AccountInvalid(EngineError):
    """This account cannot be set up: {why}"""


class NoSuchRelease(EngineError):
    """{pack} has no release {number}."""


class ReleaseTampered(EngineError):
    """Release {number} of {pack} is not what was published: its files were changed. Restore them from a backup."""


class PeriodPast(EngineError):
    """{day} is over. A period begins or ends today at the earliest, so that nothing already done loses its ground."""


class PeriodBackwards(EngineError):
    """The period would end on {until}, before it begins on {since}."""


class PeriodBegun(EngineError):
    """Release {number} has been in force since {since}: its beginning stays. Give it an end instead."""


class PeriodOutside(EngineError):
    """The pack itself is in force from {since} to {until}. Choose days in between, or change its pack.toml."""


class CannotMigrate(EngineError):
    """Case {number} cannot move to release {release}: {reason}"""


class MigrationOver(EngineError):
    """This move of case {number} cannot be undone any more: it was undone already, or the case has gone on since."""


class Busy(EngineError):
    """The system is busy or its storage is full. What you typed is kept; please try again in a moment."""


class PackInvalid(EngineError):
    """The pack cannot be read. {first}"""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(first=str(findings[0]) if findings else "")


@contextmanager
def gathered(errors: list[FieldError]) -> Iterator[None]:
    """Collect what a check refuses instead of stopping at the first, so that a form shows everything at once."""
    try:
        yield
    except FormInvalid as invalid:
        errors.extend(invalid.errors)

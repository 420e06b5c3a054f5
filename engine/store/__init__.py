"""Rows: columns, constraints, relationships. No behaviour lives here; see README.md in this folder."""

from sqlalchemy.exc import SQLAlchemyError as Trouble

from engine.store.calendar import CalendarDay, CalendarYear
from engine.store.clocks import Clock, Extension, Slip, Stop
from engine.store.database import connect, newest, refresh, revision, upgrade, wait_alone
from engine.store.desks import Phrase, Substitution, Transfer, Urge
from engine.store.events import Concern, LifeEvent, Person
from engine.store.jobs import Awaited, Call, Client, Job, Message
from engine.store.ledger import Anchor, Checkpoint, Command, Counter, Entry
from engine.store.materials import Asked, MaterialFile, MaterialMark
from engine.store.notices import Notice
from engine.store.people import Department, Holding, Region, SignIn, Throttle, User
from engine.store.releases import Migration, Period
from engine.store.rows import Row, new_id
from engine.store.together import change, together
from engine.store.turns import take_turns
from engine.store.work import Case, Draft, Handover, Item, Material, Opinion, Release, Task, TaskUser, Timer

__all__ = [
    "Anchor", "Asked", "Awaited", "CalendarDay", "CalendarYear", "Call", "Case", "Checkpoint", "Client", "Clock",
    "Command", "Concern", "Counter", "Department", "Draft", "Entry", "Extension", "Handover", "Holding", "Item", "Job",
    "LifeEvent", "Material", "MaterialFile", "MaterialMark", "Message", "Migration", "Notice", "Opinion", "Period",
    "Person", "Phrase", "Region", "Release", "Row", "SignIn", "Slip", "Stop", "Substitution", "Task", "TaskUser",
    "Throttle", "Timer", "Transfer", "Trouble", "Urge", "User", "change", "connect", "new_id", "newest", "refresh",
    "revision", "take_turns", "together", "upgrade", "wait_alone",
]  # fmt: skip

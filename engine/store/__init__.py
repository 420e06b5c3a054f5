"""Rows: columns, constraints, relationships. No behaviour lives here; see README.md in this folder."""

from engine.store.database import connect, upgrade
from engine.store.jobs import Awaited, Call, Client, Job, Message
from engine.store.ledger import Command, Counter, Entry
from engine.store.people import Department, Holding, Region, SignIn, Throttle, User
from engine.store.rows import Row, new_id
from engine.store.work import Case, Draft, Item, Material, Opinion, Release, Task, Timer

__all__ = [
    "Awaited", "Call", "Case", "Client", "Command", "Counter", "Department", "Draft", "Entry", "Holding", "Item", "Job",
    "Material", "Message", "Opinion", "Region", "Release", "Row", "SignIn", "Task", "Throttle", "Timer", "User",
    "connect", "new_id", "upgrade",
]  # fmt: skip

"""Rows: columns, constraints, relationships. No behaviour lives here; see README.md in this folder."""

from engine.store.database import connect, upgrade
from engine.store.ledger import Command, Counter, Entry
from engine.store.people import Department, Holding, Region, SignIn, Throttle, User
from engine.store.releases import Migration, Period
from engine.store.rows import Row, new_id
from engine.store.work import Case, Draft, Item, Material, Opinion, Release, Task, Timer

__all__ = [
    "Case", "Command", "Counter", "Department", "Draft", "Entry", "Holding", "Item", "Material", "Migration", "Opinion",
    "Period", "Region", "Release", "Row", "SignIn", "Task", "Throttle", "Timer", "User", "connect", "new_id", "upgrade",
]  # fmt: skip

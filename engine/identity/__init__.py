"""Who is asking, with which posts, and which department serves an area; see README.md in this folder."""

from engine.identity.accounts import (
    Account,
    acceptable,
    account,
    accounts,
    appoint,
    disable,
    enable,
    enrol,
    generated,
    rename,
    set_password,
)
from engine.identity.departments import (
    DepartmentInfo,
    RegionInfo,
    area_name,
    areas,
    covers,
    departments,
    inferior,
    lineage,
    region,
    serving,
)
from engine.identity.directory import Loaded, load_departments, load_regions
from engine.identity.passwords import hash_password
from engine.identity.people import actor_named, holding, is_active, names, serving_as
from engine.identity.sessions import actor_of, sign_out, stale
from engine.identity.signin import Candidate, admit, candidate, reject, renewed, unlock, verify
from engine.identity.throttles import throttle

__all__ = [
    "Account", "Candidate", "DepartmentInfo", "Loaded", "RegionInfo", "acceptable", "account", "accounts",
    "actor_named", "actor_of", "admit", "appoint", "area_name", "areas", "candidate", "covers", "departments",
    "disable", "enable", "enrol", "generated", "hash_password", "holding", "inferior", "is_active", "lineage",
    "load_departments", "load_regions", "names", "region", "reject", "rename", "renewed", "serving", "serving_as",
    "set_password", "sign_out", "stale", "throttle", "unlock", "verify",
]  # fmt: skip

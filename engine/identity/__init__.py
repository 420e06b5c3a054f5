"""Who is asking, with which posts, and which department serves an area; see README.md in this folder."""

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
from engine.identity.passwords import hash_password
from engine.identity.people import actor_named, is_active, names, serving_as
from engine.identity.sessions import actor_of, sign_out, stale
from engine.identity.signin import Candidate, admit, candidate, reject, renewed, unlock, verify
from engine.identity.throttles import throttle

__all__ = [
    "Candidate", "DepartmentInfo", "RegionInfo", "actor_named", "actor_of", "admit", "area_name", "areas",
    "candidate", "covers", "departments", "hash_password", "inferior", "is_active", "lineage", "names", "region",
    "reject", "renewed", "serving", "serving_as", "sign_out", "stale", "throttle", "unlock", "verify",
]  # fmt: skip

"""Rehearsal: packs and drawings played in memory with a virtual clock, without a database."""

from engine.rehearsal.coverage import Covered
from engine.rehearsal.play import Coverage, Played, play, rehearse
from engine.rehearsal.trace import trace

__all__ = ["Coverage", "Covered", "Played", "play", "rehearse", "trace"]

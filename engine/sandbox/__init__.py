"""The sandbox: other departments' systems as a real HTTP server over invented people, for the demo and for tests.

It can be slow, away, rude or wrong on demand, for one question (header `Sandbox-Fault`) or from now on (`PUT /faults`).
"""

from engine.sandbox.records import Record, answer, offices
from engine.sandbox.server import Sandbox

__all__ = ["Record", "Sandbox", "answer", "offices"]

"""Exchange 数据共享: asking other departments, by connectors the installation configures (domain.md 2.0.3).

A question goes out with its purpose and legal basis, and everything asked is in a log people can read. An answer is
one of five kinds, and each means something else to the case: see `words.Answered`.
"""

from engine.exchange.ask import Asked, Exchange, understood
from engine.exchange.callback import call_back
from engine.exchange.calls import ShownCall, calls, record
from engine.exchange.clients import Client, admit, enrol
from engine.exchange.config import Office, read

__all__ = [
    "Asked", "Client", "Exchange", "Office", "ShownCall", "admit", "call_back", "calls", "enrol", "read", "record",
    "understood",
]  # fmt: skip

"""Messages 消息: what arrives for a case from outside or from another one, by name and correlation key.

Kept when early, delivered once.

receive → (the oldest event that waits, or kept) → deliver, as soon as an event waits for it
"""

from engine.cases import KEPT
from engine.messages.deliver import deliver, deliverable, kept
from engine.messages.document import accept, document
from engine.messages.receive import Received, forget, receive

__all__ = ["KEPT", "Received", "accept", "deliver", "deliverable", "document", "forget", "kept", "receive"]

"""Messages 消息: what arrives for a case from outside, by name and correlation key; kept when early, delivered once.

receive → (the oldest event that waits, or kept) → deliver, as soon as an event waits for it
"""

from engine.messages.deliver import deliver, deliverable, kept
from engine.messages.document import accept, document
from engine.messages.receive import KEPT, Received, forget, receive

__all__ = ["KEPT", "Received", "accept", "deliver", "deliverable", "document", "forget", "kept", "receive"]

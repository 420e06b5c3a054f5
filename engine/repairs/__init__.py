"""Repairs 流程调整: a supervisor changes by hand where a case stands: looked at first, for a reason, recorded."""

from engine.repairs.apply import apply
from engine.repairs.held import POSTS, may_adjust
from engine.repairs.incidents import Stopped, incidents
from engine.repairs.offer import Offer, Step, Target, offer
from engine.repairs.preview import Closing, ItemChange, Opening, Preview, preview
from engine.repairs.wish import Wish

__all__ = [
    "POSTS", "Closing", "ItemChange", "Offer", "Opening", "Preview", "Step", "Stopped", "Target", "Wish", "apply",
    "incidents", "may_adjust", "offer", "preview",
]  # fmt: skip

"""Changes 变化: what differs between two packs, in words and for whom; from the models, never from the text. Pure.

Other formatting, another order of the XML, moved shapes and renamed ids are no change: parts are told apart by what
they are called and where they stand.
"""

from engine.changes.change import Audience, Change
from engine.changes.compare import packs
from engine.changes.drawing import drawings
from engine.changes.tell import grouped

__all__ = ["Audience", "Change", "drawings", "grouped", "packs"]

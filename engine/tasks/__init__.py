"""Tasks 待办: a person's part in a case."""

from engine.tasks.complete import Completed, complete
from engine.tasks.hold import claim, release
from engine.tasks.inbox import Box, Line, count, inbox
from engine.tasks.opinion import keep_opinion
from engine.tasks.view import TaskView, consequences, view

__all__ = [
    "Box", "Completed", "Line", "TaskView", "claim", "complete", "consequences", "count", "inbox",
    "keep_opinion", "release", "view",
]  # fmt: skip

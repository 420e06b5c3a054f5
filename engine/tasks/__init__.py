"""Tasks 待办: a person's part in a case."""

from engine.tasks.complete import Completed, complete
from engine.tasks.hold import claim, release
from engine.tasks.inbox import Box, Line, count, inbox
from engine.tasks.opinion import keep_opinion
from engine.tasks.phrases import ShownPhrase, add_phrase, headed, insert_phrase, phrases, remove_phrase
from engine.tasks.substitutes import Choice, Standing, choices, end_substitution, name_substitute, substitutes
from engine.tasks.transfer import Passed, give_back, transfer
from engine.tasks.view import TaskView, consequences, view

__all__ = [
    "Box", "Choice", "Completed", "Line", "Passed", "ShownPhrase", "Standing", "TaskView", "add_phrase", "choices",
    "claim", "complete", "consequences", "count", "end_substitution", "give_back", "headed", "inbox",
    "insert_phrase", "keep_opinion", "name_substitute", "phrases", "release", "remove_phrase", "substitutes",
    "transfer", "view",
]  # fmt: skip

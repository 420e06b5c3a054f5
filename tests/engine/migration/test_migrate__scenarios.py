"""Every scenario of the family pack, moved to an edited drawing at each of its steps, and played on to its end."""

import importlib
from dataclasses import replace

import pytest

from engine import catalog, runtime
from engine.store.columns import dumps, loads
from tests.engine.migration.edited import edited, family, with_limit, with_task

stage = importlib.import_module("engine.rehearsal.play")  # the module; the package gives the function of this name
PACK = catalog.read(family())
STORIES = catalog.scenarios(PACK)
REGISTRY = '<bpmn:lane id="lane_mz" name="婚姻登记机关">'
EDITS = {
    "a task after the registration": with_task("flow_married", "lane_mz"),
    "a task before delivery": with_task("flow_items_joined", "lane_zw"),
    "a task in one branch": with_task("flow_birth_wanted", "lane_wj", item="birth_registration"),
    "a task before a join": with_task("flow_groom_joined", "lane_ga", item="status_groom"),
    "a task after a review": with_task("flow_status_bride_reviewed", "lane_ga", item="status_bride"),
    "other names": edited(("结婚登记审查", "结婚审查"), ("登记发证", "颁证")),
    "another lane": edited(
        ("        <bpmn:flowNodeRef>deliver</bpmn:flowNodeRef>\n", ""),
        (REGISTRY, REGISTRY + "<bpmn:flowNodeRef>deliver</bpmn:flowNodeRef>"),
    ),
    "a limit": with_limit("review_migration"),
}  # fmt: skip


@pytest.fixture(scope="module")
def packs():
    """The edited packs, each read once."""
    return {name: catalog.read(files) for name, files in EDITS.items()}


class Moved(stage.Stage):
    """A play that moves the case to another pack's drawing after some of its steps."""

    def __init__(self, pack):
        super().__init__(PACK, True)
        self.other = pack

    def play(self, story, at):
        """Play a story, moving after `at` of its steps; raises when the story and the process disagree."""
        self.begin(story)
        for number, step in enumerate([*story.steps, None]):
            if number == at and self.player.ended is None:
                self.move()
            self.extra()
            if step is not None:
                self.step(step if self._pack is PACK else replace(step, by="", open=None))
                self.extra()
        self._expect_end(story)

    def move(self):
        """Move what the player has in its hands."""
        player = self.player
        before = loads(dumps(player.state))
        found = runtime.migrate(player.model, self.other.model, before, player.facts, renamed={}, now=player.now)
        assert found.advance is not None, found.obstacles
        player.model, self._pack = self.other.model, self.other
        player.tasks |= {opened.id: opened for opened in found.kept}
        player.take(found.advance)

    def extra(self):
        """Do the task the edit added, if it is open."""
        for task in [t for t in self.player.tasks.values() if t.node == "extra"]:
            self._went(self.player.finish(task.id, {}))


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.file.rpartition("/")[2])
def test_story_ends_as_it_would_have(story, edit, packs):
    """Whenever the case is moved, it comes to the same end with the same result of each item."""
    for at in range(len(story.steps) + 1):
        Moved(packs[edit]).play(story, at)

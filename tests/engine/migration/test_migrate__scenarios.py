"""Every scenario of the family pack, moved to an edited drawing at each of its steps, and played on to its end."""

import importlib
import tomllib

import pytest

from engine import catalog, runtime
from engine.store.columns import dumps, loads
from tests.engine.migration.edited import edited, family, with_limit, with_task

stage = importlib.import_module("engine.rehearsal.play")  # the module; the package gives the function of this name
PACK = catalog.read(family())
STORIES = {name: tomllib.loads(text) for name, text in PACK.files.items() if "/scenarios/" in name}
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


def moved(player, pack):
    """Move what the player has in its hands to the drawing of another pack."""
    before = loads(dumps(player.state))
    found = runtime.migrate(player.model, pack.model, before, player.facts, renamed={}, now=player.now)
    assert found.advance is not None, found.obstacles
    player.model = pack.model
    player.tasks |= {opened.id: opened for opened in found.kept}
    player._take(found.advance)


def extra(player):
    """Do the task the edit added, if it is open."""
    ended = {}
    for task in [t for t in player.tasks.values() if t.node == "extra"]:
        ended |= stage._went(player.finish(task.id, {}))
    return ended


def play(story, pack, at):
    """Play a story, moving after `at` of its steps; raises when the story and the process disagree."""
    player, ended = stage._begin(PACK, story, True)
    acting = PACK
    for number, step in enumerate([*story.get("step", []), None]):
        if number == at and player.ended is None:
            moved(player, pack)
            acting = pack
        ended |= extra(player)
        if step is not None:
            given = {k: v for k, v in step.items() if k != "by"} if acting is pack else step
            ended |= stage._step(acting, player, given)
            ended |= extra(player)
    stage._expect_end(story.get("end", {}), player, ended)


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("name", STORIES, ids=lambda name: name.rpartition("/")[2])
def test_story_ends_as_it_would_have(name, edit, packs):
    """Whenever the case is moved, it comes to the same end with the same result of each item."""
    story = STORIES[name]
    for at in range(len(story.get("step", [])) + 1):
        play(story, packs[edit], at)

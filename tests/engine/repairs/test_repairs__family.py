"""In every state of every scenario of the first pack: what is allowed leaves a case that ends, all of it saved between.

The changes are tried as a supervisor wishes them; the case is a row that no database knows.
"""

from dataclasses import replace
from types import SimpleNamespace

from engine import catalog, forms, runtime
from engine.catalog.scenario import TASK
from engine.rehearsal.play import Stage
from engine.rehearsal.replies import answered, result_of
from engine.repairs.wish import Wish, carried_out, dependants
from engine.runtime import Refusal
from engine.store import Case, Item
from engine.store.columns import dumps, loads
from engine.words import ChangeKind, Outcome

PACK = catalog.read(catalog.files_of(catalog.content_root(), "family"))
STORIES = catalog.scenarios(PACK)
SAID = {
    step.name: step.values
    for story in STORIES
    for step in story.steps
    if step.kind == TASK and step.values.get("decision", "approved") == "approved"
}


def states(story):
    """The case at every step of a scenario and at every answer of another department, and at its end."""
    stage, visits = Stage(PACK, saving=True), {}
    stage.begin(replace(story, replies={}))  # they are given here, so that the case is seen while it waits for them
    yield row(stage.player, stage.outcomes), stage.player
    for step in (None, *story.steps):
        if step:
            stage.step(step)
            yield row(stage.player, stage.outcomes), stage.player
        for advance in answered(stage.player, story.replies, visits):
            stage.outcomes |= {o.item: o.outcome for o in advance.outcomes}
            yield row(stage.player, stage.outcomes), stage.player


def row(player, ended):
    """The case as the database would give it."""
    items = [code for code in player.facts if isinstance(player.facts[code], dict) and "applies" in player.facts[code]]
    applying = [code for code in items if player.facts[code]["applies"]]
    return Case(
        process=player.state,
        facts=player.facts,
        items=[Item(code=code, outcome=ended.get(code)) for code in applying],
    )


def wishes(case):
    """Everything a supervisor could ask for."""
    for standing in runtime.standing(PACK.model, case.process):
        yield Wish(ChangeKind.RETRY, token=standing.id)
        yield Wish(ChangeKind.SKIP, token=standing.id)
        yield from (Wish(ChangeKind.MOVE, token=standing.id, node=node) for node in PACK.model.nodes)
    yield from (Wish(ChangeKind.REOPEN, node=node) for node in PACK.model.nodes)
    yield from (Wish(ChangeKind.CANCEL, item=item.code) for item in PACK.items)


def nodes(case):
    """Where the case stands."""
    return {s.node for s in runtime.standing(PACK.model, case.process)}


def outcomes(case, advance):
    """What is known of the items after a change."""
    known = {item.code: item.outcome for item in case.items}
    known.update(dict.fromkeys(advance.reopened, None))
    known.update({o.item: o.outcome for o in advance.outcomes})
    return known


def finished(advance, now, known, jobs=(), replies=None):
    """Answer and approve everything that waits until the case ends; returns the outcomes of the items."""
    asked = {job.id: job for job in jobs}
    for _ in range(40):
        assert advance.incident is None, advance.incident
        state, facts = loads(dumps(advance.state)), loads(dumps(advance.facts))
        if not state["tokens"]:
            return known
        asked.update({job.id: job for job in advance.jobs})
        waits = [s for s in runtime.standing(PACK.model, state) if s.kind in ("task", "job")]
        assert waits, "somebody has to have something to do"
        advance = done(waits[0], state, facts, now, asked, replies or {})
        known = {**known, **{o.item: o.outcome for o in advance.outcomes}}
    raise AssertionError("the case does not come to its end")


def done(step, state, facts, now, asked, replies):
    """What the other department answers in the scenario, or what the person decides."""
    node = PACK.model.nodes[step.node]
    if step.kind == "job":
        result = result_of(asked[step.id], replies.get(node.id, "ok"), 99)
        return runtime.answer(PACK.model, state, step.id, result, facts, now=now)
    said = {"decision": "refused"} if node.id == "refuse_marriage" else SAID.get(node.id, {})
    blank = forms.nest(dict.fromkeys(catalog.form_for(PACK, node.form).keys))
    return runtime.finish(PACK.model, state, step.id, forms.overlay(blank, forms.nest(said)), facts, now=now)


def test_whatever_is_allowed_can_be_finished():
    """Every wish in every state is refused in words or leads to a case that ends; of each kind some are made."""
    made, seen = dict.fromkeys(ChangeKind, 0), set()
    for story in STORIES:
        for case, player in states(story):
            key = dumps([sorted(nodes(case)), case.process["done"], sorted((i.code, i.outcome) for i in case.items)])
            if key in seen:
                continue
            seen.add(key)
            for wish in wishes(case):
                found = carried_out(SimpleNamespace(now=player.now), PACK, case, wish)
                if isinstance(found, Refusal) or found.incident:
                    assert found.zh if isinstance(found, Refusal) else found.state == case.process
                    continue
                made[wish.kind] += 1
                finished(found, player.now, outcomes(case, found), player.jobs.values(), story.replies)
    assert len(seen) > 40
    assert all(made.values()), made


def test_cancelling_one_item_leaves_the_others_their_results():
    """An item that is ended in the middle is terminated, what depends on it with it, and everything else is decided."""
    story = next(s for s in STORIES if any(step.name == "review_migration" for step in s.steps))
    walked = ((c, p.now) for c, p in states(story) if "review_migration" in nodes(c))
    case, now = next(walked)
    found = carried_out(SimpleNamespace(now=now), PACK, case, Wish(ChangeKind.CANCEL, item="migration"))
    known = finished(found, now, outcomes(case, found))
    assert {known["migration"], known["hukou_page"]} == {Outcome.TERMINATED}
    assert known["marriage"] == known["birth_registration"] == Outcome.APPROVED


def test_what_depends_on_an_item_is_found_in_any_order():
    """Directly or through others, whichever item comes first in the case; items with a result are left out."""
    codes = [item.code for item in PACK.items]
    for order in (codes, codes[::-1]):
        case = Case(items=[Item(code=code) for code in order])
        assert set(dependants(PACK, case, "marriage")) == set(codes)
        assert set(dependants(PACK, case, "migration")) == {"migration", "hukou_page"}
    case = Case(items=[Item(code=code, outcome="approved" if code == "hukou_page" else None) for code in codes])
    assert dependants(PACK, case, "migration") == ("migration",)

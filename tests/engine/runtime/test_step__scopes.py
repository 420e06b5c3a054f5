"""Sub-processes, terminate and error ends. Straight, and saved and restored between steps."""

from tests.engine.runtime.drawings import (
    ENDS,
    ERRORS,
    SUB,
    both_ways,
    boundary,
    drawing,
    extension,
    inner,
    nodes,
    properties,
    timer,
    user,
)

pytestmark = both_ways


def test_sub_process_ends_when_nothing_is_left_inside(run):
    """The flow after a sub-process is taken when its last token is gone; tasks inside belong to its item."""
    body = ENDS + f'<subProcess id="p">{extension(properties(item="a"))}{SUB}{inner("s1->u1;u1->e1")}</subProcess>'
    case = run(drawing(body + user("z"), "s -> p -> z -> e")).finish("u1", ok=True)
    assert case.open == ["z"]
    assert case.facts == {"a": {"ok": True}}
    assert case.finish("z").trace == ["s", "s1", "u1", "e1", "p", "z", "e"]


def test_terminate_end_stops_its_own_scope_only(run):
    """A terminate end takes the other tasks of its sub-process away; the outer process goes on."""
    inside = nodes("startEvent", "s1") + nodes("parallelGateway", "g1") + user("u1") + user("v1")
    end = '<endEvent id="e1"><terminateEventDefinition/></endEvent>'
    flows = inner("s1->g1;g1->u1;g1->v1;u1->e1;v1->e1")
    case = run(drawing(ENDS + f'<subProcess id="p">{inside}{end}{flows}</subProcess>' + user("z"), "s -> p -> z -> e"))
    assert case.finish("u1").open == ["z"]


def test_terminate_end_of_the_process_ends_the_case(run):
    """Terminating the process closes open tasks and timers, and the case ends there."""
    xml = drawing(
        nodes("startEvent", "s") + nodes("parallelGateway", "g") + user("a") + user("b")
        + boundary("t", "b", timer("timeDuration", "P1D")) + nodes("endEvent", "e")
        + '<endEvent id="x" name="终止"><terminateEventDefinition/></endEvent>',
        "s -> g -> a -> x\ng -> b -> e\nt -> e",
    )  # fmt: skip
    case = run(xml).finish("a")
    assert case.open == []
    assert case.timers == ()
    assert case.ended.node == "x"


def failing(name, error, extra=""):
    """A sub-process in which a task is followed by an error end, beside another task."""
    end = f'<endEvent id="x{name}"><errorEventDefinition errorRef="{error}"/></endEvent>'
    inside = (
        nodes("startEvent", f"s{name}")
        + nodes("parallelGateway", f"g{name}")
        + user(f"u{name}")
        + user(f"v{name}")
        + end
    )
    flows = inner(f"s{name}->g{name};g{name}->u{name};g{name}->v{name};u{name}->x{name}")
    return f'<subProcess id="{name}">{inside}{flows}{extra}</subProcess>'


CATCH_1 = '<errorEventDefinition errorRef="e1"/>'
CATCH_ALL = "<errorEventDefinition/>"


def test_error_is_caught_by_its_own_sub_process_only(run):
    """The boundary of a running sibling does not fire, and the other tasks of the failed one are taken away."""
    xml = drawing(
        ENDS + nodes("parallelGateway", "g") + failing("p", "e1") + failing("q", "e1")
        + boundary("bp", "p", CATCH_1) + boundary("bq", "q", CATCH_1) + user("hp") + user("hq"),
        "s -> g -> p -> e\ng -> q -> e\nbp -> hp -> e\nbq -> hq -> e", ERRORS,
    )  # fmt: skip
    assert run(xml).finish("up").open == ["hp", "uq", "vq"]


def test_error_boundary_naming_the_code_goes_before_catch_all(run):
    """Only one boundary event takes an error: the one with its code, else the one without a code."""
    body = ENDS + boundary("all", "p", CATCH_ALL) + boundary("one", "p", CATCH_1) + user("h1") + user("h2")
    flows = "s -> p -> e\nall -> h2 -> e\none -> h1 -> e"
    assert run(drawing(body + failing("p", "e1"), flows, ERRORS)).finish("up").open == ["h1"]
    assert run(drawing(body + failing("p", "e2"), flows, ERRORS)).finish("up").open == ["h2"]


def test_error_goes_outwards_until_somebody_catches_it(run):
    """A sub-process without a matching boundary passes the error on; its normal flow is not taken."""
    outer = f'<subProcess id="o"><startEvent id="so"/>{failing("p", "e1")}{user("n")}{inner("so->p;p->n")}</subProcess>'
    case = run(drawing(ENDS + outer + boundary("b", "o", CATCH_1) + user("h"), "s -> o -> e\nb -> h -> e", ERRORS))
    assert case.finish("up").open == ["h"]


def test_error_nobody_catches_is_an_incident(run):
    """The case stays where it was before the step instead of looking finished."""
    case = run(drawing(ENDS + failing("p", "e1"), "s -> p -> e", ERRORS)).finish("up")
    assert case.incident.node == "xp"
    assert case.ended is None
    assert case.open == ["up", "vp"]

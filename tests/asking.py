"""The family pack whose process first asks another department, for tests of jobs, exchange and messages."""

import re

from lxml import etree

from engine import catalog, releases, store
from engine.words import JobState
from engine.work import SYSTEM

DRAWING, CONNECTORS = "workflows/family/process.bpmn", "workflows/connectors.toml"
TYPE = "mz.marriage"
HEADERS = {
    "purpose": "结婚登记审查",
    "basis": "《婚姻登记条例》",
    "resultVariable": "check",
    "fields": "marital_status",
}
FIRST = "review_marriage"


def ask(node="ask", *, retries="", item="marriage", **headers):
    """The XML of a service task that asks about the groom."""
    told = {**HEADERS, **headers}
    lines = "".join(f'<zeebe:header key="{key}" value="{value}"/>' for key, value in told.items() if value)
    tries = f' retries="{retries}"' if retries else ""
    return f"""<bpmn:serviceTask id="{node}" name="核验"><bpmn:extensionElements>
<zeebe:taskDefinition type="{TYPE}"{tries}/><zeebe:taskHeaders>{lines}</zeebe:taskHeaders>
<zeebe:ioMapping><zeebe:input source="=groom.name" target="name"/>
<zeebe:input source="=groom.id_number" target="id_number"/>
<zeebe:input source="=groom.marital_status" target="marital_status"/></zeebe:ioMapping>
<zeebe:properties><zeebe:property name="item" value="{item}"/></zeebe:properties>
</bpmn:extensionElements></bpmn:serviceTask>"""


OWN = {"check_groom", "check_bride", "gw_checked", "ask_marriage", "commit_marriage"}  # the family's own check
OWN_FLOWS = {"groom_checked", "bride_checked", "checked", "check_differs", "check_away", "asked", "committed"}


def unchecked(drawing):
    """The drawing without the check it has itself: the question of a test is the only one."""
    root = etree.fromstring(drawing.encode())
    gone = OWN | {f"flow_{name}" for name in OWN_FLOWS}
    for element in list(root.iter()):
        named = {element.get("id"), element.get("bpmnElement"), (element.text or "").strip()}
        if gone & named:
            element.getparent().remove(element)
        elif element.get("id") == "flow_eligible":
            element.set("targetRef", "review_marriage")
    return etree.tostring(root, encoding="unicode")


def first(element, node="ask", extra=""):
    """The family pack whose process begins with `element`; `extra` is put beside it."""
    files = catalog.files_of(catalog.content_root(), "family")
    gone = ("commitment.json", "/scenarios/")
    files = {name: text for name, text in files.items() if not any(part in name for part in gone)}
    drawing = unchecked(files[DRAWING])
    start = re.search(r'<bpmn:startEvent id="(\w+)"', drawing)[1]
    flow = re.search(rf'<bpmn:sequenceFlow [^>]*sourceRef="{start}"[^>]*>', drawing)[0]
    moved = flow.replace(f'sourceRef="{start}"', f'sourceRef="{node}"')
    begun = f'{element}<bpmn:sequenceFlow id="f_first" sourceRef="{start}" targetRef="{node}"/>{extra}'
    drawing = drawing.replace(flow, begun + moved)
    drawing = re.sub(rf'(id="{start}".*?)<bpmn:outgoing>.*?</bpmn:outgoing>', r"\1", drawing, count=1, flags=re.S)
    english = files["workflows/family/en.toml"] + "\n" + "".join(f'"{text}" = "x"\n' for text in ("核验", "等待"))
    contracts = (catalog.content_root() / CONNECTORS).read_text("utf-8")
    return {**files, DRAWING: drawing, CONNECTORS: contracts, "workflows/family/en.toml": english}


def publish(engine, files):
    """Publish these files."""
    with engine.begin(SYSTEM) as work:
        return releases.publish(work, files).hash


def publish_unlinted(engine, files):
    """Publish what lint would refuse: it is how an unforeseen error looks."""
    with engine.begin(SYSTEM) as work:
        pack, name = catalog.read(files), releases.content_hash(files)
        said = {"number": 1, "files": files, "published_at": work.now, "published_by": "x"}
        work.session.add(store.Release(hash=name, pack=pack.code, **said))
        work.session.flush()
        who = {"at": work.now, "actor": "x", "actor_name": "x"}
        work.session.add(store.Period(release_hash=name, seq=1, since=pack.effective_from, until=None, note="", **who))


def job_rows(engine):
    """The job rows as dicts, by opening."""
    from sqlalchemy import select

    from engine.store import Job

    with engine.look(SYSTEM) as work:
        rows = work.session.scalars(select(Job).order_by(Job.opened_at, Job.id)).all()
        return [{c.name: getattr(r, c.name) for c in Job.__table__.columns} for r in rows]


def states(engine):
    """The states of all jobs."""
    return [JobState(row["state"]) for row in job_rows(engine)]

"""The family pack with every kind of clock: law, more time, phases, publicity, an emergency, and the case's own."""

from engine import releases
from engine.app import Engine
from engine.work import SYSTEM
from tests import story
from tests.engine.migration.edited import DRAWING, ENGLISH, PACK, PROPERTY, edited, family, in_english

CERTIFICATE = {"certificate_number": "J330802-2026-000101", "registered_on": "2026-11-23", "registrar": "郑明理"}
COPIES = {"groom_copy": "3300000101", "bride_copy": "3300000102"}
OWN = 'promise = { days = 2, unit = "工作日", text = "2个工作日", source = "SAMPLE" }'
GROOM = """promise = { days = 10, unit = "工作日", text = "10个工作日", source = "SAMPLE" }
legal = { days = 20, unit = "工作日", text = "20个工作日", source = "《行政许可法》第四十二条" }
extension = { days = 10, unit = "工作日", text = "可延长10个工作日", source = "《行政许可法》第四十二条" }
phases = { "审查" = "6 工作日" }"""
SOONER = """sooner = { days = 12, when = '=origin = "one_outside"' }"""
BRIDE = f'promise = {{ days = 24, unit = "小时", text = "24小时", source = "SAMPLE", pausable = false, {SOONER} }}'
WHOLE = """promise = { days = 30, unit = "工作日", text = "30个工作日", source = "SAMPLE" }
legal = { days = 45, unit = "工作日", text = "45个工作日", source = "《行政许可法》第四十二条" }
"""
REVIEW = PROPERTY.format("item", "status_groom") + "\n          " + PROPERTY.format("stage", "review")
WORDS = {
    "10个工作日": "10 working days", "20个工作日": "20 working days", "30个工作日": "30 working days",
    "45个工作日": "45 working days", "24小时": "24 hours", "小时": "hours", "可延长10个工作日": "10 working days more",
    "审查": "examination", "公示": "publicity", "《行政许可法》第四十二条": "Administrative Licensing Law, article 42",
}  # fmt: skip


def married(city):
    """A case accepted and married on Monday 2026-11-23 at nine: the police have two items to do."""
    publish(city.engine)
    case = story.accepted(city.engine, city.actor("wangfang"), situation={"want_birth": "no"})
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    story.decide(city.engine, city.actor("zhangwei"), "issue_marriage", **CERTIFICATE, **COPIES)
    return case


def files(*more: tuple[str, str]) -> dict[str, str]:
    """The pack; `more` replaces texts of its drawing."""
    manifest = family()[PACK].replace("[parameters.", WHOLE + "\n[parameters.", 1)
    groom, bride = manifest.replace(OWN, GROOM, 1), BRIDE
    manifest = groom.replace(OWN, bride, 1)
    event = (
        '<bpmn:intermediateCatchEvent id="publicity" name="公示"><bpmn:extensionElements><zeebe:properties>'
        f"{PROPERTY.format('item', 'status_groom')}{PROPERTY.format('pause', '公示')}</zeebe:properties>"
        "</bpmn:extensionElements><bpmn:timerEventDefinition><bpmn:timeDuration>P7D</bpmn:timeDuration>"
        "</bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
        '<bpmn:sequenceFlow id="shown" sourceRef="publicity" targetRef="review_status_groom" />'
    )
    supplied = 'id="flow_status_groom_supplied" sourceRef="supplement_status_groom" targetRef="'
    lane = 'name="公安户籍">'
    drawing = edited(
        (supplied + "review_status_groom", supplied + "publicity"),
        ('<bpmn:userTask id="review_status_groom"', event + '<bpmn:userTask id="review_status_groom"'),
        (lane, lane + "<bpmn:flowNodeRef>publicity</bpmn:flowNodeRef>"),
        (REVIEW, REVIEW + PROPERTY.format("phase", "审查")),
        *more,
        lists=False,
    )[DRAWING]
    before, _, after = drawing.partition('id="review_status_bride"')
    drawing = before + 'id="review_status_bride"' + after.replace("2 工作日", "24 小时", 1)
    known = family()[ENGLISH]
    words = {zh: en for zh, en in WORDS.items() if f'"{zh}" =' not in known}
    return in_english({**family(), PACK: manifest, DRAWING: drawing}, **words)


def publish(engine: Engine) -> str:
    """Publish it; returns the release's hash."""
    with engine.begin(SYSTEM) as work:
        return releases.publish(work, files()).hash

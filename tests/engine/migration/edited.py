"""The family pack, edited as a designer would: what the tests of moving cases are told in."""

import re

from engine import catalog

DRAWING, PACK = "workflows/family/process.bpmn", "workflows/family/pack.toml"
ENGLISH = "workflows/family/en.toml"
PROPERTY = '<zeebe:property name="{}" value="{}" />'
FLOW = '<bpmn:sequenceFlow id="{0}" sourceRef="{1}" targetRef="{2}" />'


def family():
    """The files of the pack on disk."""
    return catalog.files_of(catalog.content_root(), "family")


def edited(*changes, file=DRAWING, lists=True):
    """The pack with texts replaced; each must be there. Without `lists` no node names its incoming and outgoing flows.

    The lists are optional (BPMN 2.0, 10.3.1), and what reconnects flows need not keep them.
    """
    files = family()
    text = files[file]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return {**files, file: text if lists else re.sub(r"\s*<bpmn:(incoming|outgoing)>\w+</bpmn:\1>", "", text)}


def with_task(flow, lane, name="复核", item="marriage", form="shared/decide"):
    """The pack with one more task on a flow; the flow keeps its id and its first half."""
    drawing = family()[DRAWING]
    target = re.search(rf'id="{flow}"[^>]* targetRef="(\w+)"', drawing).group(1)
    inside = '<zeebe:userTask /><zeebe:formDefinition formId="{}" /><zeebe:properties>{}</zeebe:properties>'
    said = inside.format(form, PROPERTY.format("item", item) + PROPERTY.format("limit", "0 工作日"))
    said = f"<bpmn:extensionElements>{said}</bpmn:extensionElements>"
    task = f'<bpmn:userTask id="extra" name="{name}">{said}</bpmn:userTask>'
    found = re.search(rf'<bpmn:lane id="{lane}" [^>]*>', drawing).group()
    before = re.search(rf'id="{flow}"[^>]* targetRef="', drawing).group()
    return edited(
        (before + target, before + "extra"),
        (found, found + "<bpmn:flowNodeRef>extra</bpmn:flowNodeRef>"),
        ("  </bpmn:process>", task + FLOW.format("rest", "extra", target) + "  </bpmn:process>"),
        lists=False,
    )


def in_english(files, **texts):
    """The pack with more English texts."""
    more = "".join(f'"{zh}" = "{en}"\n' for zh, en in texts.items())
    return {**files, ENGLISH: files[ENGLISH] + more}


def with_limit(node, span="P5D"):
    """The pack with a time limit on a task: when it passes, somebody is reminded beside the task."""
    event = (
        f'<bpmn:boundaryEvent id="limit" name="到期" attachedToRef="{node}" cancelActivity="false">'
        f"<bpmn:timerEventDefinition><bpmn:timeDuration>{span}</bpmn:timeDuration></bpmn:timerEventDefinition>"
        '</bpmn:boundaryEvent><bpmn:endEvent id="reminded" name="已提醒" />'
        + FLOW.format("to_reminded", "limit", "reminded")
    )
    return edited(("  </bpmn:process>", event + "  </bpmn:process>"))

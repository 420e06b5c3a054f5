"""What is said about a pack, in both languages; one entry a rule. The rules of form files come from `engine.forms`."""

from collections.abc import Mapping

from engine import letters
from engine.catalog import rules_apart, rules_clocks, rules_items, rules_letters, rules_materials
from engine.errors import Finding
from engine.forms import rules as form_rules
from engine.forms.rules import Rule

OWN: Mapping[str, Rule] = {
    "pack-missing": Rule(
        "没有名为“{code}”的事项包。",
        "There is no pack named {code!r}.",
        "请检查 workflows/ 下的文件夹名（小写字母、数字、_、-）。",
        "Check the folder name below workflows/ (lower-case letters, digits, _, -).",
    ),
    "pack-file": Rule("缺少文件 {file}。", "The file {file} is missing.", "请补上该文件。", "Add the file."),
    "pack-code": Rule(
        "code “{code}”与文件夹名“{folder}”不一致。",
        "The code {code!r} is not the folder name {folder!r}.",
        "请让二者相同。",
        "Make them equal.",
    ),
    "file-outside": Rule(
        "文件指向事项包之外。",
        "The file is a link out of the content folder.",
        "请放入真实文件。",
        "Put the real file there.",
    ),
    "file-large": Rule(
        "文件超过 {limit} 字节。", "The file has more than {limit} bytes.", "请缩小文件。", "Make it smaller."
    ),
    "file-encoding": Rule(
        "第 {position} 字节处不是 UTF-8。",
        "Byte {position} is not UTF-8.",
        "请以 UTF-8 重新保存。",
        "Save it again as UTF-8.",
    ),
    "file-toml": Rule(
        "不是有效的 TOML：{why}。", "This is not valid TOML: {why}.", "请改正该行。", "Correct the line."
    ),
    "start-not-plain": Rule(
        "一件事由窗口受理开始，“{name}”却是另外的开始。",
        "A case begins when it is accepted at a window; {name!r} begins it otherwise.",
        "请只画一个普通开始事件。",
        "Draw exactly one plain start event.",
    ),
    "missing-key": Rule("{where} 缺少“{name}”。", "{where} lacks {name!r}.", "请补上。", "Add it."),
    "bad-value": Rule(
        "{where} 的 {name} “{value}”不可用。",
        "{where}: {name} {value!r} cannot be used.",
        "可用值：{known}。",
        "Use one of: {known}.",
    ),
    "check-field": Rule(
        "表单中没有“{name}”，检查无处可说。{suggestion_zh}",
        "The form has no {name!r} where the check could stand.{suggestion}",
        "请写申请表单里的字段键，写了 tasks 的写环节表单里的；each 写列表的键，field 写行内的键。",
        "Name a field of the application, with tasks one of theirs; each names a list, field then one inside its rows.",
    ),
    "check-task": Rule(
        "流程图中没有填表的环节“{name}”，检查没有对象。{suggestion_zh}",
        "The drawing has no step {name!r} with a form; the check looks at nothing.{suggestion}",
        "tasks 写流程图中人工环节的编号；登记人员死亡的写 person.deceased。",
        "tasks names user tasks of the drawing by their ids, or person.deceased for what is told of a death.",
    ),
    "prefill-field": Rule(
        "共享数据填入需要“{name}”，申请表中没有。{suggestion_zh}",
        "Filling in from shared data needs {name!r}, which the application does not have.{suggestion}",
        "group 写申请表的分组或列表；接口的 inputs 须是其中的字段；consent 写同意共享的复选框。",
        "group names a group or a list; the connector's inputs are fields in it; consent names the box of the consent.",
    ),
    "prefill-nothing": Rule(
        "接口“{name}”的答复填不进这一组的任何字段。{suggestion_zh}",
        "No answer of the connector {name!r} fills in a field of this block.{suggestion}",
        "请在 connectors.toml 的 fills 中写明字典条目，或不问它。",
        "Say in fills of connectors.toml which dictionary entries it fills in, or do not ask it.",
    ),
    "prefill-source": Rule(
        "字典“{name}”的来源是 {source}，填入它的接口却是 {code}。",
        "The dictionary says that {name!r} comes from {source}; the connector that fills it in is {code}.",
        "请让 fields.toml 的 source 与 connectors.toml 的 code 相同，或换接口。",
        "Make source in fields.toml and code in connectors.toml equal, or ask another connector.",
    ),
    "duplicates-field": Rule(
        "重复申请的判断用到“{name}”，申请表中没有。{suggestion_zh}",
        "Duplicate applications are told by {name!r}, which the application does not have.{suggestion}",
        "same 写情形表或申请表（列表之外）的字段键。",
        "same names fields of the situation or the application, outside of lists.",
    ),
    "bad-code": Rule(
        "代码“{code}”不可用。",
        "The code {code!r} cannot be used.",
        "用小写字母、数字、下划线，以字母开头；不能是 parameters、case，也不能重复或与字段同名。",
        "Use lower-case letters, digits and underscores, starting with a letter; not parameters or case, not twice, "
        "not the name of a field.",
    ),
    "feel-syntax": Rule("{zh}", "{en}", "{cure_zh}", "{cure_en}"),
    "feel-equals": Rule(
        "表达式“{text}”没有以 = 开头。",
        "The expression {text!r} does not start with =.",
        "请在前面加 =。",
        "Put = before it.",
    ),
    "feel-name": Rule(
        "表达式用到未知的名称“{name}”。{suggestion_zh}",
        "The expression reads an unknown name {name!r}.{suggestion}",
        "未知的名称总是空值，条件会悄悄不成立；请改正名称或添加字段。",
        "An unknown name is always null, so the condition would fail in silence; correct the name or add the field.",
    ),
    "parameter-source": Rule(
        "参数“{name}”没有法律依据。",
        "The parameter {name!r} has no source.",
        "请填写 source（法律、文号和条款）。",
        "Fill in source (law, number and article).",
    ),
    "parameter-date": Rule(
        "参数“{name}”没有生效日期。",
        "The parameter {name!r} has no date.",
        "请填写 from = 日期。",
        "Fill in from = a date.",
    ),
    "parameter-early": Rule(
        "参数“{name}”在 {day} 没有值。",
        "The parameter {name!r} has no value on {day}.",
        "请补充更早的 from，或推迟 effective_from。",
        "Add a value with an earlier from, or a later effective_from.",
    ),
    "effective-order": Rule(
        "effective_to 早于 effective_from。",
        "effective_to is before effective_from.",
        "请改正日期。",
        "Correct the dates.",
    ),
    "lane-unmapped": Rule(
        "泳道“{name}”在 pack.toml 中没有部门。{suggestion_zh}",
        "The lane {name!r} has no department in pack.toml.{suggestion}",
        '请添加 [lanes."{name}"]。',
        'Add [lanes."{name}"].',
    ),
    "lane-undrawn": Rule(
        "pack.toml 的泳道“{name}”在流程图中不存在。{suggestion_zh}",
        "The lane {name!r} of pack.toml is not in the drawing.{suggestion}",
        "请改正名称或删除。",
        "Correct the name or remove it.",
    ),
    "lane-none": Rule(
        "节点“{name}”不在任何泳道中，没有部门办理。",
        "The task {name!r} lies in no lane, so no department does it.",
        "请放入泳道。",
        "Put it into a lane.",
    ),
    "item-unknown": Rule(
        "“{name}”不是本事项包的事项。{suggestion_zh}",
        "{name!r} is not an item of this pack.{suggestion}",
        "请改正代码，或在 pack.toml 添加 [[items]]。",
        "Correct the code, or add [[items]] to pack.toml.",
    ),
    "item-unused": Rule(
        "流程图中没有节点办理事项“{name}”。",
        "No node of the drawing is work of the item {name!r}.",
        "请给其节点加 item 属性，或从 pack.toml 删除。",
        "Give its nodes the property item, or remove it from pack.toml.",
    ),
    "item-endless": Rule(
        "事项“{name}”没有办结节点，永远不会办结。",
        "The item {name!r} can never end: no node of it has an outcome.",
        "请给某个节点加 outcome 属性。",
        "Give one of its nodes the property outcome.",
    ),
    "item-cycle": Rule(
        "事项互相依赖：{codes}。",
        "These items depend on each other: {codes}.",
        "请去掉一个 depends。",
        "Remove one of depends.",
    ),
    **rules_items.ITEMS,
    **rules_materials.MATERIALS,
    **rules_letters.LETTERS,
    **rules_clocks.CLOCKS,
    **rules_apart.APART,
    "form-unknown": Rule(
        "没有表单“{name}”。{suggestion_zh}",
        "There is no form {name!r}.{suggestion}",
        "本包的表单写文件名，共用表单写 shared/文件名。",
        "Write the file name for a form of the pack, shared/NAME for a shared one.",
    ),
    "form-unused": Rule(
        "表单“{name}”没有被使用。", "The form {name!r} is not used.", "请使用或删除它。", "Use it or remove it."
    ),
    "form-none": Rule(
        "办理节点“{name}”没有表单。",
        "The task {name!r} has no form.",
        "请设置 zeebe:formDefinition formId。",
        "Set zeebe:formDefinition formId.",
    ),
    "decision-input": Rule(
        "决策的输入“{name}”不是本办件中的数据。{suggestion_zh}",
        "The input {name!r} of the decision is nothing the case knows.{suggestion}",
        "请使用情形、申请表、事项或参数中的名称。",
        "Use a name of the situation, the application, an item or the parameters.",
    ),
    "decision-type": Rule(
        "决策的输入“{name}”要求类型 {wanted}，但字段“{label}”给出的是另一种类型。",
        "The input {name!r} of the decision wants {wanted}, but the field {label!r} gives something else.",
        "请修改 typeRef 或字段类型。",
        "Change the typeRef or the type of the field.",
    ),
    "call-isolated": Rule(
        "环节“{name}”调用另一个流程，其数据与办件隔离，表单和事项目前用不到。",
        "The step {name!r} calls another process, whose data is apart: the forms and items do not reach it yet.",
        "请改用内嵌子流程。",
        "Use an embedded sub-process.",
    ),
    "feel-type": Rule(
        "表达式中“{operator}”的两边是{left_zh}和{right_zh}，结果总是空值。",
        "The sides of {operator!r} are {left} and {right}; the result is always null.",
        "请先转换成同一类型，例如 number(…) 或 date(…)。",
        "Convert both sides to one type first, such as number(…) or date(…).",
    ),
    "nobody-answers": Rule(
        "流程从“{name}”开始，等待外部消息或信号；办件只从窗口受理开始，这里永远不会启动。",
        "The process begins at {name!r} with a message or signal; a case only begins at a window, so it never would.",
        "请改用普通开始事件。",
        "Use a plain start event.",
    ),
    "connector-unknown": Rule(
        "没有名为“{name}”的共享接口。{suggestion_zh}",
        "There is no connector named {name!r}.{suggestion}",
        "请使用 workflows/connectors.toml 中的接口，或先在那里登记。",
        "Use one of workflows/connectors.toml, or enter it there first.",
    ),
    "key-asked-twice": Rule(
        "字段“{key}”在表单“{form}”中重复：情形或申请表已经问过。",
        "The key {key!r} of the form {form!r} is already asked in the situation or the application.",
        "一个字段只问一次，请删除或改名。",
        "Ask it once: remove or rename one.",
    ),
    "key-reserved": Rule(
        "字段“{key}”的开头“{name}”已被事项、parameters 或 case 占用。",
        "The key {key!r} begins with {name!r}, which is an item, parameters or case.",
        "请改名。",
        "Rename it.",
    ),
    "applicant-unknown": Rule(
        "applicant 中的“{name}”不是申请表的字段。{suggestion_zh}",
        "{name!r} in applicant is no field of the application.{suggestion}",
        "请改正字段键。",
        "Correct the key.",
    ),
    "scenario-step": Rule(
        "每一步要恰好写一种发生的事。",
        "A step says exactly one thing that happens.",
        "请写其中一个：{known}。",
        "Write one of: {known}.",
    ),
    "scenario-node": Rule(
        "流程图中没有这样的节点“{name}”。{suggestion_zh}",
        "The drawing has no such node {name!r}.{suggestion}",
        "请改正编号：task 是用户任务，job 是由系统办理的节点，at 是结束事件。",
        "Correct the id: task is a user task, job a node done by a machine, at an end event.",
    ),
    "text-no-english": Rule(
        "“{text}”没有英文。", "{text!r} has no English.", "请在 en.toml 添加该行。", "Add a line for it to en.toml."
    ),
    "text-unused": Rule(
        "en.toml 的“{text}”没有被使用。",
        "{text!r} of en.toml is not used.",
        "请删除，或检查原文是否改过。",
        "Remove it, or check whether the text was changed.",
    ),
}

RULES: Mapping[str, Rule] = {**form_rules.RULES, **letters.RULES, **OWN}


def finding(file: str, line: int, rule: str, /, **facts: object) -> Finding:
    """A finding of this room; `line` is 1-based, 0 for the whole file."""
    return form_rules.say(RULES, file, line, rule, **facts)

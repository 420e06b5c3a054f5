"""What is said about a form file, in both languages; one entry a rule."""

from collections.abc import Mapping
from typing import NamedTuple

from engine.errors import Finding


class Rule(NamedTuple):
    """A rule's sentences: what is wrong and what to do. Braces are filled from the facts of the finding."""

    zh: str
    en: str
    cure_zh: str
    cure_en: str


RULES: Mapping[str, Rule] = {
    "form-json": Rule(
        "文件不是有效的 JSON：{why}。",
        "The file is not valid JSON: {why}.",
        "请用表单设计器重新保存。",
        "Save it again from the form editor.",
    ),
    "value-type": Rule(
        "{where} 应为{zh_kind}。", "{where} must be {kind}.", "请改正该值的类型。", "Correct the type of this value."
    ),
    "form-id": Rule(
        "表单 id “{id}”与文件名“{stem}”不一致。",
        "The form's id {id!r} is not its file name {stem!r}.",
        "请让二者相同。",
        "Make them equal.",
    ),
    "form-title": Rule(
        "表单没有标题。", "The form has no title.", "请填写 properties.title。", "Fill in properties.title."
    ),
    "form-empty": Rule(
        "表单没有任何字段。", "The form has no fields.", "请至少添加一个字段。", "Add at least one field."
    ),
    "form-type": Rule(
        "不支持组件类型“{type}”。",
        "The component type {type!r} is not supported.",
        "可用类型：{known}。",
        "Use one of: {known}.",
    ),
    "unknown-key": Rule(
        "{where} 不支持属性“{property}”。",
        "{where} has a property {property!r} that is not supported.",
        "请删除它；可用属性：{known}。",
        "Remove it; supported are: {known}.",
    ),
    "form-key": Rule(
        "字段键“{key}”不合规。",
        "The key {key!r} is not usable.",
        "键由字母、数字、下划线组成，以字母开头，可用点分隔；不能是 FEEL 的关键字或函数名。",
        "Use letters, digits and underscores, starting with a letter, joined by dots; no FEEL keyword or function.",
    ),
    "form-key-twice": Rule(
        "字段键“{key}”出现了两次。",
        "The key {key!r} is used twice.",
        "请改名或删除其中一个。",
        "Rename or remove one of them.",
    ),
    "form-key-nested": Rule(
        "字段键“{key}”既是字段又是“{other}”的上级。",
        "The key {key!r} is a field and also the beginning of {other!r}.",
        "请改名其中一个。",
        "Rename one of them.",
    ),
    "form-label": Rule(
        "字段“{key}”没有标签。",
        "The field {key!r} has no label.",
        "请填写 label，或引用字段字典。",
        "Fill in label, or refer to the field dictionary.",
    ),
    "not-plain": Rule(
        "“{text}”含表达式、模板或标签，页面只显示普通文字。",
        "{text!r} contains an expression, a template or markup; only plain words are shown.",
        "请改为普通文字。",
        "Write plain words.",
    ),
    "form-choices": Rule(
        "字段“{key}”的选项有误：{why_zh}。",
        "The choices of {key!r} are wrong: {why}.",
        "每个选项需有互不相同的 value 和 label。",
        "Give every choice its own value and a label.",
    ),
    "form-default": Rule(
        "字段“{key}”的默认值不可用。",
        "The default value of {key!r} cannot be used.",
        "请使用该字段本身可接受的值。",
        "Use a value the field itself would accept.",
    ),
    "form-limits": Rule(
        "字段“{key}”的限制自相矛盾：{why}。",
        "The limits of {key!r} contradict each other: {why}.",
        "请改正 min/max 或 minLength/maxLength。",
        "Correct min/max or minLength/maxLength.",
    ),
    "form-pattern": Rule(
        "字段“{key}”的 pattern 不可用：{why}。",
        "The pattern of {key!r} cannot be used: {why}.",
        "只用浏览器与服务器含义相同的写法：字符、[…]、\\d \\w、? * + {{}}、( | )、(?: (?= (?!、^ $。",
        "Use only what browser and server read alike: characters, […], \\d \\w, ? * + {{}}, ( | ), (?: (?= (?!, ^ $.",
    ),
    "form-date": Rule(
        "日期字段“{key}”的 subtype 须为 date。",
        "The date field {key!r} must have the subtype date.",
        '请写 "subtype": "date"。',
        'Write "subtype": "date".',
    ),
    "form-feel": Rule("{zh}", "{en}", "{cure_zh}", "{cure_en}"),
    "form-feel-equals": Rule(
        "显示条件“{text}”没有以 = 开头。",
        "The condition {text!r} does not start with =.",
        "请在表达式前加 =。",
        "Put = before the expression.",
    ),
    "form-hide-cycle": Rule(
        "字段的显示条件互相等待：{keys}。",
        "The conditions of these fields wait for each other: {keys}.",
        "请去掉其中一个条件。",
        "Remove one of the conditions.",
    ),
    "form-nested": Rule(
        "列表“{key}”的行里不能再有 {type}。",
        "A row of the list {key!r} cannot hold a {type}.",
        "请把它移到列表之外；行内只放单个字段。",
        "Move it out of the list; a row holds single fields only.",
    ),
    "form-rows": Rule(
        "列表“{key}”的行数不可用：{why_zh}。",
        "The rows of the list {key!r} cannot be used: {why}.",
        "请改正 properties.minRows、maxRows 或 defaultRepetitions。",
        "Correct properties.minRows, maxRows or defaultRepetitions.",
    ),
    "form-computed": Rule(
        "计算字段“{key}”没有表达式。",
        "The computed field {key!r} has no expression.",
        "请填写 expression，以 = 开头。",
        "Fill in expression, starting with =.",
    ),
    "form-computed-entry": Rule(
        "计算字段“{key}”没有引用字段字典，或引用的类型不能计算。",
        "The computed field {key!r} names no entry of the dictionary, or one of a type that cannot be computed.",
        "请用 properties.field 引用字典条目，类型为：{known}。",
        "Name an entry by properties.field; its type is one of: {known}.",
    ),
    "form-computed-type": Rule(
        "计算字段“{key}”的结果是 {value}，与字典的类型不同。",
        "The computed field {key!r} gave a {value}, which is not the type of the dictionary.",
        "请改正表达式。",
        "Correct the expression.",
    ),
    "form-reference": Rule(
        "字段字典中没有“{name}”。{suggestion_zh}",
        "The field dictionary has no {name!r}.{suggestion}",
        "请改正 properties.field，或在 forms/fields.toml 中添加。",
        "Correct properties.field, or add it to forms/fields.toml.",
    ),
    "form-reference-type": Rule(
        "字段“{key}”的类型 {type} 与字典“{name}”的 {expected} 不同。",
        "The field {key!r} is a {type}, but {name!r} in the dictionary is a {expected}.",
        "请使用字典的类型。",
        "Use the type of the dictionary.",
    ),
    "form-reference-override": Rule(
        "字段“{key}”的“{property}”与字典“{name}”不同。",
        "The field {key!r} changes {property} of {name!r} in the dictionary.",
        "请删除表单里的值，或改字典。",
        "Remove it from the form, or change the dictionary.",
    ),
    "form-check": Rule(
        "没有名为“{name}”的校验。", "There is no check named {name!r}.", "可用校验：{known}。", "Use one of: {known}."
    ),
    "form-check-type": Rule(
        "校验“{name}”不适用于 {type} 字段。",
        "The check {name!r} is not made for a {type} field.",
        "请改字段类型或删除校验。",
        "Change the type of the field or remove the check.",
    ),
    "form-secrecy": Rule(
        "没有名为“{name}”的个人信息类别。",
        "There is no secrecy class named {name!r}.",
        "可用类别：{known}。",
        "Use one of: {known}.",
    ),
    "form-derive": Rule(
        "字段“{key}”无法推算：{why_zh}。",
        "The field {key!r} cannot be derived: {why}.",
        "请在同一组内放入来源字段，或去掉 derive。",
        "Put the source field into the same group, or remove derive.",
    ),
    "form-conflict": Rule(
        "字段“{key}”在表单“{first}”和“{second}”中不同：{differences}。",
        "The field {key!r} differs between the forms {first!r} and {second!r}: {differences}.",
        "同名字段只问一次，必须完全相同；请统一或改名。",
        "A key is asked once, so it must be the same everywhere; make them equal or rename one.",
    ),
    "form-section-conflict": Rule(
        "分组“{path}”在表单“{first}”和“{second}”中标题不同。",
        "The group {path!r} has different titles in the forms {first!r} and {second!r}.",
        "请使用同一个标题。",
        "Use the same title.",
    ),
    "fields-toml": Rule(
        "字段字典不是有效的 TOML：{why}。",
        "The field dictionary is not valid TOML: {why}.",
        "请改正该行。",
        "Correct the line.",
    ),
    "fields-entry": Rule(
        "字段字典“{name}”有误：{why_zh}。",
        "The entry {name!r} of the field dictionary is wrong: {why}.",
        "请改正该条目；可用键：{known}。",
        "Correct the entry; its keys may be: {known}.",
    ),
}


def finding(file: str, line: int, rule: str, /, **facts: object) -> Finding:
    """A finding of this room; `line` is 1-based, 0 for the whole file."""
    return say(RULES, file, line, rule, **facts)


def say(rules: Mapping[str, Rule], file: str, line: int, rule: str, /, **facts: object) -> Finding:
    """A finding in the words of `rules`."""
    zh, en, cure_zh, cure_en = (text.format(**facts) for text in rules[rule])
    return Finding(file, line, rule, zh, en, cure_zh, cure_en)

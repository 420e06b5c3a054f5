"""What is said about the file of a letter, in both languages."""

from collections.abc import Mapping

from engine.forms.rules import Rule

RULES: Mapping[str, Rule] = {
    "letter-xml": Rule(
        "文书模板不是格式良好的 HTML：{why}。",
        "The letter is not well-formed HTML: {why}.",
        "请成对书写标签；文字中的 < 和 & 写成 &lt; 和 &amp;；不要写 DOCTYPE。",
        "Close every tag; write < and & of a text as &lt; and &amp;; no DOCTYPE.",
    ),
    "letter-large": Rule(
        "文书模板过大：{what}。",
        "The letter is too large: {what}.",
        "请拆分或精简。",
        "Split or shorten it.",
    ),
    "letter-element": Rule(
        "文书模板不允许标签 <{name}>。",
        "The element <{name}> is not allowed in a letter.",
        "可用标签：{known}。版式、编号、印章和二维码由系统统一排印。",
        "Use: {known}. Layout, number, seal and QR code are the system's.",
    ),
    "letter-attribute": Rule(
        "<{element}> 的属性 {name}=“{value}”不允许。",
        "The attribute {name}={value!r} of <{element}> is not allowed.",
        "可用属性：{known}。",
        "Use: {known}.",
    ),
    "letter-brace": Rule(
        "“{text}”中的花括号不是填空。",
        "The brace in {text!r} begins no blank.",
        "填空写成 {{= 表达式 }}。",
        "Write a blank as {{= expression }}.",
    ),
    "letter-equals": Rule(
        "{name}=“{text}”读不懂。",
        "{name}={text!r} cannot be read.",
        '请写 data-if="= 条件" 或 data-for="名称 in = 列表的名称"。',
        'Write data-if="= condition" or data-for="name in = name of a list".',
    ),
    "letter-feel": Rule("{zh}", "{en}", "{cure_zh}", "{cure_en}"),
}

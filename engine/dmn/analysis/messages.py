"""What static analysis says, in Chinese and English, each with its cure."""

from engine.feel.messages import Message

OVERLAP = Message(
    "决策表「{table}」的规则 {first} 和 {second} 重叠，例如 {example}。",
    "Rules {first} and {second} of the table {table!r} overlap, for example {example_en}.",
    "收窄其中一条，或换一种命中策略（FIRST、PRIORITY 等）。",
    "Narrow one of them, or choose another hit policy such as FIRST or PRIORITY.",
)
DISAGREE = Message(
    "决策表「{table}」的规则 {first} 和 {second} 重叠而结果不同，例如 {example}。",
    "Rules {first} and {second} of the table {table!r} overlap and differ, for example {example_en}.",
    "让它们的输出一致，或收窄其中一条。",
    "Give them the same outputs, or narrow one of them.",
)
GAP = Message(
    "决策表「{table}」没有覆盖所有情况，例如 {example} 时没有规则命中，结果为空值。",
    "The table {table!r} does not cover everything: no rule matches, for example, {example_en}; the result is null.",
    "补一条规则，或写上默认输出。",
    "Add a rule or a default output.",
)
NO_DEFAULT = Message(
    "决策表「{table}」没有默认输出，也不能证明它覆盖了所有情况。",
    "The table {table!r} has no default output and could not be shown to cover everything.",
    "写上默认输出，或在最后加一条全是 - 的规则。",
    "Add a default output, or a last rule of - only.",
)
NEVER = Message(
    "决策表「{table}」的规则 {rule} 永远不会命中：「{column}」列的 {cell} 没有任何值满足。",
    "Rule {rule} of the table {table!r} can never match: no value satisfies {cell} in the column {column!r}.",
    "改正这一格，或检查该列的类型和允许的值。",
    "Correct the cell, or check the type and the input values of the column.",
)
MASKED = Message(
    "决策表「{table}」的规则 {rule} 永远轮不到：它的情况都已被规则 {by} 覆盖。",
    "Rule {rule} of the table {table!r} is never reached: rules {by} cover all of it.",
    "删去它，或调整规则的顺序。",
    "Delete it, or change the order of the rules.",
)
NOT_ANALYSED = Message(
    "决策表「{table}」的「{column}」列没有分析：{reason}。这一列的重叠和缺口要由人检查。",
    "The column {column!r} of the table {table!r} was not analysed: {reason_en}; look for overlaps and gaps yourself.",
    '尽量写成与常量比较的形式，例如 < 1000、[18..60]、"本市"。',
    'Compare with constants where you can, such as < 1000, [18..60], "resident".',
)
TABLE_NOT_ANALYSED = Message(
    "决策表「{table}」太大，没有分析完。",
    "The table {table!r} is too large to be analysed completely.",
    "拆成几张较小的表。",
    "Split it into smaller tables.",
)
MORE = Message(
    "决策表「{table}」还有 {count} 处同类问题。",
    "The table {table!r} has {count} more findings of this kind.",
    "先改正以上各处。",
    "Correct those above first.",
)
WRONG_OUTPUT = Message(
    "决策表「{table}」规则 {rule} 的输出 {value} 不符合「{column}」的类型或允许的值。",
    "The output {value} of rule {rule} of the table {table!r} is not of the type or the values of {column!r}.",
    "改正输出，或改正类型。",
    "Correct the output, or the type.",
)
UNKNOWN_NAME = Message(
    "「{element}」用到的「{name}」不在它能看到的数据中。{near}",
    "{element!r} reads {name!r}, which it cannot see. {near_en}",
    "检查写法；如果它是另一个输入或决策，加上信息依赖。",
    "Check the spelling; if it is another input or decision, add an information requirement.",
)
MISFIT = Message(
    "「{element}」里「{operator}」的两边是{left}和{right}，结果总是空值。",
    "In {element!r} the sides of {operator!r} are {left_en} and {right_en}; the result is always null.",
    "先转换成同一种数据，例如 number(…) 或 date(…)。",
    "Convert both sides to one type first, such as number(…) or date(…).",
)
UNKNOWN_PARAMETER = Message(
    "「{element}」调用「{function}」时给了它没有的参数「{name}」。{near}",
    "{element!r} invokes {function!r} with the parameter {name!r}, which it does not have. {near_en}",
    "检查参数名称。",
    "Check the name of the parameter.",
)
NOT_CONSTANT = ("有不是与常量比较的格子", "some cells do not compare with constants")
MIXED = ("格子里有几种不同的数据", "its cells hold different types")
ORDERED_TEXT = ("文字按大小比较", "texts are compared by order")
BAD_DOMAIN = ("允许的值不是常量", "the values it may have are not constants")
NO_ORDER = ("格子里的值不能互相比较", "the values in its cells cannot be compared")

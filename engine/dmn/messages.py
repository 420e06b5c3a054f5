"""What decision models are told, in Chinese and English, each with its cure. Braces are filled by who says it."""

from engine.feel.messages import Message

# ---- the file
DOCTYPE = Message(
    "文件含有 DOCTYPE 声明。",
    "The file contains a DOCTYPE declaration.",
    "请删除 DOCTYPE 声明。",
    "Delete the DOCTYPE declaration.",
)
TOO_LARGE = Message(
    "文件超过 {limit} 字节。",
    "The file is larger than {limit} bytes.",
    "请把模型拆成几个文件，用 import 引用。",
    "Split the model into several files and import them.",
)
TOO_MANY_ELEMENTS = Message(
    "元素超过 {limit} 个。",
    "There are more than {limit} elements.",
    "请把模型拆成几个文件，用 import 引用。",
    "Split the model into several files and import them.",
)
TOO_DEEP = Message(
    "嵌套超过 {limit} 层。",
    "Elements are nested more than {limit} deep.",
    "请拆成几个决策。",
    "Split it into several decisions.",
)
NOT_XML = Message(
    "不是合法的 XML：{reason}。",
    "Not well-formed XML: {reason}.",
    "请用建模工具重新保存。",
    "Save it again with a modelling tool.",
)
NOT_UTF8 = Message(
    "编码是 {encoding}，不是 UTF-8。",
    "The encoding is {encoding}, not UTF-8.",
    "请存为 UTF-8。",
    "Save it as UTF-8.",
)
NOT_DMN = Message(
    "不是 DMN 1.1–1.5 文件（命名空间 {namespace}）。",
    "This is not a DMN 1.1 to 1.5 file (namespace {namespace}).",
    "请选择 .dmn 文件，或用建模工具另存为 DMN 1.3 至 1.5。",
    "Choose a .dmn file, or save it as DMN 1.3 to 1.5 with a modelling tool.",
)
UNREADABLE = Message("读不到文件：{reason}。", "The file cannot be read: {reason}.", "检查路径。", "Check the path.")

# ---- its elements
NO_NAME = Message("<{tag}> 没有名称。", "<{tag}> has no name.", "给它起个名称。", "Give it a name.")
SAME_NAME = Message(
    "「{name}」出现了不止一次。", "{name!r} appears more than once.", "改成不同的名称。", "Use different names."
)
SAME_ID = Message("id「{name}」重复。", "The id {name!r} is used twice.", "让 id 唯一。", "Make ids unique.")
UNKNOWN_REFERENCE = Message(
    "引用「{href}」找不到对应的{wanted}。",
    "The reference {href!r} finds no {wanted_en}.",
    "检查 href 和 import。",
    "Check the href and the imports.",
)
CYCLE = Message(
    "依赖成环：{path}。",
    "The requirements form a cycle: {path}.",
    "去掉其中一条依赖。",
    "Remove one of these requirements.",
)
TYPE_CYCLE = Message(
    "类型「{name}」归根到底引用了自己。",
    "The type {name!r} refers to itself.",
    "改成基本类型，或加上分量。",
    "Base it on a built-in type, or give it components.",
)
UNKNOWN_TYPE = Message(
    "没有叫「{name}」的类型，不作类型检查。{near}",
    "There is no type {name!r}; values are not checked. {near_en}",
    "检查类型名称。",
    "Check the name of the type.",
)
NO_IMPORT = Message(
    "找不到引入的模型（命名空间 {namespace}）。",
    "The imported model with namespace {namespace} was not found.",
    "把它放在同一文件夹，或检查命名空间。",
    "Put it into the same folder, or check the namespace.",
)
TOO_MANY_FILES = Message(
    "引入的模型超过 {limit} 个文件。",
    "The model imports more than {limit} files.",
    "减少引入。",
    "Import fewer.",
)
FOREIGN_IMPORT = Message(
    "不支持引入「{name}」（{kind}），用到它的表达式得到空值。",
    "The import {name!r} of {kind} is not supported; expressions that use it give null.",
    "只引入 DMN 模型。",
    "Import DMN models only.",
)
LANGUAGE = Message(
    "不支持表达式语言「{language}」。",
    "The expression language {language!r} is not supported.",
    "改用 FEEL。",
    "Write it in FEEL.",
)
EXTERNAL = Message(
    "「{name}」是 {kind} 函数，本系统不执行外部代码，结果为空值。",
    "{name!r} is a {kind} function; external code is never run here, so its result is null.",
    "用 FEEL 写这个函数。",
    "Write the function in FEEL.",
)
IMPORTED_VALUES = Message(
    "不支持 importedValues。", "importedValues are not supported.", "直接写出这些值。", "Write the values in place."
)
INCOMPLETE = Message("<{tag}> 缺少 <{wanted}>。", "<{tag}> lacks <{wanted}>.", "补上。", "Add it.")

# ---- decision tables
BAD_POLICY = Message(
    "没有叫「{policy}」的命中策略。",
    "There is no hit policy {policy!r}.",
    "改成标准的命中策略。",
    "Use one of the standard.",
)
BAD_AGGREGATION = Message(
    "聚合「{aggregation}」只能用于 COLLECT，且只能是 SUM、MIN、MAX、COUNT。",
    "The aggregation {aggregation!r} is not one of SUM, MIN, MAX, COUNT of a COLLECT table.",
    "改命中策略或聚合方式。",
    "Change the hit policy or the aggregation.",
)
COMPOUND_AGGREGATION = Message(
    "有多个输出列的表不能聚合（DMN 1.5 第 8.2.8 节）。",
    "A table with several outputs cannot be aggregated (DMN 1.5 section 8.2.8).",
    "拆成几张表，或去掉聚合方式。",
    "Split the table, or drop the aggregation.",
)
RULE_WIDTH = Message(
    "第 {rule} 条规则有 {inputs} 个输入、{outputs} 个输出，表有 {columns} 列输入、{results} 列输出。",
    "Rule {rule} has {inputs} inputs and {outputs} outputs, the table has {columns} and {results}.",
    "让每条规则与表头一致。",
    "Give every rule as many cells as the table has columns.",
)
NO_OUTPUT = Message("决策表没有输出列。", "The decision table has no output.", "加一个输出列。", "Add an output.")
NO_OUTPUT_NAME = Message(
    "多个输出列都要有名称，且各不相同。",
    "With several outputs, each needs a name of its own.",
    "补上输出列的名称。",
    "Name the outputs.",
)

# ---- when a decision is made
NOT_UNIQUE = Message(
    "决策表「{table}」要求唯一命中，但规则 {rules} 同时命中，结果为空值。",
    "The table {table!r} allows one matching rule, but rules {rules} match together; the result is null.",
    "改写规则使它们不重叠，或换一种命中策略。",
    "Make the rules disjoint, or choose another hit policy.",
)
NOT_ANY = Message(
    "决策表「{table}」要求命中的规则结果相同，但规则 {rules} 结果不同，结果为空值。",
    "The table {table!r} wants matching rules to agree, but rules {rules} differ; the result is null.",
    "让这些规则的输出一致，或使它们不重叠。",
    "Give these rules the same outputs, or make them disjoint.",
)
NO_RULE = Message(
    "决策表「{table}」没有一条规则命中，也没有默认输出，结果为空值。",
    "No rule of the table {table!r} matches and it has no default output; the result is null.",
    "补上规则或默认输出。",
    "Add a rule or a default output.",
)
NOT_IN_INPUTS = Message(
    "决策表「{table}」的输入「{input}」的值 {value} 不在允许的范围内，结果为空值。",
    "The value {value} of {input!r} is not among the input values of the table {table!r}; the result is null.",
    "检查输入，或放宽允许的范围。",
    "Check the input, or widen the input values.",
)
NOT_IN_OUTPUTS = Message(
    "决策表「{table}」第 {rule} 条规则的输出 {value} 不在允许的输出值中。",
    "The output {value} of rule {rule} of the table {table!r} is not among its output values.",
    "改正规则的输出，或补上输出值。",
    "Correct the output, or add it to the output values.",
)
NOT_OF_TYPE = Message(
    "「{name}」应为{type}，实际是{found}，按空值处理。",
    "{name!r} should be {type_en}, it is {found_en}; it is taken as null.",
    "检查数据，或改正类型。",
    "Check the data, or correct the type.",
)
NOT_ALLOWED = Message(
    "「{name}」的值 {value} 不在类型「{type}」允许的范围内，按空值处理。",
    "The value {value} of {name!r} is not allowed by the type {type!r}; it is taken as null.",
    "检查数据，或放宽类型允许的值。",
    "Check the data, or widen what the type allows.",
)
NOT_GIVEN = Message(
    "没有给出输入「{name}」，按空值处理。",
    "The input {name!r} was not given; it is taken as null.",
    "传入这个输入。",
    "Pass this input.",
)
NO_LOGIC = Message(
    "「{name}」没有决策逻辑，结果为空值。",
    "{name!r} has no decision logic; the result is null.",
    "补上决策逻辑。",
    "Give it logic.",
)
NOT_CALLABLE = Message(
    "「{name}」不是函数，不能调用，结果为空值。",
    "{name!r} is not a function and cannot be invoked; the result is null.",
    "检查函数名称和知识依赖。",
    "Check the name and the knowledge requirement.",
)
UNKNOWN_PARAMETER = Message(
    "函数「{name}」没有参数「{parameter}」，结果为空值。",
    "The function {name!r} has no parameter {parameter!r}; the result is null.",
    "检查参数名称。",
    "Check the name of the parameter.",
)
NOT_BOOLEAN = Message(
    "条件应为是非值，实际是{found}。",
    "The condition should be true or false, it is {found_en}.",
    "写成比较，例如 x = true。",
    "Write a comparison, such as x = true.",
)
UNCHECKED = Message(
    "「{name}」的类型「{type}」不存在，没有作类型检查。",
    "The type {type!r} of {name!r} does not exist; the value was not checked.",
    "检查类型名称。",
    "Check the name of the type.",
)

# ---- versions of a decision
VERSION_DATE = Message(
    "「{name}」的 {property} 应为日期（例如 2026-01-01），实际是「{value}」。",
    "{property} of {name!r} should be a date such as 2026-01-01, it is {value!r}.",
    "改成日期。",
    "Write a date.",
)
VERSION_OVERLAP = Message(
    "「{decision}」的版本「{first}」和「{second}」在 {date} 同时有效。",
    "The versions {first!r} and {second!r} of {decision!r} are both in force on {date}.",
    "让前一版的 lianban:to 早于后一版的 lianban:from。",
    "End the earlier one (lianban:to) before the later one begins (lianban:from).",
)
VERSION_GAP = Message(
    "「{decision}」从 {date} 起没有有效的版本，直到 {until}。",
    "No version of {decision!r} is in force from {date} until {until}.",
    "让版本首尾相接。",
    "Let the versions follow each other without a gap.",
)
NO_VERSION = Message(
    "「{name}」在 {day} 没有有效的版本（版本：{known}）。",
    "No version of {name!r} is in force on {day} (versions: {known}).",
    "检查各版本的 lianban:from 和 lianban:to。",
    "Check lianban:from and lianban:to of its versions.",
)
SEVERAL_VERSIONS = Message(
    "「{name}」在 {day} 有几个版本同时有效：{known}。",
    "Several versions of {name!r} are in force on {day}: {known}.",
    "让前一版的 lianban:to 早于后一版的 lianban:from。",
    "End the earlier one (lianban:to) before the later one begins (lianban:from).",
)

# ---- what is asked for
NO_DECISION = Message(
    "模型里没有叫「{name}」的决策。",
    "The model has no decision {name!r}.",
    "最接近的是「{near}」；全部决策：{known}。",
    "The nearest is {near!r}; its decisions are {known_en}.",
)
NO_SERVICE = Message(
    "模型里没有叫「{name}」的决策服务或业务知识模型。",
    "The model has no decision service or knowledge model {name!r}.",
    "最接近的服务是「{near}」；全部服务：{known}。",
    "The nearest service is {near!r}; its services are {known_en}.",
)

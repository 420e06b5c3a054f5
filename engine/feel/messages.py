"""What the expression language says, in Chinese and English, each with its cure. Braces are filled by the raiser."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """One sentence and its cure in both languages."""

    zh: str
    en: str
    cure_zh: str
    cure_en: str


# ---- the text is not FEEL
UNTERMINATED = Message(
    "文字没有结束的引号。", "The text has no closing quote.", '在文字末尾加上 "。', 'Close it with ".'
)
BAD_CHARACTER = Message(
    "这里不能出现字符「{character}」。",
    "The character {character!r} cannot stand here.",
    '运算符和标点用半角，文字用 " 括起来。',
    'Use half-width operators and punctuation, and " around texts.',
)
FULL_WIDTH = Message(
    "「{name}」里有全角符号「{character}」，没有叫这个名字的数据。",
    "{name!r} contains the full-width {character!r}, and nothing in scope has this name.",
    "改成半角符号；如果名字里确实有这个符号，先把名字登记为可用名称。",
    "Write the half-width sign; if the name really has it, declare the name as known.",
)
UNEXPECTED = Message(
    "这里不应出现「{found}」。",
    "{found!r} is not expected here.",
    "检查它前后的写法。",
    "Check what stands before and after.",
)
NO_SUCH_OPERATOR = Message(
    "没有运算符「{found}」。",
    "There is no operator {found!r}.",
    "相等用 =，不等用 !=，比较大小用 <、<=、>、>=。",
    "Write = for equal, != for not equal, and <, <=, >, >= for order.",
)
CHINESE_OPERATOR = Message(
    "「{found}」不是运算符。",
    "{found!r} is not an operator.",
    "并且用 and，或者用 or，否定用 not(…)。",
    "Write and, or, not(…).",
)
UNIT = Message(
    "数字后面不能写「{found}」。",
    "A number cannot be followed by {found!r}.",
    '只写数字：100万写成 1000000，天数写成 duration("P30D")。',
    'Write the plain number; days are written duration("P30D").',
)
UNEXPECTED_END = Message(
    "表达式没有写完。", "The expression ends too early.", "补上缺少的部分。", "Add what is missing."
)
EXPECTED = Message(
    "这里应为「{expected}」，实际是「{found}」。",
    "Expected {expected!r}, found {found!r}.",
    "补上「{expected}」。",
    "Write {expected!r} here.",
)
EXPECTED_NAME = Message(
    "这里应为名称，实际是「{found}」。", "Expected a name, found {found!r}.", "写一个名称。", "Write a name here."
)
NUMBER_TOO_LARGE = Message("这个数字太大。", "This number is too large.", "用较小的数字。", "Use a smaller number.")

# ---- it costs too much
SOURCE_TOO_LONG = Message(
    "表达式超过 {limit} 个字符。",
    "The expression is longer than {limit} characters.",
    "拆成几个表达式或改用决策表。",
    "Split it, or use a decision table.",
)
TOO_DEEP = Message(
    "表达式嵌套太深。", "The expression is nested too deeply.", "拆成几步来写。", "Write it in several steps."
)
TOO_MANY_STEPS = Message(
    "表达式的计算量超过 {limit} 步。",
    "The expression needs more than {limit} steps.",
    "缩小循环的范围或列表。",
    "Loop over less, or over a shorter list.",
)
LIST_TOO_LONG = Message(
    "列表或区间超过 {limit} 项。",
    "A list or range has more than {limit} entries.",
    "缩小列表或区间。",
    "Use a shorter list or range.",
)
STRING_TOO_LONG = Message(
    "文字超过 {limit} 个字符。", "A text is longer than {limit} characters.", "缩短文字。", "Build a shorter text."
)
EXPONENT_TOO_LARGE = Message(
    "指数超过 {limit}。", "The exponent is larger than {limit}.", "用较小的指数。", "Use a smaller exponent."
)
TOO_MANY_CALLS = Message(
    "函数互相调用超过 {limit} 层。",
    "Functions call each other more than {limit} levels deep.",
    "检查递归的结束条件。",
    "Check the condition that ends the recursion.",
)
PATTERN_TOO_SLOW = Message(
    "正则表达式匹配时间太长。",
    "The regular expression takes too long.",
    "避免 (a+)+ 这样重复套重复的写法。",
    "Avoid repetitions inside repetitions such as (a+)+.",
)
PATTERN_TOO_LONG = Message(
    "正则表达式超过 {limit} 个字符，或重复次数太多。",
    "The regular expression is longer than {limit} characters or repeats too often.",
    "拆成几个较短的。",
    "Split it into shorter ones.",
)

# ---- it cannot be carried out here
NO_MOMENT = Message(
    "表达式用到了 now() 或 today()，但没有给出当前时刻。",
    "The expression uses now() or today(), but the moment was not given.",
    "计算时传入 now。",
    "Pass now when evaluating.",
)
NAIVE_MOMENT = Message(
    "给出的当前时刻没有时区。", "The moment given has no time zone.", "传入带时区的时刻。", "Pass an aware datetime."
)
NOT_FEEL = Message(
    "「{path}」的值（{type}）不能用于表达式。",
    "The value of {path!r} ({type}) cannot be used in an expression.",
    "只用数字、文字、是非、空值、列表、上下文和日期时间；数字不超过 34 位且有限。",
    "Use numbers, texts, booleans, null, lists, contexts, dates and times; numbers finite and of at most 34 digits.",
)
NOT_DATA = Message(
    "结果里有函数，不能保存为数据。",
    "The result contains a function and cannot be stored as data.",
    "调用这个函数，返回它的结果。",
    "Call the function and return what it gives.",
)
NO_TEST_VALUE = Message(
    "没有给出要检验的值。", "The value to test was not given.", "传入名为 ? 的值。", "Pass the value under the name ?."
)

# ---- it ran, but something is doubtful
UNKNOWN_NAME = Message(
    "没有叫「{name}」的数据，按空值处理。",
    "There is no {name!r}; it is taken as null.",
    "检查名称的写法。",
    "Check the spelling of the name.",
)
UNKNOWN_ENTRY = Message(
    "{kind}里没有「{name}」，按空值处理。",
    "The {kind_en} has no {name!r}; it is taken as null.",
    "检查名称的写法。",
    "Check the spelling of the name.",
)
UNKNOWN_FUNCTION = Message(
    "没有叫「{name}」的函数，结果为空值。",
    "There is no function {name!r}; the result is null.",
    "检查函数名的写法。",
    "Check the spelling of the function.",
)
NULL_COMPARED = Message(
    "「{operator}」的一边是空值，结果为空值。",
    "One side of {operator!r} is null, so the result is null.",
    "先用 = null 判断，或为数据提供默认值。",
    "Test for = null first, or give the data a default.",
)
KINDS_COMPARED = Message(
    "「{operator}」的两边是{left}和{right}，不能相比，结果为空值。",
    "{operator!r} cannot compare {left_en} and {right_en}; the result is null.",
    "先转换成同一种数据，例如 number(…) 或 date(…)。",
    "Convert both sides to one type first, such as number(…) or date(…).",
)
NULL_COMPUTED = Message(
    "「{operator}」的一边是空值，结果为空值。",
    "One side of {operator!r} is null, so the result is null.",
    "先判断是否为空值，或为数据提供默认值。",
    "Test for null first, or give the data a default.",
)
KINDS_COMPUTED = Message(
    "「{operator}」不能用于{left}和{right}，结果为空值。",
    "{operator!r} cannot be applied to {left_en} and {right_en}; the result is null.",
    "先转换成合适的数据，例如 number(…) 或 string(…)。",
    "Convert the operands first, for example with number(…) or string(…).",
)
NO_RESULT = Message(
    "「{operator}」算不出结果（除以零或超出范围），结果为空值。",
    "{operator!r} has no result here (division by zero or out of range); the result is null.",
    "检查参与计算的值。",
    "Check the values computed with.",
)
NOT_BOOLEAN = Message(
    "「{operator}」的条件应为是非值，实际是{found}。",
    "The condition of {operator!r} should be true or false, it is {found_en}.",
    "写成比较，例如 x = true。",
    "Write a comparison, such as x = true.",
)
BARE_TYPE = Message(
    "类型「{name}」没有写明里面是什么，结果为空值。",
    "The type {name!r} does not say what is inside; the result is null.",
    "写成 list<Any>、range<number>、context<名称: string> 或 function<Any>->Any。",
    "Write list<Any>, range<number>, context<name: string> or function<Any>->Any.",
)
UNKNOWN_TYPE = Message(
    "没有叫「{name}」的类型。",
    "There is no type {name!r}.",
    "检查类型名称的写法。",
    "Check the spelling of the type.",
)
NOT_ITERABLE = Message(
    "不能对{found}逐项处理。",
    "One cannot go through the entries of {found_en}.",
    "用列表，或两端为整数或日期的区间。",
    "Use a list, or a range between whole numbers or dates.",
)
BAD_RANGE = Message(
    "{left}和{right}不能组成区间，结果为空值。",
    "{left_en} and {right_en} do not make a range; the result is null.",
    "两端用同一种可以比较大小的数据。",
    "Use two values of one type that can be ordered.",
)
BAD_INDEX = Message(
    "列表的序号应为整数，实际是 {found}，结果为空值。",
    "The position in a list should be a whole number, it is {found}; the result is null.",
    "用整数序号。",
    "Use a whole number.",
)
REPEATED_KEY = Message(
    "上下文里「{name}」写了两次，结果为空值。",
    "The context has {name!r} twice; the result is null.",
    "去掉其中一个。",
    "Remove one of them.",
)
BAD_AT = Message(
    "@ 后面的「{text}」不是有效的日期、时刻或时长，结果为空值。",
    "{text!r} after @ is not a valid date, time or duration; the result is null.",
    '写成 @"2026-11-23"、@"08:30:00" 或 @"P1Y" 的样子。',
    'Write it like @"2026-11-23", @"08:30:00" or @"P1Y".',
)
NOT_A_FUNCTION = Message(
    "{found}不能作为函数调用，结果为空值。",
    "{found_en} cannot be called as a function; the result is null.",
    "检查名称的写法。",
    "Check the spelling of the name.",
)
WRONG_PARAMETERS = Message(
    "函数 {function} 没有这样的参数，结果为空值。",
    "The function {function} does not take these arguments; the result is null.",
    "检查参数的个数和名称。",
    "Check how many arguments it takes and their names.",
)
WRONG_ARGUMENT = Message(
    "函数 {function} 的参数应为{expected}，实际是{found}，结果为空值。",
    "The function {function} needs {expected_en}, it was given {found_en}; the result is null.",
    "先转换成需要的数据。",
    "Convert the argument first.",
)
UNUSABLE_ARGUMENT = Message(
    "函数 {function} 不能处理给出的值，结果为空值。",
    "The function {function} cannot work with the values it was given; the result is null.",
    "检查参数的值。",
    "Check the values of the arguments.",
)
INVALID_TEXT = Message(
    "函数 {function} 读不懂「{text}」，结果为空值。",
    "The function {function} cannot read {text!r}; the result is null.",
    "按标准格式书写，例如 2026-11-23、08:30:00、P1Y、12.5。",
    "Write it in the standard form, such as 2026-11-23, 08:30:00, P1Y, 12.5.",
)
INVALID_PATTERN = Message(
    "函数 {function} 的正则表达式「{pattern}」无效，结果为空值。",
    "The function {function} was given the invalid pattern {pattern!r}; the result is null.",
    "检查正则表达式。",
    "Check the regular expression.",
)
EXTERNAL_FUNCTION = Message(
    "不支持外部函数，结果为空值。",
    "External functions are not supported; the result is null.",
    "用 FEEL 写这个函数。",
    "Write the function in FEEL.",
)

"""What is said about the letters of a pack: who may read what, who issues them, and what a refusal has to say."""

from collections.abc import Mapping

from engine.forms.rules import Rule

LETTERS: Mapping[str, Rule] = {
    "letter-file": Rule(
        "文书“{name}”的模板 {file} 不存在。",
        "The template {file} of the letter {name!r} is missing.",
        "请补上文件，或改正 template。",
        "Add the file or correct template.",
    ),
    "letter-long": Rule(
        "{where} 的 {name} 超过 {limit} 个字。",
        "{where}: {name} has more than {limit} characters.",
        "请缩短。",
        "Shorten it.",
    ),
    "letter-unused": Rule(
        "文书模板没有被使用。",
        "No letter uses this template.",
        "请在 pack.toml 的 [[letters]] 中引用，或删除它。",
        "Name it in [[letters]] of pack.toml, or remove it.",
    ),
    "letter-mixed": Rule(
        "文书“{name}”既不是全件的文书，也不是单个事项的文书。",
        "The letter {name!r} is neither about the whole case nor about one item.",
        "on 中 case: 与 item: 不能混用；case: 的文书不写 item，由窗口（window）出具。",
        "Do not mix case: and item: in on; one on case: has no item and is issued by the window.",
    ),
    "letter-once": Rule(
        "补正告知书“{name}”不是全件一次告知的文书。",
        "The notice to supplement {name!r} is not the one letter of the case.",
        '请写 on = ["case:supplement"]：各部门要求的材料由窗口一次告知。',
        'Write on = ["case:supplement"]: the window tells what all departments ask for at once.',
    ),
    "letter-twice": Rule(
        "文书“{name}”与“{other}”会在同一时刻为同一事项各出一份。",
        "The letters {name!r} and {other!r} would both be issued at once for the same item.",
        "请写不同的 code、on、item 或 to。",
        "Give them another code, on, item or to.",
    ),
    "letter-name": Rule(
        "文书“{letter}”不能使用“{name}”：没有这个名称，或者收件人、事项不需要知道。{suggestion_zh}",
        "The letter {letter!r} may not read {name!r}: there is no such name, or its item or recipient need not know it."
        "{suggestion}",
        "事项文书只能用该事项的表单和答复；只给一方的文书不能用另一方的信息。",
        "A letter of an item reads the forms and answers of that item; one for one person nothing about the other.",
    ),
    "letter-unknown": Rule(
        "环节“{name}”的 notice “{value}”没有对应的文书。",
        "The notice {value!r} of {name!r} is no letter of this pack that fits its item.",
        "请在 [[letters]] 中添加该 code（由部门出具的，环节须有 item）。",
        "Add a letter with this code to [[letters]]; one issued by a department needs an item on the node.",
    ),
    "letter-refusal": Rule(
        "事项“{name}”可以不予办理，却没有写明理由、法律依据和救济途径的文书。",
        "The item {name!r} can be refused, and no letter then gives the reason, the legal basis and the remedy.",
        '请添加 on = ["item:refused"] 的文书，用到 notice.item.said.reason 和 legal_basis，并告知可以申请行政复议、提起'
        "行政诉讼（共用模板 refused.html）。",
        'Add a letter on = ["item:refused"] that reads notice.item.said.reason and legal_basis and tells of 行政复议 '
        "and 行政诉讼 (shared template refused.html).",
    ),
}

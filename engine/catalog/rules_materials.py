"""What is said about the papers of a pack: 容缺, 告知承诺, 复用."""

from collections.abc import Mapping

from engine.forms.rules import Rule

MATERIALS: Mapping[str, Rule] = {
    "tolerable-not-required": Rule(
        "材料“{name}”不是必交，却写了容缺。",
        "The paper {name!r} is not required, so nothing has to be tolerated.",
        "请写 required = true，或者去掉 tolerable。",
        "Set required = true or remove tolerable.",
    ),
    "tolerable-no-days": Rule(
        "材料“{name}”的容缺期限不足一天。",
        "The paper {name!r} may follow, but in less than a day.",
        "请写 days，至少 1。",
        "Give days, 1 at least.",
    ),
    "commitment-not-accepted": Rule(
        "材料“{name}”有承诺书文本，但不接受告知承诺。",
        "The paper {name!r} has the words of a commitment, but no commitment is accepted.",
        "请在 states 中加 commitment，或者去掉 commitment 表。",
        "Add commitment to states or remove the table commitment.",
    ),
    "reuse-no-holder": Rule(
        "材料“{name}”可以复用，但没有写是谁的材料。",
        "The paper {name!r} may serve later cases, but nothing says whose it is.",
        "请写 holder = 身份证号字段。",
        "Set holder to the form key of the ID number.",
    ),
    "reuse-no-trust": Rule(
        "材料“{name}”可信等级是 C 或 D，不得复用。",
        "The paper {name!r} is of trust C or D and never serves a later case.",
        "请去掉 reusable_days，或者改正 trust。",
        "Remove reusable_days or correct trust.",
    ),
    "source-not-accepted": Rule(
        "材料“{name}”来源是共享，但 states 不含 shared。",
        "The paper {name!r} comes from shared data, but states has no shared.",
        "请在 states 中加 shared。",
        "Add shared to states.",
    ),
    "material-key-unknown": Rule(
        "材料要用字段“{name}”，但需要它的事项的表单不问。{suggestion_zh}",
        "A paper needs the field {name!r}, which the forms of an item that needs it do not ask.{suggestion}",
        "请写情形表单或该事项表单中的字段。",
        "Name a field of the situation or of the forms of the item.",
    ),
}

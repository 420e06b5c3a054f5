"""What is said about the base of the four reductions; one entry a rule."""

from collections.abc import Mapping

from engine.forms.rules import Rule

APART: Mapping[str, Rule] = {
    "apart-nothing": Rule(
        "事项“{name}”的 apart 没有写任何数字。",
        "apart of the item {name!r} states no figure.",
        "请写 steps、papers、visits 中知道的，或删去 apart。",
        "Write those of steps, papers, visits that are known, or leave apart out.",
    ),
    "apart-papers": Rule(
        "事项“{name}”单独办理只要 {apart} 份材料，这里却总要自带 {joint} 份：{papers}。",
        "Apart the item {name!r} takes {apart} papers; here {joint} always have to be brought for it: {papers}.",
        "请改正 apart 的 papers，或减少材料：联办不得比单独办理多要材料。",
        "Correct papers in apart, or ask for less: nobody may be asked for more than apart.",
    ),
    "visits-more": Rule(
        "联办要跑 {most} 次，各事项单独办理一共只跑 {apart} 次。",
        "Together one comes {most} times, apart only {apart} times in all.",
        "请改正 visits 或各事项 apart 的 visits。",
        "Correct visits, or visits in apart of the items.",
    ),
    "visits-original": Rule(
        "visits 写不用跑，材料“{name}”却只能出示原件。",
        "visits says that nobody comes, but the paper {name!r} is accepted as an original only.",
        "请改 visits，或接受共享、承诺等其他方式。",
        "Correct visits, or accept the paper in another way.",
    ),
}

"""What `lianban --help` says: the verbs in the groups people look for them in."""

import argparse
from collections.abc import Iterator, Mapping

GROUPS: Mapping[str, tuple[str, ...]] = {
    "运行 / run it": ("serve", "work", "ring", "sandbox"),
    "事项包 / packs": ("lint", "rehearse", "layout", "publish", "releases", "diff", "migrate", "reductions"),
    "机构人员 / offices and people": ("regions", "departments", "account", "accounts"),
    "试算 / try out": ("trace", "decide", "feel"),
    "运维 / look after it": (
        "calendar", "day", "backup", "restore", "audit", "ledger", "client", "unlock", "reindex", "xes", "seed",
    ),
}  # fmt: skip
OTHER = "其他 / more"
WIDTH = 12  # columns for the name of a verb


class Overview(argparse.ArgumentParser):
    """The command line itself; `verbs` is where they are added."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, add_help=True)
        kind = argparse.ArgumentParser  # the verbs' own parsers explain themselves as usual
        self.verbs = self.add_subparsers(dest="verb", required=True, metavar="VERB", parser_class=kind)

    def format_help(self) -> str:
        """Usage, and a line for each verb."""
        grouped = {name for names in GROUPS.values() for name in names}
        rest = tuple(name for name in self.verbs.choices if name not in grouped)
        lines = [self.format_usage().rstrip(), "", str(self.description)]
        for heading, names in {**GROUPS, OTHER: rest}.items():
            lines += self._group(heading, names)
        return "\n".join([*lines, "", "lianban VERB --help  参数说明 / what a verb takes", ""])

    def _group(self, heading: str, names: tuple[str, ...]) -> Iterator[str]:
        known = [name for name in names if name in self.verbs.choices]
        if known:
            yield from ("", heading)
        for name in known:
            yield f"  {name:<{WIDTH}}{self.verbs.choices[name].description}"

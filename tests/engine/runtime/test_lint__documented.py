"""The README lists every rule of the runtime, and no other."""

import re
from pathlib import Path

from engine import runtime

ROOM = Path(runtime.__file__).parent
RULE = re.compile(r'"((?:bpmn|feel)-[a-z-]+)"')


def test_every_rule_is_in_the_table_in_both_languages():
    """A rule id in the code has a row with a Chinese and an English sentence; a row has its rule in the code."""
    known = {rule for path in ROOM.glob("*.py") for rule in RULE.findall(path.read_text("utf-8"))}
    rows = re.findall(
        r"^\| `((?:bpmn|feel)-[a-z-]+)` \| ([^|]+) \| ([^|]+) \|$", (ROOM / "README.md").read_text("utf-8"), re.M
    )
    listed = [rule for rule, *_ in rows]
    assert set(listed) == known
    assert len(listed) == len(known)
    for rule, chinese, english in rows:
        assert re.search(r"[\u4e00-\u9fff]", chinese), rule
        assert not re.search(r"[\u4e00-\u9fff]", english), rule

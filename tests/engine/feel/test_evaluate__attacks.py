"""Nothing of Python can be reached from an expression."""

from pathlib import Path

import pytest

from engine import feel

ATTACKS = [
    "__import__('os').system('touch {mark}')",
    '__import__("os").system("touch {mark}")',
    'open("{mark}", "w").write("x")',
    '__builtins__["open"]("{mark}", "w").close()',
    "().__class__.__mro__[1].__subclasses__()",
    '"".__class__.__mro__',
    "text.__class__.__init__.__globals__",
    "date.__globals__",
    "date.call",
    "date.signatures[1].body",
    "(function(x) x).call",
    'matches.__class__.__base__.__subclasses__()[1]("{mark}")',
    "import subprocess",
    'eval("1")',
    'exec("1")',
    'compile("1", "x", "exec")',
    "lambda: 1",
    "[k for k in ().__class__.__mro__[1].__subclasses__()]",
    'string("{{0.__class__}}")',
    "number.parameters",
    "secret.token",
    "item.data",
]


class Secret:
    """A Python object that must not be readable."""

    token = "s3cret"


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack(attack: str, tmp_path: Path) -> None:
    """An attack is a syntax error, or null with a warning, and has no effect."""
    mark = tmp_path / "mark"
    source = attack.replace("{mark}", str(mark)).replace("{{", "{").replace("}}", "}")
    try:
        result = feel.evaluate(source, {"text": "x"})
    except feel.FeelSyntaxError:
        pass
    else:
        harmless = result.value == "{0.__class__}"
        assert harmless or (result.value is None and result.warnings)
    assert not mark.exists()


def test_python_objects_do_not_enter() -> None:
    """A Python object in the context is refused by name as soon as it is read."""
    with pytest.raises(feel.FeelError, match=r"'secret' \(Secret\)"):
        feel.evaluate("secret.token", {"secret": Secret()})

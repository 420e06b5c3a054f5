"""What is left of a value for those who need not know it."""

import pytest

from engine.forms import Secrecy, mask


@pytest.mark.parametrize(
    ("secrecy", "value", "masked"),
    [
        (Secrecy.ID, "110101199003077758", "110101********7758"),
        (Secrecy.ID, "E1234567", "********"),
        (Secrecy.PHONE, "13800138000", "138****8000"),
        (Secrecy.PHONE, "3022222", "****"),
        (Secrecy.NAME, "张三丰", "张*"),
        (Secrecy.NAME, "𠅤某", "𠅤*"),
        (Secrecy.NAME, "张", "*"),
        (Secrecy.ADDRESS, "浙江省衢州市柯城区1号", "浙江省衢州市****"),
        (Secrecy.ADDRESS, "柯城区1号", "****"),
        (Secrecy.NONE, "原样", "原样"),
        (Secrecy.ID, None, ""),
    ],
)
def test_masks(secrecy: Secrecy, value: object, masked: str) -> None:
    """Enough stays to recognise a value and never the whole of it."""
    assert mask(secrecy, value) == masked

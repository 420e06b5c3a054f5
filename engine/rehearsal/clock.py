"""The virtual clock: moments computed by FEEL, so that "P1M" means here what it means in a drawing."""

from datetime import datetime

from engine import feel


def later(moment: datetime, duration: str) -> datetime:
    """`moment` plus an ISO 8601 duration such as `P3D` or `PT4H`; `ValueError` if it is not one."""
    value = feel.evaluate("moment + duration(step)", {"moment": moment, "step": duration}, now=moment).value
    if isinstance(value, datetime):
        return value
    raise ValueError(f"{duration!r} is not an ISO 8601 duration such as PT4H or P3D")

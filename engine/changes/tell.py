"""Changes in groups, as people read them: the applicant first, the designer last."""

from collections.abc import Callable, Iterable

from engine.changes.change import Audience, Change

HEADINGS = {
    Audience.APPLICANT: ("申请人", "Applicant"),
    Audience.WINDOW: ("窗口", "Window"),
    Audience.DESIGNER: ("设计与督查", "Designer and supervisor"),
}
_ORDER = list(Audience)


def grouped(changes: Iterable[Change], en: Callable[[str], str] = str) -> list[tuple[str, str, list[Change]]]:
    """Heading in Chinese and English, and its changes. A department is headed by its own name."""
    found: dict[tuple[int, str], list[Change]] = {}
    for change in changes:
        found.setdefault((_ORDER.index(change.audience), change.department), []).append(change)
    groups = []
    for (place, department), said in sorted(found.items()):
        zh, english = (department, en(department)) if department else HEADINGS[_ORDER[place]]
        groups.append((zh, english, said))
    return groups

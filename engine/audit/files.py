"""Is every scan a row names there, and what it was when it was put there?"""

from collections.abc import Iterator

from sqlalchemy import select

from engine.audit.discrepancy import Discrepancy
from engine.errors import FileGone, FilesOff
from engine.store import Case, MaterialFile
from engine.work import Work


def files(work: Work) -> Iterator[Discrepancy]:
    """One line a scan that is missing or was changed."""
    rows = select(MaterialFile.hash, MaterialFile.code, Case.number).outerjoin(Case, Case.id == MaterialFile.case_id)
    for name, code, number in work.session.execute(rows.order_by(MaterialFile.hash)).all():
        try:
            work.vault.read(name)
        except (FileGone, FilesOff):
            zh, en = f"材料 {code} 的扫描件缺失或被改动。", f"A scan of the paper {code} is missing or was changed."
            yield Discrepancy(number or "material_file", zh, en)

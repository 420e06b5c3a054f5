"""A case's whole file 案卷 as one zip that can be checked without a database: rows, ledger, scans, notices, a cover.

The hashes of everything are in `manifest.json`, which the installation seals with its secret. Who has not the secret
can follow every hash, and the chain of the ledger, but cannot tell a forgery made as a whole from the original.
"""

from engine.dossier.binding import bind
from engine.dossier.check import Verdict, check
from engine.dossier.take import Dossier, may_take, take

__all__ = ["Dossier", "Verdict", "bind", "check", "may_take", "take"]

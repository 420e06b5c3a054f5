"""Backups 备份: the whole installation in one file, taken while people work, restored into either kind of database."""

from engine.backup.archive import Manifest, verify
from engine.backup.restore import restore
from engine.backup.take import take

__all__ = ["Manifest", "restore", "take", "verify"]

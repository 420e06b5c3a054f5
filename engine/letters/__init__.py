"""Letters: HTML whose blanks, conditions and repetitions are FEEL; read strictly, written escaped. See README.md."""

from engine.letters.read import read
from engine.letters.rules import RULES
from engine.letters.template import Blank, Read, Template
from engine.letters.write import Unwritable, Written, write

__all__ = ["RULES", "Blank", "Read", "Template", "Unwritable", "Written", "read", "write"]

"""People 人员: who is in which case, found by ID number without any ID number being stored here.

`accept` and every correction write the index anew; a search hashes what was typed with the installation's secret.
"""

from engine.people.blind import hashed, number_of
from engine.people.index import Found, admit, cases_of, death_of, follow, of_case, rebuild

__all__ = ["Found", "admit", "cases_of", "death_of", "follow", "hashed", "number_of", "of_case", "rebuild"]

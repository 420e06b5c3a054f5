"""People 人员: who is in which case, found by ID number without any ID number being stored here.

`accept` and every correction write the index anew. There are only some 10^12 possible ID numbers, so a hash without a
key could be tried out; the vault's needs the installation's secret.
"""

from engine.people.index import Found, admit, cases_of, death_of, follow, of_case, rebuild

__all__ = ["Found", "admit", "cases_of", "death_of", "follow", "of_case", "rebuild"]

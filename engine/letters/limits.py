"""What one letter may cost. Counted, not timed: the same letter is written or refused on every machine."""

LARGEST = 60_000  # characters of a template
DEEPEST = 20  # elements inside each other
LONGEST = 10_000  # characters of one value
ROWS = 500  # entries of one repetition
WHOLE = 200_000  # characters of a written letter

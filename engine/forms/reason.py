"""A reason that is kept: for whatever is out of the ordinary, somebody says why, and a dot is no answer."""

SHORTEST_REASON = 4  # characters

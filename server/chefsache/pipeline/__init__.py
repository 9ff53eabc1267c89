"""Turn files into a snapshot: load -> validate -> reason -> derive -> check -> publish.

The order matters. What was *asserted* is validated with subclass axioms only: after the closure a wrong class conforms,
because a range has made it right. Nothing depends on the clock; the as-of day is an input.
"""

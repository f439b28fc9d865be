"""What treaties say, as dated data: grounds, conditions on them, and the clauses that use both."""

"""Work on statements: documents read in, decisions by hand, the journal, and exchange with other programs."""

"""Pages of pairings: the annex's table, one pairing, those below the county level, coverage, contacts."""

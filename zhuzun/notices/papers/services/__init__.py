"""What may be done with a paper: one function an act. `drafting` writes, `chain` moves, `serving` delivers."""

"""Pages about papers of others, and the one list of both directions."""

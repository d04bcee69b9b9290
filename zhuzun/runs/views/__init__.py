"""Pages of what the machine does by itself, and of the long work that people start."""

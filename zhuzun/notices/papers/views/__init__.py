"""Pages of the room of papers."""

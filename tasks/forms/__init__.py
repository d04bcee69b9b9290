"""Forms of `tasks`, by room."""

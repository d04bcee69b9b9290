"""Filters of the lists of `tasks`, by room."""

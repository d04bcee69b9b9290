"""Lists of `tasks` as tables, by room."""

"""How pages look, speak and behave: no models, used by every room (docs/pages.md)."""

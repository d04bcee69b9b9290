"""The panels of a report's page: each piece of the cycle gives its own context; the page only puts them together."""

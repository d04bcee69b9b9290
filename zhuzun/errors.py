"""Errors that a service raises for a person: the message is Chinese, says where, what, and what to do."""


class DomainError(Exception):
    """A rule of the work was not met; `field` names the form field it belongs to, `subject` the one of several."""

    subject = None

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field


class Refused(DomainError):
    """The person may not do this; the message says who may, or when."""

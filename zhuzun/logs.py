"""The log of the processes: one line an entry, whatever somebody typed into a name or an address."""

import logging


class OneLine(logging.Formatter):
    """Writes line ends and other control characters of a message as escapes, so that nobody can forge an entry.

    (A traceback, which Python appends below the line, keeps its own lines.)
    """

    def formatMessage(self, record):
        text = super().formatMessage(record)
        return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)

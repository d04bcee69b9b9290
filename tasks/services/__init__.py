"""What may be done with the ledger: set 牵头/配合, end them, enter a successor document.

Each service asks the policy table itself, so that no caller can forget it, and writes its event in its transaction.
"""

from tasks.services.responsibility import end_responsibility, set_responsibility
from tasks.services.succession import enter_area, enter_document, enter_duties, enter_paragraphs

__all__ = [
    "end_responsibility",
    "enter_area",
    "enter_document",
    "enter_duties",
    "enter_paragraphs",
    "set_responsibility",
]

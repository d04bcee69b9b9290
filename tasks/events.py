"""What happened to a report, for the pieces that follow it up (check sheets, inbox messages).

Each list holds callables `(report, *, actor, now)`, put there once in `ready()`. They are called inside the transaction
of the act, after its round is written: what one of them refuses undoes the act, so they only write rows of their own.
"""

from collections.abc import Callable

Listener = Callable[..., None]

sent_to_sign: list[Listener] = []  # waits for the filer's own leader
given_back: list[Listener] = []  # by the filer's own leader
filed: list[Listener] = []  # left the filer, for the first time or again
recalled: list[Listener] = []  # taken back before the bureau acted
passed_on: list[Listener] = []  # waits for the section head
returned: list[Listener] = []  # by the bureau, section by section
accepted: list[Listener] = []
reopened: list[Listener] = []  # after acceptance
extension_asked: list[Listener] = []
extended: list[Listener] = []
extension_refused: list[Listener] = []
excused: list[Listener] = []  # 免报
moved: list[Listener] = []  # another due date
assigned: list[Listener] = []  # a section handed to a colleague, as `section`
added: list[Listener] = []  # asked of one more body, with the reason as `reason`
# These get a check sheet, or one of its lines, in the report's place.
check_asked: list[Listener] = []  # a sheet: the county is asked, for the first time or again
disputed: list[Listener] = []  # a line: the county disputes it
settled: list[Listener] = []  # a line: the bureau decided


def tell(listeners: list[Listener], report, *, actor, now, **more) -> None:
    """Let each of them know, in the order in which they were put there."""
    for listener in listeners:
        listener(report, actor=actor, now=now, **more)

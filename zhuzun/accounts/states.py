"""How an account stands at a moment: one word for the list, the filter, the page of a person and the workbench."""

from zhuzun.accounts import lockout
from zhuzun.accounts.models import User

ENDED, LOCKED, ENDING, NEVER, UNUSED, ACTIVE = "ended", "locked", "ending", "never", "unused", "active"

# State → (word, tone), the most pressing first: the first that fits is the one shown.
WORDS = {
    ENDED: ("已停用", "ended"),
    LOCKED: ("已锁定", "late"),
    ENDING: ("即将到期", "soon"),
    NEVER: ("从未登录", "idle"),
    UNUSED: ("90 天未用", "soon"),
    ACTIVE: ("有效", "good"),
}


def narrowed(people, state, *, now, day):
    """Those of `people` who are in `state` at `now`; a person may be in several (即将到期 and 从未登录)."""
    return {
        ENDED: lambda: people.ended_on(day),
        LOCKED: lambda: people.active_on(day).filter(username__in=lockout.locked_usernames(now)),
        ENDING: lambda: people.ending_by(day),
        NEVER: lambda: people.never_signed_in(day),
        UNUSED: lambda: people.unused_at(now, day),
        ACTIVE: lambda: people.active_on(day),
    }[state]()


def shown(people, *, now, day) -> dict[int, str]:
    """Key of each person → the state to show, in one query per state however many they are."""
    found = {}
    for state in WORDS:
        for key in narrowed(people, state, now=now, day=day).values_list("pk", flat=True):
            found.setdefault(key, state)
    return found


def of(user, *, now, day) -> tuple[str, str]:
    """Word and tone of one person's state."""
    return WORDS[shown(User.objects.filter(pk=user.pk), now=now, day=day)[user.pk]]

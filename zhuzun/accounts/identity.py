"""The identity a person acts in: one of the roles he holds today, kept in the session."""

from zhuzun import clock

KEY = "identity"


def restore(user, session) -> None:
    """Let `user` act in the identity noted in the session, or the first he holds if that one has ended."""
    held = user.roles_on(clock.today())
    chosen = next((one for one in held if one.pk == session.get(KEY)), None)
    user.held = held
    at_home = next((one.organisation for one in held if one.organisation_id == user.home_id), None)
    if at_home:  # read already, with its names, which every page shows
        user.home = at_home
    user.act_as(chosen or next(iter(held), None))


def choose(user, session, assignment) -> None:
    """Act in `assignment` from the next request on."""
    session[KEY] = assignment.pk
    user.act_as(assignment)

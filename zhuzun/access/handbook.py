"""`docs/permissions.md`, written from the policy table by `manage.py write_docs`; a test fails when it is stale."""

from zhuzun.access.policy import PERMISSIONS
from zhuzun.access.scopes import Scope
from zhuzun.accounts.roles import HELD_AT, Role

HEAD = """# Who may do what

Written by `manage.py write_docs` from `zhuzun/access/policy.py`: change the table there, never this file.

How to read it: a permission not listed raises wherever it is asked. A record outside a role's reach answers 404; a
record one may see but not act on answers 403 with the reason. What a role may do with **one** pairing beyond its reach
is a grant (临时授权): given by 安全管理员 with document, reason and dates, and counting for nothing from the day after
its last.
"""


def as_markdown() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_scopes(), *_roles(), *_permissions()]) + "\n"


def _scopes():
    meaning = {
        Scope.ALL: "every record",
        Scope.DISTRICT: "records of the district for which the person's body works",
        Scope.COUNTY: "records of the county for which the person's body works (a working-group member: his county)",
        Scope.UNIT: "records in which the person's own body is a party",
        Scope.BODY: "the person's own body, the place it works for, and that place's departments",
        Scope.BELOW: "records of the bodies directly below the person's own (the working group's county teams)",
        Scope.NAMED: "the districts and counties named in the inspector's own assignment",
    }
    rows = [f"| {scope.label} | {meaning[scope]} |" for scope in Scope]
    return ["## Reach", "", "| reach | means |", "|---|---|", *rows, ""]


def _roles():
    rows = []
    for role in Role:
        kinds = "、".join(kind.label for kind in HELD_AT.get(role, ())) or "any body"
        rows.append(f"| {role.label} | `{role.value}` | {kinds} |")
    return ["## Roles", "", "| role | code | held at |", "|---|---|---|", *rows, ""]


def _permissions():
    rows = [f"| `{name}` | {declared.label} | {_who(declared)} |" for name, declared in PERMISSIONS.items()]
    return ["## Permissions", "", "| permission | means | who, and how far |", "|---|---|---|", *rows]


def _who(declared) -> str:
    if declared.never:
        return f"nobody: {declared.never}"
    reach = {}
    for role in Role:
        if role in declared.roles:
            reach.setdefault(declared.roles[role], []).append(role.label)
    if reach.get(Scope.ALL) == [role.label for role in Role]:
        return "everybody"
    return "<br>".join(f"{Scope(scope).label}：{'、'.join(labels)}" for scope, labels in reach.items())

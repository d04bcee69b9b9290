"""`docs/states.md`, written from the workflows by `manage.py write_docs`; a test fails when it is stale."""

_workflows: dict[str, object] = {}

HEAD = """# States

Written by `manage.py write_docs` from the tables in `<app>/workflow.py`: change a table there, never this file.

A step that may not be taken is shown with its reason. Whoever comes second reads 已被他人处理; nothing is overwritten.
Time (未到期 临期 逾期 …) is no state: it is computed from dates, see `zhuzun/periods/light.py`.
"""


def register(workflow) -> None:
    """Called by each workflow as it is made."""
    _workflows[workflow.code] = workflow


def registered() -> list:
    """Every workflow of the portal, by code."""
    return [_workflows[code] for code in sorted(_workflows)]


def as_markdown(permission_label) -> str:
    """The whole page; `permission_label(name)` says a permission in Chinese."""
    return "\n".join([HEAD, *(line for one in registered() for line in _workflow(one, permission_label))]) + "\n"


def _workflow(one, permission_label):
    states = "、".join(f"{label} (`{value}`)" for value, label in one.states.choices)
    yield from (f"## {one.title} (`{one.code}`)", "", f"States: {states}", "")
    yield from ("| step | from | to | who | conditions | then |", "|---|---|---|---|---|---|")
    for step in one.steps:
        sources = "、".join(one.states(source).label for source in step.sources)
        who = permission_label(step.permission) if step.permission else "the portal itself"
        checks = "；".join((check.__doc__ or check.__name__).strip().splitlines()[0] for check in step.checks) or "—"
        target = one.states(step.target).label
        yield f"| {step.label} (`{step.name}`) | {sources} | {target} | {who} | {checks} | {step.note or '—'} |"
    yield ""

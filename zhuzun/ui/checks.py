"""System checks of the front end: a page without its stylesheet should be noticed before a person notices it."""

from django.core.checks import Error, register

from zhuzun.ui import finders, icons


@register()
def front_end_is_installed(app_configs, **kwargs):
    """The files of node_modules that pages use are there."""
    absent = finders.missing() + icons.missing()
    if not absent:
        return []
    shown = ", ".join(absent[:3]) + (f" … ({len(absent)} in all)" if len(absent) > 3 else "")
    return [
        Error(
            f"Front-end files are missing: {shown}（缺少前端文件）",
            hint="Run «npm ci» in the project folder, or «make setup»（请运行 npm ci）.",
            id="ui.E001",
        )
    ]

"""System checks: can this machine print papers, and with which fonts?

Without the libraries nothing starts. Which stand-in sets which face is told only to one who asks (`manage.py check`):
it is no fault, and would stand above the output of every other command.
"""

import sys

from django.core.checks import CheckMessage, Error, Info, Warning, register

from zhuzun.documents.papers import fonts


@register()
def papers_can_be_printed(app_configs, **kwargs) -> list[CheckMessage]:
    """The libraries, and a font for each face."""
    return _libraries() + _missing_faces() + (_stand_ins() if sys.argv[1:2] == ["check"] else [])


def _libraries() -> list[CheckMessage]:
    absent = fonts.missing_libraries()
    if not absent:
        return []
    slow = "" if fonts.can_subset() else "; without libharfbuzz-subset0 one paper takes seconds instead of a fraction"
    return [
        Error(
            f"System libraries for papers are missing: {', '.join(absent)}{slow}（缺少公文排版所需的系统库）",
            hint=f"Run «make setup», or: apt-get install {' '.join(absent)}（请安装后重新启动）.",
            id="papers.E001",
        )
    ]


def _missing_faces() -> list[CheckMessage]:
    bare = [one.face for one in fonts.found().values() if not one.family]
    return [
        Warning(
            f"No font for {face.label} ({'、'.join(face.families)}) is installed（缺少{face.label}字体）",
            hint=f"Run «make setup», or take it from Debian's {face.package}; see docs/papers.md（请安装字体）.",
            id="papers.W001",
        )
        for face in bare
    ]


def _stand_ins() -> list[CheckMessage]:
    standing = [f"{one.face.label}: {one.family}" for one in fonts.found().values() if one.family and not one.is_real]
    if not standing:
        return []
    return [
        Info(
            f"Free fonts stand in on papers: {'; '.join(standing)}（以下字体为替代字体）",
            hint="An office that owns 方正小标宋, 仿宋_GB2312, 楷体_GB2312, 黑体, 宋体 installs them.",
            id="papers.I001",
        )
    ]

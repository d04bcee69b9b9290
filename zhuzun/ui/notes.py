"""Notes that stand on top of every page, such as 依据文件执行期至2025年; upper apps add them in `ready()`."""

from collections.abc import Callable

from django.http import HttpRequest

_sources: list[Callable[[HttpRequest], str | None]] = []


def add(source: Callable[[HttpRequest], str | None]):
    """`source` is asked on every page of a signed-in person for a sentence, or nothing; it must be cheap."""
    if source not in _sources:
        _sources.append(source)


def for_page(request: HttpRequest) -> list[str]:
    """The sentences that stand on this page."""
    if not request.user.is_authenticated:
        return []
    return [text for source in _sources if (text := source(request))]

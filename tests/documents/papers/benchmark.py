"""How long a paper takes: `.venv/bin/python -m tests.documents.papers.benchmark`. A benchmark, not a test."""

import os
import resource
import tempfile
import time

import django

ROUNDS = 7


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuzun.settings")
    django.setup()
    from zhuzun.documents.papers import docx, pdf, press, samples

    print(f"first paper, child started: {timed(lambda: pdf.render(samples.INNER)):.2f} s")  # noqa: T201
    for name, sheet in samples.ALL.items():
        warm = sorted(timed(lambda sheet=sheet: pdf.render(sheet)) for _ in range(ROUNDS))[ROUNDS // 2]
        word = sorted(timed(lambda sheet=sheet: docx.render(sheet)) for _ in range(ROUNDS))[ROUNDS // 2]
        printed = pdf.render(sheet)
        size = len(printed.pdf) // 1024
        print(f"{name}: {printed.pages} pages, {size} KB, PDF {warm:.2f} s, .docx {word:.2f} s")  # noqa: T201
    hundred = timed(lambda: [pdf.render(samples.NOTICE) for _ in range(100)])
    keep(pdf, samples.NOTICE)
    kept = timed(lambda: [pdf.file(samples.NOTICE) for _ in range(100)])
    print(f"100 notices that were set before: {kept:.1f} s")  # noqa: T201
    press.close()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"100 notices: {hundred:.1f} s; largest child {peak} MB; load {os.getloadavg()[0]:.1f}")  # noqa: T201


def keep(pdf, sheet) -> None:
    """Set it once, in a store of its own."""
    from django.conf import settings

    settings.MEDIA_ROOT = tempfile.mkdtemp()
    pdf.file(sheet)


def timed(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()

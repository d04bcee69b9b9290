"""Reading the data files."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

PARAGRAPH = re.compile(r"^(\d+)\. .*$", re.MULTILINE)


def waves(rows: dict, needs) -> Iterator[dict]:
    """`rows` in portions, each after those that it needs: a child's row wants its parent's key."""
    while rows:
        ready = {key: row for key, row in rows.items() if not any(need in rows for need in needs(row))}
        if not ready:
            raise ValueError(f"rows need each other: {sorted(rows)}")
        yield ready
        rows = {key: row for key, row in rows.items() if key not in ready}


def day(text: str) -> date | None:
    """A day written 2021-07-22; nothing where nothing is written."""
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Files:
    """The data files of one folder."""

    root: Path

    def text(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def json(self, name: str):
        return json.loads(self.text(name))

    def csv(self, name: str) -> list[dict]:
        return list(csv.DictReader(self.text(name).splitlines()))

    @cached_property
    def sources(self) -> dict:
        return self.json("sources.json")

    @cached_property
    def divisions(self) -> list[dict]:
        return self.csv("divisions.csv")

    def documents(self) -> list["Files"]:
        """One folder a policy document, oldest first: a successor's lies beside its forerunner's."""
        return [Files(path.parent) for path in sorted(self.root.glob("*/document.json"))]

    def paragraphs(self) -> dict[int, str]:
        """The numbered paragraphs of the document's text, verbatim."""
        return {int(found[1]): found[0] for found in PARAGRAPH.finditer(self.text("document.txt"))}

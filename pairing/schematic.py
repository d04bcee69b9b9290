"""The picture beside the table: districts and counties as labelled boxes, linked. A schematic without any boundary."""

from dataclasses import dataclass

from pairing.annex import Annex, Row

WIDTH = 400
BOX = 30  # height of a box
STEP = 40  # from one county to the next
TOP = 34  # below the two headings
EAST_BOX = 160
WEST_BOX = 108
WEST_LEFT = WIDTH - WEST_BOX


@dataclass(frozen=True)
class Node:
    """A labelled box: `y` is its upper edge."""

    y: float
    label: str
    address: str = ""
    key: bool = False

    @property
    def middle(self) -> float:
        """The height at which its text and its links run."""
        return self.y + BOX / 2


@dataclass(frozen=True)
class Link:
    """A line from a district to a county."""

    start: float
    end: float
    row: Row

    @property
    def path(self) -> str:
        """A smooth line between the two columns."""
        left, right = EAST_BOX, WEST_LEFT
        half = (left + right) / 2
        return f"M{left} {self.start:g}C{half:g} {self.start:g} {half:g} {self.end:g} {right} {self.end:g}"


@dataclass(frozen=True)
class Picture:
    """What the template draws."""

    height: int
    districts: list[Node]
    counties: list[tuple[Node, Row]]
    links: list[Link]
    width: int = WIDTH
    box: int = BOX
    east_box: int = EAST_BOX
    west_box: int = WEST_BOX - 1  # its border stays inside the picture
    west_left: int = WEST_LEFT
    west_text: int = WEST_LEFT + 12


def picture_of(annex: Annex) -> Picture:
    """Counties one below the other, each district at the middle of its counties: no two lines cross."""
    districts, counties, links = [], [], []
    for block in annex.blocks:
        nodes = [Node(TOP + (len(counties) + n) * STEP, row.short, key=row.key) for n, row in enumerate(block.rows)]
        middle = (nodes[0].y + nodes[-1].y) / 2
        district = Node(middle, block.name)
        districts.append((district, block))
        links += [Link(district.middle, node.middle, row) for node, row in zip(nodes, block.rows, strict=True)]
        counties += zip(nodes, block.rows, strict=True)
    return Picture(TOP + len(counties) * STEP, districts, counties, links)

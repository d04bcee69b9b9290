"""What a spreadsheet that an office sends may hold; far above honest files, far below what does harm."""

PACKAGE_ENTRIES = 1_000  # files inside an xlsx; an honest one has a few dozen
DIRECTORY_BYTES = 512 * 1024  # size of the zip's own table of contents
DECLARED_BYTES = 150 * 1024 * 1024  # all entries inflated, as the table of contents says (pictures included)
INFLATED_BYTES = 48 * 1024 * 1024  # all that is really inflated to be read
CHUNK = 64 * 1024

SHARED_STRINGS = 400_000
SHARED_CHARACTERS = 8_000_000
CELL_CHARACTERS = 32_767
OUTPUT_CHARACTERS = 12_000_000  # one long shared string named by every cell would multiply without end

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
MERGED_RANGES = 20_000
STYLES = 70_000
SHEETS = 300

HEADING_CHARACTERS = 300
HEADING_WITHIN = 40  # rows with content among which the heading must stand
SPARE_ROWS = 5_000  # blank, title and total rows allowed beside the data rows

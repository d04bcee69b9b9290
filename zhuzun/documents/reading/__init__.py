"""What runs in the child process: bytes of a foreign spreadsheet → rows with cell addresses.

Pure functions of the standard library, without Django, so that the child starts in some 50 ms. Nothing here is trusted
to end or to stay small by itself: `zhuzun.documents.sandbox` limits time and memory from outside.

Why no spreadsheet library: openpyxl (read-only) runs on for minutes over a false dimension or a bomb and tells either
the formula or its value, not both; calamine builds the whole sheet in memory (781 MB of a 0.3 MB file), drops leading
empty rows and gives an error cell, or a formula without value, as an empty one. What is needed is small: expat,
counting bytes while inflating and rows while streaming, every cell's text as it stands. Tests compare it with both.
"""

"""What a period's papers say (通报, 报告, 催报提醒): the facts of their sections, the sentences are templates.

`ground.py` gathers what a period is at the moment of drafting; `figures.py`, `filing.py` and `narratives.py` take the
facts of the sections from it; `sections.py` hands them to the registry; `annexes.py` sets the compiled tables.
"""

"""Official papers (公文): kinds, who may write to whom, numbers, the way of a paper, serving and receipts.

registry   the kinds of papers and their sections; upper apps add theirs in `ready()`
rules      who may write to whom: one table
numbering  the series of a 代字 and year
workflow   the way of a paper, one table of states and steps
"""

"""Papers of others (来文): registered, attached, distributed, signed for, filed; what bears a 密级 is refused.

Receipts are those of our own papers (`zhuzun.notices.papers.services.serving`); the one list of both is here.
"""

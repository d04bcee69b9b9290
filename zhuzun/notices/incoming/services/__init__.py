"""What is done with papers of others: `registering` (收文登记) and `serving` (分送, 签收, 回复)."""

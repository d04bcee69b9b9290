"""Pages of the policy ledger, the catalogue and successor documents."""

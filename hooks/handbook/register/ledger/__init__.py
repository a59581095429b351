"""Sign-ups, wishes, proposals, who said yes: the ledger of one cohort."""

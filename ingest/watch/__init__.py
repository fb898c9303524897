"""The literature watch: queries kept as data, what is known taken out, a ledger of decisions."""

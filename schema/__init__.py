"""WHAT AN ENTRY IS: typed records, vocabularies, reading with line numbers, rules, tables."""

"""HOW THINGS COME IN: one file per source, every one ends in a draft, never in the catalog."""

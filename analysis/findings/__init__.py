"""The findings: what the field says of itself, each measured on every build."""

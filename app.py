"""The front door for browsing: routes to views/, nothing more."""

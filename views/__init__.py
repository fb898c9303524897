"""Pages of the app, one file each: ask analysis/, draw, nothing more."""

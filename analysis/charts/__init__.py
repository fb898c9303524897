"""Charts as altair specifications: data in, chart out; drawn by the app and by the report."""

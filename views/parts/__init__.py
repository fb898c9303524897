"""What the pages share: the database, the state in the URL, charts with their data and SQL."""

"""The typed records: what each kind of catalog file may say."""

"""From files of transcribed rows to catalog/results: one module per source, mappings as data.

A module holds `SOURCES`, a tuple of `base.Source`; `python -m ingest.transcription` finds it.
"""

"""One module a service: where to ask, and how to read what comes."""

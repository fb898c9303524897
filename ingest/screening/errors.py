"""The one error of a screening that ends it; everything smaller is set aside and told."""


class ScreeningError(ValueError):
    """A screening that can't go on; the message says where, what was found, and what to do."""


class UnreadableError(ScreeningError):
    """A file that the system doesn't let us read: gone, no permission, a broken disk."""

"""How much one query may take. Each setting has its paragraph in docs/console.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The console's settings; the defaults are for a public server with two cores."""

    max_seconds: float = 10.0
    max_count_seconds: float = 1.0
    max_rows: int = 10_000
    max_bytes: int = 16_000_000
    max_memory_mb: int = 512
    max_process_mb: int = 2048
    max_sql_characters: int = 100_000
    max_expression_depth: int = 200

    def __post_init__(self) -> None:
        """Refuse a limit that lets nothing through."""
        for name in self.__slots__:
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} must be more than 0, not {getattr(self, name)}")

"""The sandbox: anybody's SQL, run on the built file without harm. docs/console.md is its page."""

from analysis.sandbox.limits import Limits
from analysis.sandbox.result import CODES, Column, QueryError, QueryResult
from analysis.sandbox.session import SandboxSession, run_query

__all__ = [
    "CODES",
    "Column",
    "Limits",
    "QueryError",
    "QueryResult",
    "SandboxSession",
    "run_query",
]

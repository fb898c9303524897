"""The built database, opened once and read only; one cursor a query, answers cached by version."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import pandas as pd
import streamlit as st

from analysis import store
from schema.paths import default_database
from views.parts.answers import Answers

_ANSWERS = Answers()


def database() -> Path:
    """The file that is served."""
    return Path(os.environ.get("CLAIMGAP_DATABASE") or default_database())


@st.cache_resource(max_entries=2, show_spinner=False)
def _connection(path: str, stamp: float) -> duckdb.DuckDBPyConnection:
    del stamp  # a rebuilt file is another file
    return store.connect(Path(path))


def connection() -> duckdb.DuckDBPyConnection:
    """The open database; stops the page with what to do when there is none."""
    path = database()
    if not path.exists():
        st.title("No database yet")
        st.write("Build it with `claimgap build` (or `make build`), then reload this page.")
        st.stop()
    return _connection(str(path), path.stat().st_mtime)


# a page asks a dozen times: handed out as it is, not copied, and so not to be written into
@st.cache_resource(max_entries=4, show_spinner=False)
def _meta(path: str, stamp: float) -> Mapping[str, str]:
    del path, stamp
    return MappingProxyType(store.meta(connection()))


def meta() -> Mapping[str, str]:
    """Data version, schema version and counts."""
    path = database()
    if not path.exists():
        connection()  # which says what to do, and stops
    return _meta(str(path), path.stat().st_mtime)


def version() -> str:
    """What the answers hang on: the data, and the code that built them."""
    facts = meta()
    return facts["data_version"] + facts.get("code_version", "")


def ask(sql: str, *parameters: Any) -> pd.DataFrame:
    """Rows of one of our own queries."""
    return _ANSWERS.get(
        (sql, parameters, version()), lambda: store.frame(connection(), sql, parameters)
    )


def has(table: str) -> bool:
    """Whether the database holds a table or view of this name: older builds lack the newer ones."""
    return bool(len(ask("SELECT 1 FROM duckdb_columns() WHERE table_name = ? LIMIT 1", table)))

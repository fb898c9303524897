"""A small database of the built file's shape: a table, a view, a macro."""

from pathlib import Path

import duckdb
import pytest


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("build") / "claimgap.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """
            CREATE TABLE score (method VARCHAR, value DOUBLE, printed DECIMAL(5, 3), seen DATE);
            INSERT INTO score VALUES
                ('linear', 0.862, 0.862, '2024-05-01'),
                ('hyena', 0.91, 0.910, '2023-11-30'),
                ('mean', NULL, NULL, NULL);
            CREATE VIEW results AS SELECT method AS method_name, value FROM score;
            CREATE MACRO above(least) AS TABLE SELECT method FROM score WHERE value > least;
            """
        )
    return path

"""The queries of a country on DuckDB, PostgreSQL and Spark, each from the same findings."""

import os
import shutil
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bart_tool.store.queries import FINDINGS, queries
from tests.store.server import OWNER, needed

CELLS_OF = "CREATE TEMPORARY VIEW cells AS "  # from the findings themselves
Said = Mapping[str, Sequence[tuple[str, ...]]]  # query -> its rows, as texts and in order


def on_duckdb(findings: Path) -> Said:
    with duckdb.connect() as base:
        base.execute(f"CREATE VIEW findings AS SELECT * FROM '{findings}'")
        base.execute(CELLS_OF + queries()["told"])
        return {name: in_order(base.execute(query).fetchall()) for name, query in queries().items()}


def on_spark(findings: Path) -> Said:
    if find_spec("pyspark") is None or shutil.which("java") is None:
        gone = "there is no Spark here: it takes java, and python -m pip install pyspark"
        if os.environ.get("BART_NEEDS_SPARK"):
            pytest.fail(gone)
        pytest.skip(gone)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]")
    local = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(findings.parent / "spark"),
    }
    for name, value in local.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    try:
        spark.read.parquet(str(findings)).createOrReplaceTempView("findings")
        spark.sql(CELLS_OF + queries()["told"])
        return {name: in_order(spark.sql(query).collect()) for name, query in queries().items()}
    finally:
        spark.stop()


def on_postgres(findings: Path) -> Said:
    import psycopg

    server = needed()
    server.ask("drop database if exists country", database="postgres")
    server.ask("create database country template template0 locale 'C'", database="postgres")
    texts = ", ".join(f"{each} {'int' if each == 'round' else 'text'}" for each in FINDINGS)
    with duckdb.connect() as base, psycopg.connect(server.address(OWNER, "country")) as there:
        there.execute(f"CREATE TABLE findings ({texts})".encode())
        with there.cursor().copy("COPY findings FROM STDIN") as copy:
            for row in base.execute(f"SELECT {', '.join(FINDINGS)} FROM '{findings}'").fetchall():
                copy.write_row(row)
        there.execute((CELLS_OF + queries()["told"]).encode())
        return {
            name: in_order(there.execute(query.encode()).fetchall())
            for name, query in queries().items()
        }


def in_order(rows: Sequence[Sequence[Any]]) -> list[tuple[str, ...]]:
    return sorted(tuple(map(str, row)) for row in rows)

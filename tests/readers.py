"""Reads a data set with DuckDB, pandas, pyarrow and polars, and compares the values of its forms.

    readers.py DIR      # a data set written with --format parquet,arrow,csv
"""
import glob
import math
import os
import sys

import duckdb
import pandas
import polars
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet


def files(table, ending):
    return sorted(glob.glob(os.path.join(sys.argv[1], table, "**", "*." + ending), recursive=True))


def text(value):
    """A value as the CSV writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(value)
    return str(value)


def same(cell, value):
    if isinstance(value, float):
        return cell != "" and math.isclose(float(cell), value, rel_tol=0, abs_tol=0)
    return cell == text(value)


tables = sorted(t for t in os.listdir(sys.argv[1]) if files(t, "parquet"))
for table in tables:
    parquet = files(table, "parquet")
    rows = pa.concat_tables([pa.parquet.ParquetFile(f).read() for f in parquet])
    in_duckdb = duckdb.sql(f"select count(*) from read_parquet({parquet!r}, hive_partitioning = false)").fetchall()[0][0]
    in_pandas = sum(len(pandas.read_parquet(f, partitioning=None, dtype_backend="pyarrow")) for f in parquet)
    in_polars = sum(polars.read_parquet(f, hive_partitioning=False).height for f in parquet)
    assert rows.num_rows == in_duckdb == in_pandas == in_polars, (table, rows.num_rows, in_duckdb, in_pandas, in_polars)
    arrow = pa.concat_tables([pa.ipc.open_file(f).read_all() for f in files(table, "arrow")])
    assert arrow.schema.equals(rows.schema), (table, arrow.schema, rows.schema)
    assert arrow.equals(rows), table
    at = 0
    values = rows.to_pylist()
    for name in files(table, "csv"):
        import csv

        csv.field_size_limit(1 << 30)
        with open(name, encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                for column, value in values[at].items():
                    assert same(row[column], value), (table, at, column, row[column], value)
                at += 1
    assert at == rows.num_rows, (table, at, rows.num_rows)
print(f"{len(tables)} tables, the same in DuckDB, pandas, polars, Arrow and CSV")

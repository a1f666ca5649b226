"""Fills in README.md: runs each SQL block that is followed by a table on the data set and writes the table anew.

    python docs/look.py DIR      # DIR: the tables of `columnist run seeds/articles --output DIR`; needs duckdb
"""
import os
import re
import sys

import duckdb

BLOCK = re.compile(r"(```sql\n(?P<sql>[^`]*?)```\n\n)(?P<table>(?:\|[^\n]*\n)+)")


def cell(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def table(connection, sql):
    result = connection.execute(sql)
    names = [column[0] for column in result.description]
    rows = [names, ["---"] * len(names)] + [[cell(v) for v in row] for row in result.fetchall()]
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


readme = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "README.md")
with open(readme, encoding="utf-8") as file:
    text = file.read()
os.chdir(sys.argv[1])
connection = duckdb.connect()
with open("views.sql", encoding="utf-8") as file:
    connection.execute(file.read())
filled, count = BLOCK.subn(lambda m: m["sql"] and m[1] + table(connection, m["sql"]), text)
with open(readme, "w", encoding="utf-8") as file:
    file.write(filled)
print(f"{count} tables written into README.md")

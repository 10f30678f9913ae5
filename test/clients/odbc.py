"""psqlODBC by pyodbc: asks the questions and prints question, row, column, type and value of all it reads. The first
argument names the file of questions, the second further words of the connection string. Times come without their zone,
and are those of the session; intervals, arrays and ranges come as text."""
import datetime
import decimal
import json
import os
import re
import sys
import zoneinfo

import pyodbc


def questions(path):
    for block in open(path).read().strip().split("\n\n")[1:]:
        name, parameters, sql = re.match(r"-- (\w+): ?([^\n]*)\n(.*)", block, re.S).groups()
        yield name, parameters.split("; ") if parameters else [], re.sub(r"\$\d+", "?", sql)


def connect(options):
    words = {name: os.environ["PG" + name.upper()] for name in ("host", "port", "database", "user", "password")}
    return pyodbc.connect(
        "Driver=PostgreSQL Unicode;Server={host};Port={port};Database={database};UID={user};PWD={password};".format(**words) + options,
        autocommit=True)


def seconds(interval):
    days, hours, minutes, rest = re.fullmatch(r"(?:(\d+) days? )?(\d+):(\d+):([\d.]+)", interval).groups("0")
    return f"{((int(days) * 24 + int(hours)) * 60 + int(minutes)) * 60 + decimal.Decimal(rest):.6f}"


def text(value, zone):
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=zone).astimezone(datetime.timezone.utc).isoformat().replace("+00:00", "Z")
    if isinstance(value, str) and re.fullmatch(r"(\d+ days? )?\d\d:\d\d:\d\d(\.\d+)?", value):
        return seconds(value)
    if isinstance(value, str) and value.startswith('{"visits"'):
        return json.dumps(json.loads(value), sort_keys=True, separators=(",", ":"))
    return str(value)


def size_of(connection, table, column):
    row = connection.cursor().columns(table=table, column=column).fetchone()
    return f"{row.column_size}" + f",{row.decimal_digits}" * (row.decimal_digits is not None)


def show_catalog(connection, default):
    """What a program is told that asks the driver for the sizes of columns before it reads them."""
    enough = default.execute("SELECT enough FROM shop LIMIT 1").fetchval()
    for name, value in (("numeric", size_of(connection, "shop", "nps")),
                        ("journey", size_of(connection, "customer_journey", "j")),
                        ("default journey", size_of(default, "customer_journey", "j")),
                        ("default boolean", type(enough).__name__)):
        print("catalog", 1, name, "-", value, sep="\t")


def main():
    connection = connect(sys.argv[2] if len(sys.argv) > 2 else "")
    zone = zoneinfo.ZoneInfo(connection.execute("SHOW timezone").fetchval())
    for name, parameters, sql in questions(sys.argv[1]):
        cursor = connection.execute(sql, *parameters)
        for number, row in enumerate(cursor.fetchall(), 1):
            for column, value in zip(cursor.description, row):
                kind = "NULL" if value is None else type(value).__name__
                print(name, number, column[0], kind, text(value, zone), sep="\t")
    show_catalog(connection, connect(""))


main()

"""psycopg 3, with results as text or (second argument: binary) in binary: asks the questions and prints question, row,
column, type and value of all it reads. A binary result has the types of cxjourney as bytes that mean nothing to a person:
docs/clients.md says to cast them to text, and that is done here once it was seen."""
import datetime
import decimal
import json
import re
import sys

import psycopg
from psycopg.types.range import Range
from psycopg.types.string import StrDumper

FIRST_OID_OF_EXTENSIONS = 16384


def questions(path):
    for block in open(path).read().strip().split("\n\n")[1:]:
        name, parameters, sql = re.match(r"-- (\w+): ?([^\n]*)\n(.*)", block, re.S).groups()
        yield name, parameters.split("; ") if parameters else [], re.sub(r"\$\d+", "%s", sql)


def text(value):
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat().replace("+00:00", "Z")
    if isinstance(value, datetime.timedelta):
        return f"{value.days * 86400 + value.seconds}.{value.microseconds:06d}"
    if isinstance(value, Range):
        return f"{value.bounds[0]}{value.lower},{value.upper}{value.bounds[1]}"
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True, separators=(",", ":"))
    return str(value)


def with_casts(cursor, sql):
    """The query with the types of the extension cast to text, or None where there are none."""
    columns = [f'"{c.name}"' + "::text" * (c.type_code >= FIRST_OID_OF_EXTENSIONS) for c in cursor.description]
    if not any("::" in column for column in columns):
        return None
    return f"WITH answer AS ({sql}) SELECT {', '.join(columns)} FROM answer"


def show(name, cursor, casts):
    for number, row in enumerate(cursor, 1):
        for column, value in zip(cursor.description, row):
            kind = "NULL" if value is None else casts.get(column.name, type(value).__name__)
            print(name, number, column.name, kind, text(value), sep="\t")


def show_text_parameter(connection):
    """A string that is sent as text, as Npgsql does, rather than as of no type yet."""
    connection.adapters.register_dumper(str, StrDumper)
    for name, sql in (("path", "SELECT count(*) FROM customer_journey WHERE j ~ %s"),
                      ("cast path", "SELECT count(*) FROM customer_journey WHERE j ~ %s::journey_path")):
        try:
            result = connection.execute(sql, ["search > basket"]).fetchone()[0]
        except psycopg.Error as error:
            result = type(error).__name__
        print("text parameter", 1, name, "-", result, sep="\t")


def main():
    binary = "binary" in sys.argv
    with psycopg.connect("", autocommit=True) as connection:
        for name, parameters, sql in questions(sys.argv[1]):
            cursor = connection.execute(sql, parameters, binary=binary)
            casts = {}
            if binary and "bytes" not in sys.argv and (again := with_casts(cursor, sql)):
                kinds = zip(cursor.description, cursor.fetchone())
                casts = {c.name: type(v).__name__ for c, v in kinds if c.type_code >= FIRST_OID_OF_EXTENSIONS}
                cursor = connection.execute(again, parameters, binary=True)
            show(name, cursor, casts)
        show_text_parameter(connection)


main()

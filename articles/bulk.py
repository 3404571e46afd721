"""Many rows into one table with one statement.

`bulk_create` spends several times as long on writing SQL as a database on obeying it. Here a
statement is the same for any number of rows: PostgreSQL takes them as one JSON text, SQLite as
the arguments of one prepared statement. Constraints and triggers see no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import msgspec
from django.db import connection, models

from .models.fields import AddressKeyField, HeadlineKeyField

Row = TypeVar("Row", bound=models.Model)
Value = Callable[[models.Model], Any]


def _plain(value):
    """Text that carries a mark of its own, as rendered HTML does."""
    if isinstance(value, str):
        return str.__str__(value)
    raise TypeError(f"a {type(value).__name__} is not stored in bulk")


_json = msgspec.json.Encoder(enc_hook=_plain)


def insert(rows: Iterable[Row]) -> list[Row]:
    """Store these new rows, all of one model, in order. Within a transaction.

    Afterwards they have their keys. Nothing else is done: no `save()`, no signals.
    """
    rows = list(rows)
    if not rows:
        return rows
    give_keys([row for row in rows if row.pk is None])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement, read = _for_postgresql(type(rows[0]))
            cursor.execute(statement, [_json.encode([read(row) for row in rows]).decode()])
        else:
            statement, read = _for_sqlite(type(rows[0]))
            cursor.executemany(statement, map(read, rows))
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return rows


def give_keys(rows: Iterable[models.Model]) -> None:
    """Give these rows of one model the next keys, so that others can point at them before any
    is stored. Within a transaction: on SQLite, until its end nobody else gets one."""
    rows = list(rows)
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            keys = _next_of_sequence(cursor, rows[0]._meta, len(rows))
        else:
            keys = _next_of_table(cursor, rows[0]._meta)
    for row, key in zip(rows, keys, strict=False):
        row.pk = key


def _next_of_sequence(cursor, meta, count):
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
        [connection.ops.quote_name(meta.db_table), meta.pk.column, count],
    )
    return [key for (key,) in cursor.fetchall()]


def _next_of_table(cursor, meta):
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [meta.db_table])
    last = cursor.fetchone()
    return range(last[0] + 1 if last else 1, 2**63)


@cache
def _for_postgresql(model) -> tuple[str, Callable[[models.Model], dict[str, Any]]]:
    """The statement, and what it takes of a row."""
    fields = model._meta.concrete_fields
    names = [f"c{number}" for number in range(len(fields))]
    types = [field.cast_db_type(connection) for field in fields]
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(names, types, strict=True))
    read = f"SELECT {', '.join(names)} FROM json_to_recordset(%s) AS new_row ({columns})"  # noqa: S608
    values = [_value(field) for field in fields]
    return f"{_insert_into(model)} {read}", lambda row: {
        name: value(row) for name, value in zip(names, values, strict=True)
    }


@cache
def _for_sqlite(model) -> tuple[str, Callable[[models.Model], tuple[Any, ...]]]:
    fields = model._meta.concrete_fields
    values = [_adapted(field, _value(field)) for field in fields]
    marks = ", ".join(["%s"] * len(fields))
    return f"{_insert_into(model)} VALUES ({marks})", lambda row: tuple(
        [value(row) for value in values]
    )


def _insert_into(model) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in model._meta.concrete_fields)
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns})"


def _value(field) -> Value:
    if isinstance(field, (HeadlineKeyField, AddressKeyField)):  # kept in step by every save
        return lambda row: field.pre_save(row, True)
    return attrgetter(field.attname)


def _adapted(field, value: Value) -> Value:
    """What SQLite has no type for, as text."""
    if isinstance(field, models.JSONField):
        return lambda row: _text(value(row))
    if isinstance(field, models.DateTimeField):
        adapt = connection.ops.adapt_datetimefield_value
        return lambda row: adapt(value(row))
    return value


def _text(document):
    return None if document is None else _json.encode(document).decode()

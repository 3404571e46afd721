"""Many rows into one table with one statement.

`bulk_create` spends several times as long on writing SQL as a database on obeying it. Here a
statement is the same for any number of rows: PostgreSQL takes them as a COPY, SQLite as the
arguments of one prepared statement. Constraints and triggers see no difference.
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
    WRITERS[connection.vendor](type(rows[0]), rows)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return rows


def copy(table: str, columns: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Store rows of plain values, on PostgreSQL only."""
    quote = connection.ops.quote_name
    statement = f"COPY {quote(table)} ({', '.join(map(quote, columns))}) FROM STDIN"
    errors = connection.wrap_database_errors  # of COPY Django does not do it
    with connection.cursor() as cursor, errors, cursor.copy(statement) as opened:
        for row in rows:
            opened.write_row(row)


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


def _copy(model, rows):
    columns = [field.column for field in model._meta.concrete_fields]
    copy(model._meta.db_table, columns, map(_reader(model), rows))


def _insert(model, rows):
    quote = connection.ops.quote_name
    fields = model._meta.concrete_fields
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})",  # noqa: S608
            map(_reader(model), rows),
        )


WRITERS = {"postgresql": _copy, "sqlite": _insert}


@cache
def _reader(model) -> Callable[[models.Model], tuple[Any, ...]]:
    """What a row has in each column."""
    values = [_value(field) for field in model._meta.concrete_fields]
    return lambda row: tuple([value(row) for value in values])


def _value(field) -> Value:
    value: Value = attrgetter(field.attname)
    if isinstance(field, (HeadlineKeyField, AddressKeyField)):  # kept in step by every save
        return lambda row: field.pre_save(row, True)
    if isinstance(field, models.JSONField):
        return lambda row: _text(value(row))
    if isinstance(field, models.DateTimeField) and connection.vendor == "sqlite":
        adapt = connection.ops.adapt_datetimefield_value
        return lambda row: adapt(value(row))
    return value


def _text(document):
    return None if document is None else _json.encode(document).decode()

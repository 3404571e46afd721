"""Questions that every page asks, put into SQL once a process.

Django takes several times longer to write such a query than a database takes to answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

Value = datetime | int | str
STAND_IN = datetime(1601, 2, 3, 4, 5, 6, 789, tzinfo=UTC)


class Statement(NamedTuple):
    sql: str
    params: list[Any]
    slots: list[tuple[int, str, type]]  # which parameter is which value, and of which type
    converters: dict[int, Any]


class Prepared:
    """`build(**values)` gives a `values_list` queryset; each value a moment, a number or a text.

    It is called once for each set of names, with values that stand in for the real ones; all must
    reach the database as parameters. Calling this with real values gives the rows.
    """

    def __init__(self, build: Callable[..., Any]):
        self.build = build
        self.made: dict[tuple[str, ...], Statement] = {}

    def __call__(self, **values: Value) -> list[tuple]:
        connection = connections[DEFAULT_DB_ALIAS]
        key = (connection.vendor, *sorted(values))
        if key not in self.made:
            self.made[key] = self.statement(connection, values)
        made = self.made[key]
        params = list(made.params)
        for place, name, kind in made.slots:
            value = _adapted(connection, values[name])
            params[place] = value if isinstance(value, kind) else kind(value)
        with connection.cursor() as cursor:
            cursor.execute(made.sql, params)
            rows = cursor.fetchall()
        return list(_converted(rows, made.converters, connection))

    def statement(self, connection, values: dict[str, Value]) -> Statement:
        stand_ins = {n: _stand_in(place, values[n]) for place, n in enumerate(sorted(values))}
        compiler = self.build(**stand_ins).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        known = [(_adapted(connection, value), name) for name, value in stand_ins.items()]
        slots = [
            # psycopg has integers of its own, one for each width of column.
            (place, name, type(param))
            for place, param in enumerate(params)
            for value, name in known
            if isinstance(param, type(value)) and param == value
        ]
        missing = set(values) - {name for _place, name, _kind in slots}
        if missing:
            raise LookupError(f"{missing} did not become parameters")
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return Statement(sql, list(params), slots, converters)


def _stand_in(place: int, value: Value) -> Value:
    """A value of the same kind that stands nowhere else in a query."""
    if isinstance(value, datetime):
        return STAND_IN + timedelta(days=place)
    if isinstance(value, int):
        return 1_987_654_321 + place
    return f"\ue000{place}"


def _adapted(connection, value: Value) -> Any:
    """As the parameter of a query."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def _converted(rows, converters, connection) -> Iterator[tuple]:
    """Rows in Python's types, as a queryset would give them."""
    for row in rows:
        values = list(row)
        for place, (functions, expression) in converters.items():
            for function in functions:
                values[place] = function(values[place], expression, connection)
        yield tuple(values)

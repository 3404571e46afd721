"""Finding: which rows a question fits, the best first.

A row's rank is what the place of the words is worth, divided by one more than its age in years:

    4  all words are in the headline
    2  all are there or around the text: standfirst, key points, byline, tags, categories
    1  somewhere

so that a headline of three years ago stands beside a passing mention of today. Of more than
400 rows that fit, the newest 400 are ranked. Both databases find and order alike.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import F
from django.utils import timezone

from .entries import KINDS, age_of
from .queries import DIALECTS, Query

RANKED = 400
WORTH = {"A": 4, "AB": 2, "": 1}


class Found(NamedTuple):
    """A row of the queryset that was searched."""

    pk: int
    place: int
    worth: int


def ranked(
    rows,
    query: Query,
    by: str,
    *,
    now: datetime | None = None,
    most: int = 0,
    newest: bool = False,
) -> list[int]:
    """The keys of the best rows of a queryset. `by`: its column that the index refers to.

    The queryset may be filtered in any way: the index is asked and the rows are, in one query.
    `most`: so many of the newest that fit are ranked (0: RANKED). `newest`: and stay in that order.
    """
    if not query:
        return []
    now = now or timezone.now()
    found = FINDERS[connection.vendor](*_narrowed(rows, by), query, most or RANKED)

    def rank(row):
        worth = 1.0 if newest else row.worth / (1 + age_of(row.place, now))
        return worth, row.place

    found.sort(key=rank, reverse=True)
    return list(dict.fromkeys(row.pk for row in found))


def _narrowed(rows, by):
    """(SQL that gives key and reference, its parameters, the column of the index)."""
    field = rows.model._meta.get_field(by)
    kind = (field.related_model or rows.model)._meta.model_name
    if kind not in KINDS:
        raise LookupError(f"nothing of {rows.model.__name__} is in the index by {by}")
    sql, params = (
        rows.order_by().annotate(ref=F(by)).values_list("pk", "ref").query.sql_with_params()
    )
    return sql, params, f"{kind}_id"


def _fitting(sql: str, column: str) -> str:
    """The rest of a SELECT of the rows that fit, newest first: for the parameters of `sql`, the
    words of a question, and its span."""
    if connection.vendor == "sqlite":
        return (
            # CROSS JOIN is SQLite's word for: in this order.
            "FROM articles_words "  # noqa: S608  all values are bound
            "CROSS JOIN articles_search ON articles_search.place = articles_words.rowid "
            f"CROSS JOIN (WITH given(pk, ref) AS ({sql}) SELECT * FROM given) AS rows "
            f"ON rows.ref = articles_search.{column} WHERE articles_words MATCH %s "
            "AND articles_words.rowid BETWEEN %s AND %s ORDER BY articles_words.rowid DESC"
        )
    return (
        f"FROM articles_search JOIN ({sql}) AS rows(pk, ref) "
        f"ON rows.ref = articles_search.{column} WHERE articles_search.words @@ %s::tsquery "
        "AND articles_search.place BETWEEN %s AND %s ORDER BY articles_search.place DESC"
    )


def _sqlite(sql, params, column, query, most) -> list[Found]:
    """From the newest match down: what SQLite's full-text index gives by itself, and stops."""
    write = DIALECTS["sqlite"].write
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH matches(pk, place) AS MATERIALIZED ("  # noqa: S608  all values are bound
            f"SELECT rows.pk, articles_words.rowid {_fitting(sql, column)} LIMIT {most}) "
            "SELECT pk, place, 1 FROM matches"
            + "".join(
                f" UNION ALL SELECT NULL, rowid, {WORTH[within]} FROM articles_words "  # noqa: S608
                "WHERE articles_words MATCH %s AND rowid BETWEEN "
                "(SELECT min(place) FROM matches) AND (SELECT max(place) FROM matches)"
                for within in ("AB", "A")
            ),
            [*params, write(query), *query.span, write(query, "AB"), write(query, "A")],
        )
        rows = cursor.fetchall()
    worth = {place: points for _pk, place, points in rows}  # the best comes last
    return [Found(pk, place, worth[place]) for pk, place, _points in rows if pk]


def _postgresql(sql, params, column, query, most) -> list[Found]:
    write = DIALECTS["postgresql"].write
    tiers = " ".join(f"WHEN words @@ %s::tsquery THEN {WORTH[within]}" for within in ("A", "AB"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pk, place, CASE {tiers} ELSE 1 END FROM ("  # noqa: S608  all values are bound
            "SELECT rows.pk, articles_search.place, articles_search.words "
            f"{_fitting(sql, column)} LIMIT {most}) AS newest",
            [write(query, "A"), write(query, "AB"), *params, write(query), *query.span],
        )
        return [Found(*row) for row in cursor.fetchall()]


FINDERS = {"sqlite": _sqlite, "postgresql": _postgresql}


# Whether there is anything


def anything(rows, queries: list[Query], by: str) -> set[int]:
    """The places in this list of the questions that find a row of this queryset. One query."""
    asked = [(place, query) for place, query in enumerate(queries) if query]
    if not asked:
        return set()
    part, values_of = _any(*_narrowed(rows, by))
    # Each with its own words: by them PostgreSQL knows whether they are rare or everywhere.
    parts = [f"SELECT {place} WHERE ({part}) IS NOT NULL" for place, _query in asked]
    values = [value for _place, query in asked for value in values_of(query)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {place for (place,) in cursor.fetchall()}


def _any(sql, params, column):
    """(SQL of the key of any row that fits, its parameters for a question)."""
    write = DIALECTS[connection.vendor].write
    if connection.vendor == "sqlite":
        newest = f"SELECT rows.pk {_fitting(sql, column)} LIMIT 1"
        return newest, lambda query: (*params, write(query), *query.span)
    # OFFSET 0 keeps the two questions apart. As one, PostgreSQL walks the whole index for words
    # that no text has together, or works out for all rows at once which of them fit.
    said = (
        f"SELECT {column} FROM articles_search WHERE words @@ %s::tsquery "  # noqa: S608  bound
        "AND place BETWEEN %s AND %s OFFSET 0"
    )
    rows = f"({said}) AS said(ref) JOIN ({sql}) AS rows(pk, ref) USING (ref)"
    any_row = f"SELECT rows.pk FROM {rows} LIMIT 1"  # noqa: S608  all values are bound
    return any_row, lambda query: (write(query), *query.span, *params)


SAYS = {
    "sqlite": "articles_words WHERE articles_words MATCH asked.query",
    "postgresql": "articles_search WHERE articles_search.words @@ asked.query::tsquery",
}


def said(queries: list[Query]) -> set[int]:
    """The places in this list of what any text of the index says, whoever may find it."""
    asked = [(place, query) for place, query in enumerate(queries) if query]
    if not asked:
        return set()
    kind, write = connection.vendor, DIALECTS[connection.vendor].write
    listed = ", ".join(["(%s, %s)"] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH asked(place, query) AS (VALUES {listed}) "  # noqa: S608  all values are bound
            "SELECT asked.place FROM asked WHERE EXISTS "
            f"(SELECT 1 FROM {SAYS[kind]})",
            [v for place, query in asked for v in (place, write(query))],
        )
        return {place for (place,) in cursor.fetchall()}


class Ranked:
    """The rows of a queryset in the order of these keys: sliced like one, and then fetched."""

    def __init__(self, rows, keys: list[int]):
        self.rows, self.keys, self.model = rows, keys, rows.model

    def __len__(self):
        return len(self.keys)

    def __getitem__(self, part: slice) -> list:
        keys = self.keys[part]
        found = {row.pk: row for row in self.rows.filter(pk__in=keys)} if keys else {}
        return [found[key] for key in keys if key in found]

    def __iter__(self):
        return iter(self[:])

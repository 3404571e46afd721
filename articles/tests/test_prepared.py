"""Queries that are written once and asked with other values."""

from datetime import UTC, datetime

from django.test import TestCase

from articles.models import Category, Version
from articles.reading.prepared import Prepared

from .newsroom import HOUR, dated, live


class PreparedTests(TestCase):
    def test_the_rows_are_those_of_the_queryset_in_the_same_types(self):
        live(*(dated(n * HOUR, number=n) for n in (1, 2, 3)))

        def build(at, number):
            found = Version.objects.filter(first_published_at__lt=at, number=number)
            columns = ("pk", "first_published_at", "dated", "rendering__card", "correction")
            return found.order_by("pk").values_list(*columns)

        question = Prepared(build)
        for at in Version.objects.values_list("first_published_at", flat=True):
            self.assertEqual(question(at=at, number=1), list(build(at, 1)))
        self.assertEqual(question(at=datetime(2300, 1, 1, tzinfo=UTC), number=2), [])

    def test_a_value_may_stand_in_several_places_and_look_like_sql(self):
        @Prepared
        def question(text):
            found = Category.objects.without_tree_fields().exclude(description=text)
            return found.filter(name=text).values_list("name")

        for name in ("O'Hara", "100 %", "%s"):
            Category.objects.create(name=name, slug=f"s{len(name)}", path=name, words=name)
            self.assertEqual(question(text=name), [(name,)])

    def test_a_value_that_would_not_reach_the_database_is_a_mistake_told_at_once(self):
        question = Prepared(lambda at, size: Version.objects.values_list("pk")[:5])
        with self.assertRaises(LookupError):
            question(at=datetime(2024, 1, 1, tzinfo=UTC), size=5)

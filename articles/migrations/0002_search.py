"""The index for searching. Its tables are the databases' own: see `articles.models.search`."""

import django.db.models.deletion
from django.db import migrations, models

# A row goes with what it belongs to, whoever removes that.
COLUMNS = ", ".join(
    f"{kind}_id bigint NULL UNIQUE REFERENCES articles_{kind} (id) ON DELETE CASCADE"
    for kind in ("revision", "photo", "video")
)
OF_ONE = (
    "CONSTRAINT search_of_one CHECK ((revision_id IS NOT NULL) + (photo_id IS NOT NULL)"
    " + (video_id IS NOT NULL) = 1)"
)
STATEMENTS = {
    "sqlite": [
        f"CREATE TABLE articles_search (place integer NOT NULL PRIMARY KEY, {COLUMNS}, {OF_ONE})",
        "CREATE VIRTUAL TABLE articles_words USING fts5"
        " (headline, upper, body, tokenize = 'ascii')",
    ],
    "postgresql": [
        "CREATE TABLE articles_search (place bigint NOT NULL PRIMARY KEY,"
        f" {COLUMNS}, words tsvector NOT NULL,"
        " CONSTRAINT search_of_one CHECK (num_nonnulls(revision_id, photo_id, video_id) = 1))",
        "CREATE INDEX articles_search_words ON articles_search USING gin (words)",
    ],
}
TABLES = {"sqlite": ["articles_words", "articles_search"], "postgresql": ["articles_search"]}


def make(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for table in TABLES[schema_editor.connection.vendor]:
        schema_editor.execute(f"DROP TABLE {table}")


def of(model):
    return models.OneToOneField(
        null=True,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=f"articles.{model}",
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make, drop)],
            state_operations=[
                migrations.CreateModel(
                    name="Search",
                    fields=[
                        ("place", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("revision", of("revision")),
                        ("photo", of("photo")),
                        ("video", of("video")),
                    ],
                    options={"verbose_name_plural": "search"},
                ),
                migrations.AddConstraint(
                    model_name="search",
                    constraint=models.CheckConstraint(
                        condition=models.Q(revision__isnull=False, photo=None, video=None)
                        | models.Q(revision=None, photo__isnull=False, video=None)
                        | models.Q(revision=None, photo=None, video__isnull=False),
                        name="search_of_one",
                    ),
                ),
            ],
        )
    ]

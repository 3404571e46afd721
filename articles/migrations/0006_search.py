"""What searching needs besides words: beginnings of words in an index of their own (SQLite), and
how the words that stand in stories are spelled.

Run `manage.py reindex` afterwards: only that fills the table and tells the index where stories
are listed. Until then words are found as before, and nothing within a section.
"""

from django.db import migrations, models

COLUMNS = "headline, upper, body"
MADE = f"CREATE VIRTUAL TABLE articles_words USING fts5 ({COLUMNS}, tokenize = 'ascii'%s)"
PREFIXES = ", prefix = '2 3 4 5'"


def with_prefixes(apps, schema_editor):
    _made_anew(schema_editor, PREFIXES)


def without_prefixes(apps, schema_editor):
    _made_anew(schema_editor, "")


def _made_anew(schema_editor, options):
    if schema_editor.connection.vendor != "sqlite":
        return
    schema_editor.execute("ALTER TABLE articles_words RENAME TO articles_words_old")
    schema_editor.execute(MADE % options)
    schema_editor.execute(
        f"INSERT INTO articles_words (rowid, {COLUMNS})"
        f" SELECT rowid, {COLUMNS} FROM articles_words_old"
    )
    schema_editor.execute("DROP TABLE articles_words_old")


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_pings")]

    operations = [
        migrations.RunPython(with_prefixes, without_prefixes),
        migrations.CreateModel(
            name="Spelling",
            fields=[
                ("id", models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                )),
                ("key", models.BigIntegerField(db_index=True)),
                ("word", models.CharField(db_index=True, max_length=60)),
            ],
            options={"verbose_name_plural": "spellings"},
        ),
    ]

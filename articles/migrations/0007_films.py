"""Films are shown by versions, as pictures and attachments are, and have an address that asks for
that; what is stored of pages, feeds and data leads there.

Run `manage.py reindex` afterwards for films that play elsewhere: only that tells where they are used.
"""

import re

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import articles.models.library

AT_ONCE = 500
NAME = r"[0-9a-f]{32}\.(?:webm|mp4)"


def lead_there(apps, schema_editor):
    """Whatever stood under `MEDIA_URL`."""
    media = settings.MEDIA_URL
    site = "<!--site-->" if not media.startswith("/") else ""  # of JSON-LD, in front of our own paths
    old = re.compile(rf"{re.escape(media)}videos/({NAME})")
    alias = schema_editor.connection.alias
    films = apps.get_model("articles", "Video").objects.using(alias)
    keys = {name.removeprefix("videos/"): key for name, key in films.values_list("file", "pk")}
    shown = apps.get_model("articles", "Shown")
    renderings = apps.get_model("articles", "Rendering").objects.using(alias)
    told = f"{media}videos/"
    with_films = renderings.filter(Q(article__contains=told) | Q(head__contains=told))
    last = 0
    while found := list(with_films.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = found[-1].pk
        rows = {}
        for row in found:
            for name in old.findall(row.article + row.head):
                if name in keys:
                    rows[row.pk, keys[name]] = shown(version_id=row.pk, video_id=keys[name])
            row.article = old.sub(r"/files/\1", row.article)
            row.head = old.sub(rf"{site}/files/\1", row.head)
            if film := row.card.get("film"):
                film["src"] = old.sub(r"/files/\1", film["src"])
        renderings.bulk_update(found, ["article", "head", "card"])
        shown.objects.using(alias).bulk_create(rows.values(), ignore_conflicts=True)
    if schema_editor.connection.vendor == "postgresql":
        # The index of the new key comes last, and waits for no check that is still to come.
        schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_search")]

    operations = [
        migrations.AlterField(
            "video",
            "file",
            models.FileField(
                blank=True,
                max_length=200,
                storage=articles.models.library.LibraryStorage(),
                upload_to=articles.models.library.upload_video,
                verbose_name="file",
            ),
        ),
        migrations.RemoveConstraint("shown", "shown_of_one"),
        migrations.AddField(
            "shown",
            "video",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shown",
                to="articles.video",
            ),
        ),
        migrations.AddConstraint(
            "shown",
            models.UniqueConstraint(fields=("version", "video"), name="shown_video_once"),
        ),
        migrations.AddConstraint(
            "shown",
            models.CheckConstraint(
                condition=Q(photo__isnull=False, attachment=None, video=None)
                | Q(photo=None, attachment__isnull=False, video=None)
                | Q(photo=None, attachment=None, video__isnull=False),
                name="shown_of_one",
            ),
        ),
        migrations.RunPython(lead_there, migrations.RunPython.noop, elidable=True),
    ]

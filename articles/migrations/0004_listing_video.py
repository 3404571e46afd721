"""Lists of films, of each category, tag and author: without their own indexes a list of the few
films of a large section would walk past all its other stories. Filled from what cards say."""

from django.db import migrations, models
from django.db.models import Q

KINDS = ("category", "tag", "author")


def fill(apps, schema_editor):
    listings = apps.get_model("articles", "Listing").objects.using(schema_editor.connection.alias)
    listings.filter(version__rendering__card__has_video=True).update(has_video=True)


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_roles")]

    operations = [
        migrations.AddField("listing", "has_video", models.BooleanField(default=False)),
        *[
            migrations.AddIndex(
                "listing",
                models.Index(
                    fields=[kind, "-first_published_at", "-version"],
                    condition=Q(**{f"{kind}__isnull": False}, has_video=True),
                    name=f"listing_{kind}_video",
                ),
            )
            for kind in KINDS
        ],
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]

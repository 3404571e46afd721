"""An index of the versions that took something back, for the desk's lists of what nobody sees."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_films")]

    operations = [
        migrations.AddIndex(
            model_name="version",
            index=models.Index(
                condition=models.Q(("pubstatus", "usable"), _negated=True),
                fields=["article"],
                name="version_taken_back",
            ),
        ),
    ]

"""The roles of a newsroom, as groups. What each may is told in docs/editors/people.md."""

from django.db import migrations

from articles import roles

ARTICLE = ["view_article", "add_article", "change_article", "delete_article"]
SHELVES = ["view_photo", "view_video", "view_attachment", "view_category", "view_tag", "view_author"]
WRITES = [*ARTICLE, *SHELVES, "add_tag"]
FILES = ["add_attachment", "change_attachment"]
EDITS = [
    *("others_article", "publish_article", "withdraw_article", "review_article", "purge_article"),
    *("share_article", "view_revision", "view_version"),
    *("view_importrun", "view_importitem", "decide_importitem"),
    *("view_front", "add_front", "change_front", "publish_front"),
    *("add_author", "change_author", "change_tag", "add_photo", "change_photo"),
    *("add_video", "change_video", "add_category", "change_category", *FILES),
]
PICTURES = ["view_article", "others_article", *SHELVES]
PICTURES += [
    f"{act}_{what}"
    for what in ("photo", "video", "attachment")
    for act in ("add", "change", "delete")
]
HOUSE = ["view_redaction", "redact_article", "view_auditentry"]
HOUSE += ["view_desk", "add_desk", "change_desk", "delete_desk"]
ACCOUNTS = ["auth.view_user", "auth.add_user", "auth.change_user", "auth.view_group"]
REDIRECTS = [f"redirects.{act}_redirect" for act in ("view", "add", "change", "delete")]


def _articles(*names):
    return [f"articles.{name}" for name in dict.fromkeys(names)]


RIGHTS = {
    "contributor": _articles(*WRITES),
    "author": _articles(
        *WRITES, "publish_article", "share_article", "add_photo", "change_photo", *FILES
    ),
    "editor": _articles(*WRITES, *EDITS),
    "photo desk": _articles(*PICTURES),
    "administrator": [*_articles(*WRITES, *EDITS, *PICTURES, *HOUSE), *ACCOUNTS, *REDIRECTS],
}


def make_roles(apps, schema_editor):
    roles.make(apps, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_search"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("redirects", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

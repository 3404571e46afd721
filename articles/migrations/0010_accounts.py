"""Whose a story is, desks, the bin; and the roles of a newsroom as groups."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from articles import roles

ARTICLE = ["view_article", "add_article", "change_article", "delete_article"]
SHELVES = ["view_photo", "view_video", "view_category", "view_tag", "view_author"]
WRITES = [*ARTICLE, *SHELVES, "add_tag"]
EDITS = [
    *("others_article", "publish_article", "withdraw_article", "review_article", "purge_article"),
    *("view_revision", "view_version", "view_importrun", "view_importitem", "decide_importitem"),
    *("view_front", "add_front", "change_front", "publish_front"),
    *("add_author", "change_author", "change_tag", "add_photo", "change_photo"),
    *("add_video", "change_video", "add_category", "change_category"),
]
PICTURES = ["view_article", "others_article", *SHELVES]
PICTURES += [f"{act}_{what}" for what in ("photo", "video") for act in ("add", "change", "delete")]
HOUSE = ["view_redaction", "view_auditentry", "view_desk", "add_desk", "change_desk", "delete_desk"]
ACCOUNTS = ["auth.view_user", "auth.add_user", "auth.change_user", "auth.view_group"]
REDIRECTS = [f"redirects.{act}_redirect" for act in ("view", "add", "change", "delete")]


def _articles(*names):
    return [f"articles.{name}" for name in dict.fromkeys(names)]


RIGHTS = {
    "contributor": _articles(*WRITES),
    "author": _articles(*WRITES, "publish_article", "add_photo", "change_photo"),
    "editor": _articles(*WRITES, *EDITS),
    "photo desk": _articles(*PICTURES),
    "administrator": [*_articles(*WRITES, *EDITS, *PICTURES, *HOUSE), *ACCOUNTS, *REDIRECTS],
}


def make_roles(apps, schema_editor):
    roles.give(apps, RIGHTS, new=True)


def keep_rights(apps, schema_editor):
    """Until now everybody worked on every story: whoever could goes on doing so."""
    Permission = apps.get_model("auth", "Permission")
    found = Permission.objects.filter(
        content_type__app_label="articles", codename__in=["view_article", "change_article"]
    )
    others = roles.permission(apps, "articles.others_article")
    groups = apps.get_model("auth", "Group").objects.filter(permissions__in=found)
    for group in groups.exclude(name__in=RIGHTS).distinct():
        group.permissions.add(others)
    for user in apps.get_model("auth", "User").objects.filter(user_permissions__in=found).distinct():
        user.user_permissions.add(others)


def find_beginners(apps, schema_editor):
    """Who saved a story first has begun it."""
    Article, Revision = apps.get_model("articles", "Article"), apps.get_model("articles", "Revision")
    first = Revision.objects.filter(article=models.OuterRef("pk")).order_by("pk").values("by")[:1]
    Article.objects.update(created_by=models.Subquery(first))


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0010_merged_imports'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('redirects', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Desk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
            ],
            options={
                'verbose_name': 'desk',
                'verbose_name_plural': 'desks',
                'ordering': ['name'],
            },
        ),
        migrations.AlterModelOptions(
            name='article',
            options={'permissions': [('publish_article', 'Can publish, schedule and correct stories'), ('withdraw_article', 'Can withdraw published stories'), ('others_article', "Can work on other people's stories"), ('purge_article', 'Can empty the bin')], 'verbose_name': 'article', 'verbose_name_plural': 'articles'},
        ),
        migrations.CreateModel(
            name="BinnedArticle",
            fields=[],
            options={
                "verbose_name": "story in the bin",
                "verbose_name_plural": "bin",
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("articles.article",),
        ),
        migrations.AddField(
            model_name="article",
            name="binned_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name='put into the bin'),
        ),
        migrations.AddField(
            model_name='article',
            name='binned_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='article',
            name='created_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stories', to=settings.AUTH_USER_MODEL, verbose_name='begun by'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('binned_at__isnull', False)), fields=['binned_at'], name='article_in_bin'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('binned_at__range', (datetime.datetime(1600, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), datetime.datetime(2200, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))), ('binned_at__isnull', True), _connector='OR'), name='article_binned_at_sane'),
        ),
        migrations.AddField(
            model_name='desk',
            name='categories',
            field=models.ManyToManyField(blank=True, help_text='And what lies below them. With none, members see their own stories only.', related_name='desks', to='articles.category', verbose_name='categories'),
        ),
        migrations.AddField(
            model_name='desk',
            name='members',
            field=models.ManyToManyField(blank=True, related_name='desks', to=settings.AUTH_USER_MODEL, verbose_name='members'),
        ),
        # The groups after that: a group somebody made under the name of a role stays as it is.
        migrations.RunPython(find_beginners, migrations.RunPython.noop),
        migrations.RunPython(keep_rights, migrations.RunPython.noop),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]

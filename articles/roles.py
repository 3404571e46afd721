"""The roles of a newsroom are groups, made by migrations. What each may: docs/editors/people.md.

A group has a name that stays (`editor`), which pages show in their language.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NAMES = {
    "contributor": _("Contributor"),
    "author": _("Author"),
    "editor": _("Editor"),
    "photo desk": _("Photo desk"),
    "administrator": _("Administrator"),
}


def shown(group) -> str:
    """The name of a group, in the language of whoever reads it."""
    return str(NAMES.get(group.name, group.name))


def make(apps, rights: dict[str, list[str]]) -> None:
    """For migrations: groups with these rights (`articles.view_photo`), which are made where
    `migrate` has not made them yet. A group that is there stays what the newsroom made of it."""
    for name, labels in rights.items():
        group, is_new = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        if is_new:
            group.permissions.add(*(permission(apps, label) for label in labels))


def permission(apps, label: str):
    """For migrations: a right by its label, made where `migrate` has not made it yet."""
    app, codename = label.split(".")
    meta, name = _declared(apps, app, codename)
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kind, _made = kinds.get_or_create(app_label=app, model=meta.model_name)
    found, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": name}
    )
    return found


def _declared(apps, app, codename):
    """The model that declares a right, and what the right is called."""
    for model in apps.get_app_config(app).get_models():
        if name := dict(model._meta.permissions).get(codename):
            return model._meta, name
    act, model = codename.rsplit("_", 1)
    meta = apps.get_model(app, model)._meta
    return meta, f"Can {act} {meta.verbose_name_raw}"

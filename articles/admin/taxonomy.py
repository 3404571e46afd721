"""Categories, tags and authors: their addresses follow them, and old ones lead there."""

from __future__ import annotations

from copy import copy

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from tree_queries.admin import TreeAdmin, TreeChangeList

from .. import addresses, scope
from ..models import Author, Category, Desk, Tag
from .base import Careful, demand
from .meanwhile import Meanwhile, MeanwhileForm


class CategoryForm(MeanwhileForm):
    class Meta:
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}

    def clean(self):
        super().clean()
        if not self.errors:
            self._try_to_place()
        return self.cleaned_data

    def _try_to_place(self):
        """Refuse here, at the field, what `addresses.place` would refuse later."""
        tried = copy(self.instance)
        for name, value in self.cleaned_data.items():
            setattr(tried, name, value)
        with transaction.atomic():
            try:
                addresses.place(tried)
            finally:
                transaction.set_rollback(True)

    def _get_validation_exclusions(self):
        # An empty slug, or one that is taken here, is made good by `addresses.place`.
        return super()._get_validation_exclusions() | {"slug"}


@admin.register(Category)
class CategoryAdmin(Meanwhile, Careful, TreeAdmin):
    form = CategoryForm
    position_field = "position"
    list_display = [*TreeAdmin.list_display, "address"]
    search_fields = ["words", "slug"]
    fields = ["name", "slug", "parent", "description"]
    prepopulated_fields = {"slug": ["name"]}
    list_per_page = 2000
    paginator = Paginator
    actions = None

    def get_changelist(self, request, **kwargs):
        return TreeChangeList

    @admin.display(description=_("address"))
    def address(self, category):
        return f"/{category.path}/"

    def indented_title(self, instance, *, ellipsize=True):
        shown = Category(name=instance.name)  # the tree already says what is above it
        shown.tree_depth = instance.tree_depth
        return super().indented_title(shown, ellipsize=ellipsize)

    indented_title.short_description = _("name")

    # Which stories are a desk's follows from the tree, so no desk shapes it.

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not scope.has_desk(request.user)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not scope.has_desk(request.user)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not scope.has_desk(request.user)

    def save_model(self, request, obj, form, change):
        self._place(request, obj)

    def _place(self, request, category):
        for note in addresses.place(category):
            self.message_user(request, note, messages.WARNING)

    def is_valid_move(self, request, node, *, parent, after):
        beside = Category.objects.filter(parent=parent, slug=node.slug).exclude(pk=node.pk)
        return not beside.exists()

    def move_node_view(self, request):
        """The library moves the row; its branch follows in the same transaction."""
        demand(self.has_change_permission(request))
        with transaction.atomic():
            before = dict(Category.objects.values_list("pk", "parent"))
            response = super().move_node_view(request)
            for category in Category.objects.all():
                if before.get(category.pk) != category.parent_id:
                    try:
                        self._place(request, category)
                        addresses.relist(category)
                    except ValidationError as error:
                        transaction.set_rollback(True)
                        self.message_user(request, " ".join(error.messages), messages.ERROR)
                        return HttpResponse("error")
        return response


class NamedAdmin(Meanwhile, Careful, admin.ModelAdmin):
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    ordering = ["name"]
    actions = None

    def save_model(self, request, obj, form, change):
        before = self.model.objects.get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        if before:
            addresses.rename(obj, before)


@admin.register(Tag)
class TagAdmin(NamedAdmin):
    list_display = ["name", "slug"]


@admin.register(Author)
class AuthorAdmin(NamedAdmin):
    list_display = ["name", "role", "slug", "account"]
    list_select_related = ["account"]
    autocomplete_fields = ["account"]
    fields = ["name", "slug", "role", "biography", "account"]


@admin.register(Desk)
class DeskAdmin(Meanwhile, Careful, admin.ModelAdmin):
    list_display = ["name"]
    search_fields = ["name"]
    fields = ["name", "members", "categories"]
    autocomplete_fields = ["members", "categories"]
    actions = None

"""Accounts: invited by mail, given a role, deactivated and never deleted."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from newsroom.accounts import mail, second_factor
from newsroom.accounts.pages import note

from .. import roles
from .base import demand

User = get_user_model()

# Registered by their own modules, which are imported above. Theirs show the keys of every phone.
admin.site.unregister([TOTPDevice, StaticDevice, User])


class Roles(forms.ModelMultipleChoiceField):
    def label_from_instance(self, group):
        return roles.shown(group)


class InvitationForm(forms.ModelForm):
    """Somebody new: the address is the user name, the password is theirs to set."""

    email = forms.EmailField(label=_("E-mail"), max_length=150)

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "groups")

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        known = User.objects.filter(username__iexact=email) | User.objects.filter(
            email__iexact=email
        )
        if known.exists():
            raise ValidationError(_("Somebody with this address has an account."))
        return email

    def save(self, commit=True):
        user = self.instance
        user.username, user.is_staff = self.cleaned_data["email"], True
        user.set_unusable_password()
        return super().save(commit)


def is_above(user, other) -> bool:
    """Whether the other may do what this one may not: then it is not theirs to change."""
    if user.is_superuser:
        return False
    return other.is_superuser or bool(other.get_all_permissions() - user.get_all_permissions())


class RoleFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field, request, model_admin):
        return [(group.pk, roles.shown(group)) for group in Group.objects.order_by("pk")]


@admin.register(User)
class AccountAdmin(UserAdmin):
    add_form = InvitationForm
    add_form_template = None
    change_form_template = "admin/articles/account.html"
    add_fieldsets = [(None, {"fields": ["email", "first_name", "last_name", "groups"]})]
    list_display = ["username", "first_name", "last_name", "role", "is_active", "last_login"]
    list_filter = ["is_active", ("groups", RoleFilter)]
    actions = None
    readonly_fields = ["last_login", "date_joined"]  # they are told, not typed

    @admin.display(description=_("role"))
    def role(self, user):
        return ", ".join(map(roles.shown, user.groups.all()))

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return [
            (None, {"fields": ["username", "password"]}),
            (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
            (_("Rights"), {"fields": ["is_active", "groups"]}),
        ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs |= {"form_class": Roles, "queryset": self._roles_for(request.user)}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _roles_for(self, user):
        """Nobody gives rights that they have not."""
        if user.is_superuser:
            return Group.objects.all()
        names = user.get_all_permissions()
        beyond = [
            right.pk
            for right in Permission.objects.select_related("content_type")
            if f"{right.content_type.app_label}.{right.codename}" not in names
        ]
        return Group.objects.exclude(permissions__in=beyond)

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not is_above(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return False  # what somebody published says who it was

    # Invitations

    def add_view(self, request, form_url="", extra_context=None):
        told = {"title": _("Invite somebody"), **(extra_context or {})}
        return super().add_view(request, form_url, told)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change:
            user = form.instance
            transaction.on_commit(lambda: mail.invite(user, request.user))

    def response_add(self, request, obj, post_url_continue=None):
        told = _("An invitation is on its way to %s.") % obj.email
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"{self.admin_site.name}:auth_user_changelist"))

    # The second factor

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = path("<id>/second-factor/", wrap(self.take_away), name="auth_user_second_factor")
        return [own, *super().get_urls()]

    def take_away(self, request, id):
        """For somebody who has lost phone and paper: the next log-in sets up another."""
        demand(self.has_change_permission(request))
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        user = self.get_object(request, id)
        if user is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, id)
        demand(self.has_change_permission(request, user))
        with transaction.atomic():
            second_factor.take_away(user)
            note(request.user, user, "Second factor taken away.")
        told = _("%s sets up a second factor at the next log-in.") % user
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(
            reverse(f"{self.admin_site.name}:auth_user_change", args=[user.pk])
        )

    def render_change_form(self, request, context, **kwargs):
        user = context.get("original")
        context["has_second_factor"] = bool(user) and second_factor.is_set_up(user)
        return super().render_change_form(request, context, **kwargs)

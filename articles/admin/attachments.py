"""Documents and recordings of the library."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .. import attachments, library
from ..models import Attachment
from ..rendering.attached import facts
from .blocks import lines
from .library import LibraryAdmin, PlayedForm
from .uses import Uses


class AttachmentForm(PlayedForm):
    look = staticmethod(attachments.look)

    class Meta:
        widgets = {"caption": lines(2)}

    def _post_clean(self):
        super()._post_clean()
        if self.digest and not self.errors:
            size = self.cleaned_data["file"].size
            library.describe(self.instance, self.facts, digest=self.digest, size=size)


@admin.register(Attachment)
class AttachmentAdmin(Uses, LibraryAdmin):
    form = AttachmentForm
    list_display = ["title", "what", "credit", "added_at"]
    list_filter = ["kind"]
    fields = ["title", "file", "caption", "credit", "what", "used"]
    readonly_fields = ["what", "used"]
    ordering = ["-added_at", "-id"]
    search_fields = ["title", "caption", "credit"]
    search_help_text = None

    def get_search_results(self, request, queryset, search_term):
        """Few, and so not in the index."""
        return admin.ModelAdmin.get_search_results(self, request, queryset, search_term)

    @admin.display(description=_("what it is"))
    def what(self, attachment):
        if not attachment.pk:
            return "–"
        told = " · ".join(facts(attachment))
        return format_html('<a href="{}" target="_blank">{}</a>', attachment.file.url, told)

"""Documents and recordings of the library."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .. import attachments, library
from ..models import Attachment
from ..rendering.attached import facts
from .blocks import lines
from .library import LibraryAdmin, UploadForm
from .uses import Uses


@contextmanager
def on_disk(uploaded) -> Iterator[Path]:
    """Where the file that was sent lies; small ones are in memory only, and lie there for this."""
    if hasattr(uploaded, "temporary_file_path"):
        yield Path(uploaded.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in uploaded.chunks():
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)


class AttachmentForm(UploadForm):
    upload = "file"
    facts: attachments.Facts

    class Meta:
        widgets = {"caption": lines(2)}

    def clean_file(self):
        if self.uploaded:
            with on_disk(self.uploaded) as path:
                self._look(path)
            self.uploaded.seek(0)
            self.refuse_twin()
        return self.cleaned_data["file"]

    def _look(self, path):
        try:
            self.facts = attachments.look(path)
        except attachments.AttachmentError as error:
            raise ValidationError(str(error)) from error
        with path.open("rb") as stream:
            self.digest = hashlib.file_digest(stream, "sha256").hexdigest()

    def _post_clean(self):
        super()._post_clean()
        if self.digest and not self.errors:  # the name it is stored under says what it is
            self.instance.file.name = f"file{self.facts.suffix}"
            size = self.uploaded.size
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

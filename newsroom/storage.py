"""Where media are kept on a disk of one's own."""

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """A file is stored whole or not at all: what a full disk has cut off is taken away."""

    def _save(self, name, content):
        try:
            return super()._save(name, content)
        except OSError:
            self.delete(name)  # nobody else's: `save` has just found it free
            raise

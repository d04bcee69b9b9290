from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """What comes in from and goes out to files: the one spreadsheet reader and imports that wait for confirmation."""

    name = "zhuzun.documents"
    label = "documents"
    verbose_name = "文件"

    def ready(self):
        """Whether papers can be printed is checked before anything starts."""
        from zhuzun.documents.papers import checks  # noqa: F401  (registers the system check)

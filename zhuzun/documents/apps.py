from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """What comes in from and goes out to files: the one spreadsheet reader and imports that wait for confirmation."""

    name = "zhuzun.documents"
    label = "documents"
    verbose_name = "文件"

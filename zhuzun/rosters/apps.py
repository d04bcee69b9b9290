from django.apps import AppConfig


class RostersConfig(AppConfig):
    name = "zhuzun.rosters"
    label = "rosters"
    verbose_name = "花名册"

    def ready(self):
        from zhuzun.ui import navigation

        navigation.add("系统", "导入花名册", "rosters:upload", "file-import", "accounts.import_roster", 11)

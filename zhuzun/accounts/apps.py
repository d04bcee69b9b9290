from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "zhuzun.accounts"
    label = "accounts"
    verbose_name = "账号与身份"

    def ready(self):
        from zhuzun.accounts import listeners
        from zhuzun.ui import navigation

        listeners.connect()
        navigation.add("系统", "人员与账号", "accounts:people", "users", "accounts.view_user", 10)

"""Make the first account of an installation: the security administrator, who opens all others."""

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from zhuzun import clock
from zhuzun.accounts import services
from zhuzun.errors import DomainError


class Command(BaseCommand):
    help = "Make the security administrator (安全管理员) of an empty installation and print a one-time password, once."

    def add_arguments(self, parser):
        parser.add_argument("--name", default="安全管理员", help="the person's name (姓名)")
        parser.add_argument("--username", default="security", help="the user name to sign in with (用户名)")

    def handle(self, *args, name, username, **options):
        try:
            slip = services.first_admin(name, username=username, now=clock.now())
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(
            f"安全管理员的账号已建立。一次性密码只在这里显示这一次，首次登录须修改：\n"
            f"    用户名    {slip.user.username}\n"
            f"    密　码    {slip.password}\n"
            f"下一步：登录 /accounts/login/，在“人员与账号”中导入花名册或逐个开户（先为系统管理员、审计管理员开户）。"
        )

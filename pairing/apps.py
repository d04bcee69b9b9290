from django.apps import AppConfig

from zhuzun.organisations import sections
from zhuzun.ui import navigation


class PairingConfig(AppConfig):
    name = "pairing"
    label = "pairing"
    verbose_name = "结对关系"

    def ready(self):
        from pairing.of_body import section

        group = "结对协作"
        navigation.add(group, "结对关系", "pairing:table", "link", "pairing.view_table", 10)
        navigation.add(group, "下级结对", "pairing:sub_list", "hierarchy-2", "pairing.view_pairing", 20)
        navigation.add(group, "覆盖情况", "pairing:coverage", "chart-bar", "pairing.view_pairing", 30)
        navigation.add(group, "对接联系人", "pairing:contacts", "phone", "organisations.view_contact", 40)
        navigation.add(group, "协作协议", "pairing:agreements", "file-text", "pairing.view_agreement", 50)
        sections.add(section)

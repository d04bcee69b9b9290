from django.apps import AppConfig

from zhuzun.ui import navigation


class OrganisationsConfig(AppConfig):
    name = "zhuzun.organisations"
    label = "organisations"
    verbose_name = "单位与区划"

    def ready(self):
        group = "单位与人员"
        navigation.add(group, "本单位联系人", "organisations:my_contacts", "phone", "organisations.edit_contact", 10)
        navigation.add(group, "单位", "organisations:list", "building", "organisations.view_organisation", 20)
        navigation.add(group, "行政区划", "organisations:divisions", "map-pin", "organisations.view_division", 30)

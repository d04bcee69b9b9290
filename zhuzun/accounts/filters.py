"""Narrowing the list of people."""

import django_filters as filters
from django import forms
from django.db.models import Q

from zhuzun.accounts import states
from zhuzun.accounts.models import RoleAssignment, User
from zhuzun.accounts.roles import Role
from zhuzun.organisations.models import Organisation
from zhuzun.ui.filters import FilterSet, SearchFilter


class PeopleFilter(FilterSet):
    """By body (home or post), role held today, state, and name, user name or telephone."""

    text = SearchFilter(lookups=["name__icontains", "username__icontains", "phone__icontains"])
    body = filters.CharFilter(
        label="单位", max_length=100, method="at", widget=forms.TextInput(attrs={"placeholder": "单位名称"})
    )
    role = filters.ChoiceFilter(label="角色", choices=Role.choices, method="holding")
    state = filters.ChoiceFilter(
        label="状态", choices=[(state, word) for state, (word, _) in states.WORDS.items()], method="in_state"
    )

    class Meta:
        model = User
        fields = ()

    def __init__(self, *args, now, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.now, self.day = now, day

    def at(self, people, name, text):
        """Those whose home is such a body, or who hold a role there today."""
        bodies = Organisation.objects.matching(text)
        held = RoleAssignment.objects.on(self.day).filter(organisation__in=bodies)
        return people.filter(Q(home__in=bodies) | Q(pk__in=held.values("user")))

    def holding(self, people, name, role):
        """Those who hold the role today."""
        return people.filter(pk__in=RoleAssignment.objects.on(self.day).filter(role=role).values("user"))

    def in_state(self, people, name, state):
        """Those in the state now."""
        return states.narrowed(people, state, now=self.now, day=self.day)

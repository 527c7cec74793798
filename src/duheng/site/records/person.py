"""A person who signs in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from duheng.site.access import Role


class Person(AbstractBaseUser):
    """Someone with a name, a password and one role."""

    name = models.CharField(max_length=60, unique=True)
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in Role], default=Role.VIEWER.value)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "name"
    objects = BaseUserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="person_role_known"),
        ]

    def __str__(self) -> str:
        return self.name

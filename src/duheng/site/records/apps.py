"""The one app with models."""

from django.apps import AppConfig


class Records(AppConfig):
    """The site's records, under the label `records`."""

    name = "duheng.site.records"
    label = "records"

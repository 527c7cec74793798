"""The site as a WSGI application, for the workspace that DUHENG_WORKSPACE names."""

from django.core.wsgi import get_wsgi_application

from duheng.site import settings, workspace

settings.configure(workspace.find())
application = get_wsgi_application()

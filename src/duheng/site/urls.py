"""Every address of the site, and the view that answers there."""

from django.urls import path

from duheng.site.pages import audit, documents, history, imports, indicators, overview, people, projects, review, session, tasks

urlpatterns = [
    path("", overview.show, name="overview"),
    path("alive", session.alive, name="alive"),
    path("look", session.look, name="look"),
    path("sign-in", session.sign_in, name="sign-in"),
    path("sign-out", session.sign_out, name="sign-out"),
    path("plan", indicators.table, name="plan"),
    path("plan.xlsx", indicators.export, name="plan-export"),
    path("plan/<int:pk>", indicators.show, name="indicator"),
    path("plan/<int:pk>/target", indicators.retarget, name="indicator-target"),
    path("plan/<int:pk>/facts", indicators.describe, name="indicator-facts"),
    path("plans/<int:pk>/withdraw", imports.withdraw, name="withdraw"),
    path("projects", projects.table, name="projects"),
    path("projects.xlsx", projects.export, name="projects-export"),
    path("projects/<int:pk>", projects.show, name="project"),
    path("projects/<int:pk>/facts", projects.describe, name="project-facts"),
    path("tasks", tasks.table, name="tasks"),
    path("tasks.xlsx", tasks.export, name="tasks-export"),
    path("tasks/<int:pk>", tasks.show, name="task"),
    path("documents", documents.table, name="documents"),
    path("documents/<int:pk>", documents.show, name="document"),
    path("documents/<int:pk>/original", documents.original, name="original"),
    path("documents/<int:pk>/audit", audit.table, name="audit"),
    path("documents/<int:pk>/audit.docx", audit.commented, name="audit-word"),
    path("documents/<int:pk>/audit.xlsx", audit.export, name="audit-export"),
    path("documents/<int:pk>/audit.json", audit.plain, name="audit-json"),
    path("documents/<int:pk>/audit/again", audit.again, name="audit-again"),
    path("findings/<int:pk>", audit.decide, name="finding"),
    path("review", review.table, name="review"),
    path("review/<int:pk>", review.decide, name="review-item"),
    path("history", history.table, name="history"),
    path("import", imports.ask, name="import"),
    path("import/<uuid:pk>", imports.show, name="import-job"),
    path("import/<uuid:pk>/cancel", imports.cancel, name="import-cancel"),
    path("people", people.table, name="people"),
    path("people/change", people.change, name="people-change"),
]
handler403 = "duheng.site.pages.failures.forbidden"
handler404 = "duheng.site.pages.failures.missing"
handler500 = "duheng.site.pages.failures.fault"

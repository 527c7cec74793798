"""The forms in which `duheng audit` gives its findings: one file each; a form is imported only when it is asked for."""

"""The rules of the audit, one small file each; see `duheng.audit.rule`."""

"""Writes that every room needs."""

from alongside.apps.base.operations.audit import record_audit

__all__ = ["record_audit"]

"""The policy file: its schema, its mistakes with line and column, and the policy made of it."""

from auditor.config.load import load_policy

__all__ = ["load_policy"]

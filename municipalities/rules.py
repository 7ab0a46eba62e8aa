"""The words of access that other apps use."""

from municipalities.access.rules import MATRIX, Permission, Role

__all__ = ["MATRIX", "Permission", "Role"]

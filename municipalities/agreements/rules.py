"""What the law asks of a host agreement (kommuneloven §§ 20-4, 20-8). Plain Python."""

from __future__ import annotations

ITEMS = ("a", "b", "c", "d", "e", "f", "g", "h", "i")

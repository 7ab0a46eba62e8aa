"""Examples for the OpenAPI document; a test asks for each and compares the answer."""

from __future__ import annotations

FOR_INDICATORS: list = []
FOR_PERIOD: list = []

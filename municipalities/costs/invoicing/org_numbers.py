"""Organisation numbers of municipalities, to be proposed where none is given yet.

Those of Nordhordland and its neighbours (Enhetsregisteret); of others the controller looks it up.
"""

from __future__ import annotations

from collections.abc import Mapping

KNOWN: Mapping[str, str] = {
    "4629": "964969302",
    "4630": "864338712",
    "4631": "920290922",
    "4632": "948350823",
    "4633": "944041036",
    "4634": "945627913",
    "4635": "938497524",
    "4636": "964967458",
}

"""The demonstration's invented people: one for each role, and one without any."""

from __future__ import annotations

from dataclasses import dataclass

from municipalities.rules import Role

PASSWORD = "demo-legevakt-116117"
HOST = "4631"
PARTNERS = ("4632", "4633", "4634", "4629", "4630", "4635", "4636")


@dataclass(frozen=True, kw_only=True)
class Persona:
    """A person of the demonstration; `municipality` is a number."""

    email: str
    name: str
    role: Role | None = None
    municipality: str = HOST
    language: str = "nn"


PERSONAS = (
    Persona(email="kommunedirektor@alver.example", name="Ingrid Demo", role=Role.HOST_DIRECTOR),
    Persona(email="legevaktleiar@alver.example", name="Leif Demo", role=Role.LEADER),
    Persona(email="controller@alver.example", name="Karin Demo", role=Role.CONTROLLER),
    Persona(email="sekretariat@alver.example", name="Sigrid Demo", role=Role.SECRETARY),
    Persona(email="revisor@alver.example", name="Audun Demo", role=Role.AUDITOR),
    Persona(
        email="kommuneoverlege@austrheim.example",
        name="Magnhild Demo",
        role=Role.MEDICAL_OFFICER,
        municipality="4632",
    ),
    Persona(
        email="kommunedirektor@austrheim.example",
        name="Arne Demo",
        role=Role.PARTNER_DIRECTOR,
        municipality="4632",
    ),
    Persona(
        email="kommunedirektor@fedje.example",
        name="Frida Demo",
        role=Role.PARTNER_DIRECTOR,
        municipality="4633",
        language="nb",
    ),
    Persona(
        email="kommunedirektor@masfjorden.example",
        name="Marit Demo",
        role=Role.PARTNER_DIRECTOR,
        municipality="4634",
    ),
    Persona(
        email="kommunedirektor@modalen.example",
        name="Mons Demo",
        role=Role.PARTNER_DIRECTOR,
        municipality="4629",
    ),
    Persona(
        email="kommunedirektor@osteroy.example",
        name="Oddny Demo",
        role=Role.PARTNER_DIRECTOR,
        municipality="4630",
    ),
    Persona(
        email="kommunedirektor@gulen.example",
        name="Gunnar Demo",
        role=Role.PARTNER_DIRECTOR,
        municipality="4635",
    ),
    Persona(
        email="kommunedirektor@solund.example",
        name="Solveig Demo",
        role=Role.PARTNER_DIRECTOR,
        municipality="4636",
    ),
    Persona(email="utanforstaande@bergen.example", name="Ulla Demo", municipality="4601"),
)


def person_with(role: Role) -> Persona:
    """The first who holds the role."""
    return next(persona for persona in PERSONAS if persona.role == role)

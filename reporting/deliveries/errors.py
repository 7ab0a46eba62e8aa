"""What operations on deliveries refuse."""


class ReportIsNotIssued(Exception):
    """Only an issued report is sent."""


class NotOfThisCooperation(Exception):
    """The report or letter and the schedule are of different cooperations, or kinds."""


class MayNotSend(Exception):
    """The person does not hold the right to send reports of the cooperation."""


class IsNotToBeSentAgain(Exception):
    """The delivery has not ended, was sent, or changed since the person looked at it."""


class ReasonIsMissing(Exception):
    """Whoever sends something once more says why."""


class IsNoRecipient(Exception):
    """The person does not receive what the schedule sends any more."""


class CannotBeNoted(Exception):
    """What became of the mail is known already, or cannot be what is said."""

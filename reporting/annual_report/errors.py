"""Why a report is not prepared, written, checked, approved or issued."""

from __future__ import annotations


class ReportIsApproved(Exception):
    """An approved report never changes; what is wrong in it is put right by the next edition."""


class MayNotApprove(Exception):
    """The person does not hold the right to approve reports of the cooperation."""


class YearIsNotOver(Exception):
    """A report of a year that still runs can be read as a draft, not issued."""


class DocumentsAreMissing(Exception):
    """Both languages must be ready, from this very content, before anybody approves it."""


class ContentChanged(Exception):
    """The report has other figures or texts now than those the person read."""


class IsNotChecked(Exception):
    """Somebody must have checked the report before it is approved."""


class IsNotApproved(Exception):
    """Only an approved report is issued."""


class IsNotTheLatest(Exception):
    """Only the latest frozen edition is corrected, or issued."""


class ReasonIsMissing(Exception):
    """A corrected edition says why."""


class NoSuchChapter(Exception):
    """The report has no chapter of that name."""


class WrittenMeanwhile(Exception):
    """Somebody else has written other words in the language than those one began from: `stored`."""

    def __init__(self, *, stored: str, language: str) -> None:
        super().__init__(f"written meanwhile in {language}")
        self.stored = stored
        self.language = language


class TranslationIsMissing(Exception):
    """Chapters (`codes`) are written in one language and not in the other."""

    def __init__(self, *, codes: tuple[str, ...]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes

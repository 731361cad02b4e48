"""One company name of a headline with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.headline.aliases import NameFound
from auditor.headline.expectation import Expected, Join
from auditor.headline.markers import book
from auditor.headline.own_job import Job
from auditor.headline.reading import Reading
from auditor.headline.tenses import binding, unmarked_words
from auditor.headline.tokens import Clause, Kind, Token


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One name with what stands around it.

    `place`: the number of its clause; `begin`: where that which joins the name to the words before it
    begins; `job`: whose job the words beside it tell.
    """

    reading: Reading
    found: NameFound
    place: int
    join: Join
    begin: int
    expected: Expected
    job: Job

    @property
    def clause(self) -> Clause:
        """The clause that holds the name."""
        return self.reading.clauses[self.place]

    @property
    def left(self) -> tuple[Token, ...]:
        """The tokens of the clause before the name."""
        return self.reading.tokens[self.clause.start : self.found.legal_start]

    @property
    def right(self) -> tuple[Token, ...]:
        """The tokens of the clause behind the name and its legal form."""
        return self.reading.tokens[self.found.legal_end : self.clause.end]

    @property
    def next_clause(self) -> Clause | None:
        """The clause that follows, if any."""
        clauses = self.reading.clauses
        return clauses[self.place + 1] if self.place + 1 < len(clauses) else None

    @property
    def label(self) -> Clause | None:
        """The words before a colon that head the clause: `Past: Buyer at Acme`."""
        headed = self.place > 0 and self.reading.colon_before(self.place)
        return self.reading.clauses[self.place - 1] if headed else None

    @property
    def says_now(self) -> bool:
        """True where the clause says before the name that it holds today: `now Buyer at Acme`."""
        return any(book("present").spans(self.left))

    @property
    def has_own_words(self) -> bool:
        """True where words before the name in its clause tell a job or anything else."""
        own = self.reading.tokens[self.clause.start : self.begin]
        return any(
            index not in self.reading.timed and token.kind is Kind.WORD and not binding(token)
            for index, token in enumerate(own, self.clause.start)
        )

    def others(self, clause: Clause) -> list[Token]:
        """The words of a clause that tell more than a time, the job by the roster or that it is over."""
        told = [
            token
            for index, token in enumerate(clause.tokens, clause.start)
            if index not in self.reading.timed
        ]
        return unmarked_words(told, self.expected.all_titles)

"""What stands around a company's name, and so how the name stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from auditor.headline.aliases import NameFound
from auditor.headline.elsewhere import leads_elsewhere
from auditor.headline.expectation import Expected, Join, Standing
from auditor.headline.markers import book, list_book
from auditor.headline.moments import Moment, MomentKind, When
from auditor.headline.own_job import Job, has_tie, is_role
from auditor.headline.reading import Reading
from auditor.headline.tenses import (
    after_article,
    binding,
    has_accents,
    holds_title,
    is_year,
    maybe_past,
    only_marker_or_role,
    past_spans,
    without_titles,
)
from auditor.headline.titles import comparable
from auditor.headline.tokens import Clause, Kind, Token

_AFTER_NAME = (
    "function",
    "connector",
    "past_after",
    "past_behind",
    "past",
    "turn",
    "present",
    "relation",
    "future",
    "self_employed",
    "retired",
    "own_business",
)
#: Behind other words these describe something else (`meubles anciens`), unlike `formerly`.
_PAST_ADJECTIVES = (
    "ancien",
    "former",
    "voormalig",
    "ehemalig",
    "previous",
    "past",
    "einstig",
    "vormalig",
    "gewezen",
)
#: Nouns that may be the topic of a job: `Hulpverlener afscheid`.
_PAST_NOUNS = frozenset(
    {"afscheid", "abschied", "adieu", "farewell", "goodbye", "premier", "eerste", "erste", "first"}
)
#: Markers that begin job titles too, and how many words the rest of such a title has at least.
_IN_TITLES = {
    "alumni": 1,
    "alumnus": 1,
    "prior": 2,
    "left": 2,
    "quit": 2,
    "past": 2,
    "previous": 2,
    "sold": 2,
}
_LEAVING = frozenset({"left", "quit", "quitte", "verliet", "verlaten", "verlassen", "departed", "resigned"})
_TOWARDS = frozenset({"for", "to", "pour", "voor", "naar", "fur", "zu", "zum", "zur"})
_DEGREES = frozenset({"ing", "ir", "dr", "ma", "ba", "mr", "drs", "bsc", "msc"})
_UNTIL = frozenset({"until", "till", "tot", "jusqu", "jusque", "bis"})
#: `for 20 years` behind the name: it may be over.
_LASTING = frozenset({"for", "during", "pendant", "durant", "gedurende", "wahrend"})
#: Signs by which people draw a way from one employer to the next.
_ARROWS = frozenset(">→➔⇒»")
_THROUGH = frozenset({"via", "through"})
_CONTRACTS = frozenset({"contract", "contrat", "vertrag", "arbeitsvertrag"})
_BUT = frozenset({"but", "maar", "mais", "aber", "doch"})
#: What follows them came later: `before` of one word.
_LEADS_IN = frozenset({"alvorens", "voordat", "bevor", "ehe"})
#: Words that begin a clause about the person: `who completed ten marathons`.
_RELATIVE = frozenset(
    {"who", "that", "which", "where", "die", "dat", "waar", "qui", "ou", "der", "welche", "wo"}
)
#: `Acme & Partners`, `Acme & Zonen`: another firm's name.
_PARTNERS = frozenset(
    {
        "associates",
        "associes",
        "bruder",
        "cie",
        "co",
        "compagnie",
        "company",
        "daughters",
        "fils",
        "freres",
        "gebroeders",
        "partner",
        "partners",
        "sohn",
        "sohne",
        "son",
        "sons",
        "vennoten",
        "zonen",
        "zoon",
    }
)


class _Concern(StrEnum):
    """How surely a time is told of a name."""

    SURELY = "surely"
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One name with what stands around it."""

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

    def as_name(self) -> Standing | None:
        """Whether the words are the company's name here at all; PRESENT where they are."""
        compound = self._compound()
        if compound is not Standing.PRESENT:
            return compound
        if not self.found.name.ours:
            return Standing.SISTER
        written = self._as_written()
        if written is not Standing.PRESENT:
            return written
        if self._tag_or_mail():
            return Standing.UNCLEAR
        return self._goes_on()

    def _compound(self) -> Standing | None:
        tokens, start, end = self.reading.tokens, self.found.start, self.found.end
        if start >= 2 and tokens[start].glued and tokens[start - 1].kind is Kind.HYPHEN:
            if is_year(tokens[start - 2]):
                return Standing.UNCLEAR
            if book("past_prefix").holds(tokens[start - 2]):
                return Standing.PRESENT
            # `Buyer_Acme`, `Buyer-Acme`: written for a blank or a dash
            apart = tokens[start - 1].text in "_~" or is_role(tokens[start - 2])
            titled = holds_title(tokens[self.clause.start : start], self.expected.all_titles)
            return Standing.UNCLEAR if apart or titled else None
        if end + 1 < len(tokens) and tokens[end].kind is Kind.HYPHEN:
            if is_year(tokens[end + 1]):  # not another name: when somebody was there
                return Standing.UNCLEAR
            if self.join is Join.CONNECTOR:
                return Standing.SISTER
            apart = tokens[end].text in "_~" or book("employee_word").holds(tokens[end + 1])
            return Standing.UNCLEAR if apart else None
        return Standing.PRESENT

    def _as_written(self) -> Standing | None:
        """Short names and names that are ordinary words ask for a closer look."""
        name = self.found.name
        if self.found.other_case:
            return self._other_case()
        if not name.ordinary:
            return Standing.UNCLEAR if self._in_small_letters() else Standing.PRESENT
        if self.join is Join.CONNECTOR:
            return self._word_behind_connector()
        if self._alone_in_part():
            return Standing.PRESENT if self._capital() else None
        if self.join in (Join.WEAK, Join.RELATION):
            return Standing.PRESENT if self._capital() else None
        return Standing.UNCLEAR if self._capital() and self._like_a_name() else None

    def _in_small_letters(self) -> bool:
        """`woont op een zolder`: in small letters, with nothing beside it that makes it a name."""
        name = self.found.name
        one_word = len(name.words) == 1 and name.words[0].text[:1].isupper() and not name.initials
        if not one_word or self._capital() or self.join is Join.CONNECTOR or self._alone_in_part():
            return False
        words = [token for token in (*self.left, *self.right) if token.kind is Kind.WORD]
        return not holds_title(words, self.expected.all_titles)

    def _word_behind_connector(self) -> Standing | None:
        """An ordinary word behind a connector: connector, case and place in the part tell together.

        `Kok bij Tafel` names the company, `Samen aan tafel` and `Leben bei Sonne und Wind` do not.
        """
        if holds_title(self.left, self.expected.all_titles):
            return Standing.PRESENT
        joining = self.reading.tokens[self.begin : self.found.legal_start]
        employing = any(token.kind is Kind.AT for token in joining) or (
            bool(joining) and book("employing").length_at(joining, 0) > 0
        )
        capital = self.found.tokens[0].capital
        job = self.job is Job.OWN
        if not capital:
            return Standing.UNCLEAR if job and employing else None
        if job and employing and not self._paired():
            return Standing.PRESENT
        goes_on = self._paired() or any(token.kind is Kind.WORD for token in self.right)
        return Standing.UNCLEAR if job or not goes_on else None

    def _paired(self) -> bool:
        """`Sonne und Wind`: a second noun on the same footing."""
        following = self.next_clause
        return following is not None and not self.right and following.boundary is Kind.AMP

    def _other_case(self) -> Standing | None:
        initials = self.found.name.initials
        if self.join is Join.CONNECTOR:
            return Standing.TYPO if initials else Standing.PRESENT
        if self._alone_in_part() and self._capital() and self.found.tokens[0].key not in _DEGREES:
            return Standing.TYPO if initials else Standing.PRESENT
        return None

    def _capital(self) -> bool:
        return self.found.tokens[0].capital or self.reading.lower_case

    def _like_a_name(self) -> bool:
        """A capitalised ordinary word that is more than the beginning of a sentence."""
        words = [token for token in (*self.left, *self.right) if token.kind is Kind.WORD]
        if holds_title(words, self.expected.all_titles):
            return True
        if self.found.name.flagged:
            return False
        following = next((token for token in self.right if token.kind is Kind.WORD), None)
        return bool(self.left) or following is None or following.capital

    def _alone_in_part(self) -> bool:
        following = self.next_clause
        closed = following is None or following.boundary in (Kind.HARD, Kind.OPEN)
        words = [t for t in (*self.left, *self.right) if t.kind in (Kind.WORD, Kind.CUT)]
        return not words and (self.clause.inside or (self.clause.boundary is Kind.HARD and closed))

    def _tag_or_mail(self) -> bool:
        tokens, start = self.reading.tokens, self.found.start
        before = tokens[start - 1] if start else None
        if before is None or not tokens[start].glued:
            return False
        if before.kind is Kind.HASH:
            return self.join is not Join.CONNECTOR
        return before.kind is Kind.AT and before.glued and self.found.legal_end > self.found.end

    def _goes_on(self) -> Standing:
        """A further name word behind the name may make it a sister company."""
        right = self.right
        if right and right[0].text == "'":
            right = right[2:]
        if not right:
            partner = self.next_clause
            partnered = partner and partner.boundary is Kind.AMP and partner.tokens[0].key in _PARTNERS
            return Standing.SISTER if partnered else Standing.PRESENT
        if right[0].kind is Kind.CUT:
            return Standing.CUT
        spaced = right[0].kind in (Kind.INNER, Kind.OTHER)
        word = right[1] if spaced and len(right) > 1 else right[0]
        if word.kind is not Kind.WORD or (spaced and not word.glued):
            return Standing.PRESENT
        if any(self.reading.tokens[one.start] is word for one in self.reading.moments):
            return Standing.PRESENT
        if is_year(word):
            return Standing.UNCLEAR
        if self._ends_name(right, right.index(word)):
            return Standing.PRESENT
        return Standing.SISTER

    def _ends_name(self, right: tuple[Token, ...], index: int) -> bool:
        words = comparable(right[index:])
        if any(title and words[: len(title)] == title for title in self.expected.all_titles):
            return True
        if not right[index].capital and book("filler").length_at(right, index):
            return True
        return any(book(kind).length_at(right, index) for kind in _AFTER_NAME)

    def in_time(self) -> Standing:
        """Whether the name is the employer now, once, soon, or something else."""
        if self.found.start in self.reading.sought:
            return Standing.UNCLEAR
        before = (self._governed(self.left), self._prefixed())
        standings = (*before, self._after(), self._timed(), self._followed())
        if Standing.PAST in standings:
            return Standing.PAST
        if not has_accents(self.reading.tokens) and (maybe_past(self.left) or maybe_past(self.right)):
            return Standing.UNCLEAR
        if self.job is Job.OTHERS or self.join is Join.RELATION:
            return Standing.RELATION
        for standing in (Standing.FUTURE, Standing.RELATION, Standing.UNCLEAR):
            if standing in standings:
                return standing
        if any(book("present").spans(self.left)):
            return Standing.PRESENT
        label = self._label()
        headed = self._governed(label.tokens) if label is not None else Standing.PRESENT
        if label is not None and headed is Standing.PAST:
            sentence = len(self._others(label)) > 1  # `Past caring about mud: Buyer at Acme`
            return Standing.UNCLEAR if sentence or self._another_job(label) else Standing.PAST
        return headed if headed in (Standing.PAST, Standing.FUTURE) else self._inherited()

    def _prefixed(self) -> Standing:
        """`(ex-)buyer at Acme`: a bracket of a marker alone holds for the words it stands before."""
        before = self.reading.clauses[self.place - 1] if self.place else None
        if before is None or not before.inside or self.clause.inside or not self._own_words():
            return Standing.PRESENT
        words = [token for token in before.tokens if token.kind is Kind.WORD]
        if not words or not all(book("past", "past_prefix").holds(token) for token in words):
            return Standing.PRESENT
        return Standing.PAST if before.boundary is Kind.HARD else Standing.UNCLEAR

    def _another_job(self, marked: Clause) -> bool:
        """True where a marker has a job of its own and the wanted one stands outside its clause:
        `Buyer (former teacher) at Acme`, `Former teacher: Buyer at Acme`."""
        clauses, first = self.reading.clauses, self.reading.clause_at(marked.start)
        while first > 0 and clauses[first].boundary is not Kind.HARD:
            first -= 1
        part = [one.tokens for one in clauses[first : self.place] if one != marked]
        part.append(self.reading.tokens[self.clause.start : self.begin])
        outside = any(holds_title(one, self.expected.all_titles) or any(map(is_role, one)) for one in part)
        return outside and any(map(is_role, self._others(marked)))

    def _label(self) -> Clause | None:
        """The words before a colon that head the clause: `Past: Buyer at Acme`."""
        headed = self.place > 0 and self._colon_before(self.place)
        return self.reading.clauses[self.place - 1] if headed else None

    def doubted(self) -> bool:
        """True where words around a claim may take it back; no ground to call anything past or missing."""
        words = [token for token in self.right if token.kind is Kind.WORD]
        if any(book("person").holds(token) or token.key in _UNTIL for token in words):
            return not any(one.open for one in self.reading.moments)
        if any(book("past_behind").spans(self.left)):
            return True
        # what stands behind a bracket goes on with the sentence before it: `my shop (Acme) sold in 2019`
        if self.clause.inside and any(book("past_behind").spans(o.tokens) for o in self._later_clauses()[:1]):
            return True
        label = self._label()
        if label is not None and not self.reading.holds_name(label) and not self._explains(label):
            return True
        return self._leads_on() or any(map(self._takes_back, self._later_clauses()))

    def _explains(self, label: Clause) -> bool:
        """True for a label that names a job, a time that goes on, or nothing: `Now: Nurse at Acme`."""
        words = [token for token in label.tokens if token.kind is Kind.WORD]
        if has_tie(words, followed=False) or any(token.key == "partner" for token in words):
            return False
        return all(
            index in self.reading.timed
            or token.kind is not Kind.WORD
            or binding(token)
            or book("present").holds(token)
            or list_book("roles.tsv").holds(token)
            for index, token in enumerate(label.tokens, label.start)
        )

    def _leads_on(self) -> bool:
        """`Acme → Globex`: an arrow behind the name leads to the next employer, or to another job."""
        following = self.next_clause
        if following is None or self._told(self.right):
            return False
        signs = {token.text for token in self.reading.tokens[self.clause.end : following.start]}
        return "→" in signs or (_namelike(following.tokens[0]) and not signs.isdisjoint(_ARROWS))

    def _later_clauses(self) -> list[Clause]:
        later = self.reading.clauses[self.place + 1 :]
        end = next((i for i, one in enumerate(later) if self.reading.holds_name(one)), len(later))
        return list(later[:end])

    def _takes_back(self, clause: Clause) -> bool:
        """`, per 1 januari gestopt`; `, now enjoying my garden`."""
        if any(book("also").spans(clause.tokens)):
            return False
        if any(book(kind).length_at(clause.tokens, 0) for kind in ("turn", "departure", "future")):
            return True
        # `, where I worked for years`
        if clause.tokens[0].key in _RELATIVE and any(book("past", "past_behind").spans(clause.tokens)):
            return True
        since = any(
            one.kind is MomentKind.SINCE and clause.start <= one.start < clause.end
            for one in self.reading.moments
        )
        own = any(book("own_business", "self_employed").spans(clause.tokens))
        if (since and (own or leads_elsewhere(self.reading, clause))) or self._now_named(clause):
            return True
        spans = [end for _, end in book("past_behind", "ended").spans(clause.tokens)]
        roles = any(list_book("roles.tsv").holds(token) for token in clause.tokens)
        over = bool(spans) and not self._told(clause.tokens[spans[-1] :])
        return over and (clause.boundary is not Kind.HARD or not roles)

    def _now_named(self, clause: Clause) -> bool:
        """`Currently: Globex`: a label of the present before a name."""
        length = book("present").length_at(clause.tokens, 0)
        place = self.reading.clause_at(clause.start) + 1
        if not length or length < len(clause.tokens) or place == len(self.reading.clauses):
            return False
        following = self.reading.clauses[place]
        return _namelike(following.tokens[0]) and following.boundary is Kind.WEAK

    def _after(self) -> Standing:
        """Markers behind the name: `alumnus`, `(former)`, `gearbeitet`, `via Globex`."""
        right = [token for token in self.right if token.kind is not Kind.INNER]
        if right and right[0].kind is Kind.WORD:
            standing = self._behind(right)
            if standing is not Standing.PRESENT:
                return standing
            if book("future").length_at(right, 0):
                return Standing.FUTURE
            if book("approved").length_at(right, 0):  # `Acme certified partner`
                return Standing.RELATION
            until = right[0].key in _UNTIL and self.found.legal_end not in self.reading.timed
            if until or any(token.key in _THROUGH for token in right):
                return Standing.RELATION
        following = self.next_clause
        if following is None or self._told(right):
            return Standing.PRESENT
        bracketed = Standing.PRESENT if following.boundary is Kind.HARD else self._bracketed(following)
        return Standing.UNCLEAR if bracketed is Standing.PRESENT and self._says_over(following) else bracketed

    def _says_over(self, clause: Clause) -> bool:
        """`, left in March 2023`, `(einde contract)`: only that it ended; `contrat échu en 2021`."""
        dated = any(
            one.kind in (MomentKind.DURING, MomentKind.UNTIL) and clause.start <= one.start < clause.end
            for one in self.reading.moments
        )
        if dated and any(token.key in _CONTRACTS for token in clause.tokens):
            return True
        over = {i for start, end in book("ended").spans(clause.tokens) for i in range(start, end)}
        rest = self._told([token for index, token in enumerate(clause.tokens) if index not in over])
        kinds = book("function", "term")
        return bool(over) and all(binding(token) or kinds.holds(token) for token in rest)

    def _behind(self, right: Sequence[Token]) -> Standing:
        """What markers of the past among the words behind the name say of it."""
        length = book("past_after").length_at(right, 0)
        if length:
            return self._marked(right[0], right[length:])
        behind = list(book("past_behind").spans(right))
        over = [span for span in book("past").spans(right) if self._told(right[slice(*span)])]
        begun = [token for token in right if book("begun").holds(token)]
        first = min((start for start, _ in (*behind, *over)), default=0)
        whose = any(token.key in _RELATIVE for token in right[:first])
        # `who completed ten marathons` tells of something else that is over
        ended = any(
            end - start > 1 or right[start].key in _LEADS_IN or self._only_job(right[end:])
            for start, end in behind
        )
        last = bool(over) and not begun and not self._told(right[over[-1][1] :])
        plain = last and all(
            binding(token) or book("person").holds(token) or token.key in _BUT
            for token in self._told(right[: over[0][0]])
        )
        if (ended or plain) and not whose:
            return Standing.PAST
        taken_back = right[0].key in _BUT and any(book("negation").spans(right))  # `but not for a while`
        if behind or last or taken_back or not all(map(self._timed_at, begun)):  # `begun in 2020` is a time
            return Standing.UNCLEAR
        return Standing.PRESENT

    def _only_job(self, tokens: Sequence[Token]) -> bool:
        """`(gewerkt) als inkoper`: no words but a job's."""
        words = self._told(without_titles(tokens, self.expected.all_titles))
        return all(is_role(token) or binding(token) for token in words)

    def _told(self, tokens: Sequence[Token]) -> list[Token]:
        """The words among tokens that tell more than a time."""
        return [token for token in tokens if token.kind is Kind.WORD and not self._timed_at(token)]

    def _timed_at(self, token: Token) -> bool:
        return any(self.reading.tokens[index] is token for index in self.reading.timed)

    def _marked(self, marker: Token, rest: Sequence[Token]) -> Standing:
        """`Acme alumnus`, `Acme former employee`; but `Acme Alumni Office`, `Acme former Globex`."""
        words = [token for token in without_titles(rest, self.expected.all_titles) if token.kind is Kind.WORD]
        roles = (token for token in words if not book("employee_word").holds(token) and not binding(token))
        known = all(is_role(token) and not book("topic").holds(token) for token in roles)
        adjective = marker.key.startswith(_PAST_ADJECTIVES)
        named = any(token.capital for token in words) and not self.reading.lower_case
        return Standing.PAST if known or not (adjective or named) else Standing.UNCLEAR

    def _bracketed(self, clause: Clause) -> Standing:
        tokens = clause.tokens
        place = self.place + 2
        if place < len(self.reading.clauses) and self._colon_before(place):
            return Standing.PRESENT  # `(formerly: teacher)`
        only = all(t.kind is not Kind.WORD or is_year(t) or _marker(tokens, i) for i, t in enumerate(tokens))
        if only and any(book("past", "past_after").spans(tokens)):
            return Standing.PAST
        if any(book("self_employed").spans(tokens)) and len(tokens) <= 3:
            return Standing.RELATION
        if clause.inside and book("future").length_at(tokens, 0):
            return Standing.FUTURE
        if tokens[0].key in _UNTIL and clause.start not in self.reading.timed:
            return Standing.UNCLEAR
        return Standing.PRESENT

    def _timed(self) -> Standing:
        """What the times beside the name say: in its clause, or in one of their own next to it.

        Who came back is here: a time that goes on outranks one that had ended when it began.
        """
        told = [(one, concern) for one in self.reading.moments if (concern := self._concern(one))]
        going_on = [
            one
            for one, concern in told
            if concern is _Concern.SURELY and one.when(self.expected.today) is When.GOES_ON
        ]
        standings = [
            self._at_moment(one, concern, going_on)
            for one, concern in told
            if not any(one.before(other) for other in going_on)
        ]
        return next((one for one in (Standing.PAST, Standing.UNCLEAR) if one in standings), Standing.PRESENT)

    def _at_moment(self, moment: Moment, concern: _Concern, going_on: list[Moment]) -> Standing:
        when = moment.when(self.expected.today)
        if when is When.GOES_ON:
            return Standing.PRESENT
        # `since 2010, team leader 2012-2015`: a span within a time that goes on
        within = moment.kind is MomentKind.RANGE and bool(going_on)
        sure = concern is _Concern.SURELY and not self._far(moment) and not within
        return Standing.PAST if when is When.ENDED and sure else Standing.UNCLEAR

    def _concern(self, moment: Moment) -> _Concern | None:
        """How surely a time is told of the name; None where it is told of something else."""
        clauses = self.reading.clauses
        if self.clause.start <= moment.start < self.clause.end:
            lasting = self.reading.tokens[moment.start].key in _LASTING
            told = moment.kind is not MomentKind.DURATION or lasting or moment.start < self.found.start
            told = told or (moment.past and not self._told(self.reading.tokens[moment.end : self.clause.end]))
            # `at Acme until 2018 since 2019 florist`
            rest = self.reading.tokens[max(moment.end, self.found.legal_end) : self.clause.end]
            leads = moment.kind is MomentKind.SINCE and any(map(is_role, rest))
            return (_Concern.PERHAPS if leads else _Concern.SURELY) if told else None
        place = next((i for i, one in enumerate(clauses) if one.start <= moment.start < one.end), None)
        if place is None or (moment.kind is MomentKind.DURATION and not moment.past):
            return None
        if moment.kind is MomentKind.DURING and not clauses[place].inside:
            return None
        between = range(min(place, self.place) + 1, max(place, self.place))
        near = not any(clauses[one].boundary is Kind.HARD for one in (*between, max(place, self.place)))
        named = any(self.reading.holds_name(clauses[one]) for one in (*between, place))
        if named or (not near and not self._own_part(place)):
            return None
        if self._only_moment(clauses[place]):
            return self._dated_behind(place) if place > self.place else self._dated_before(place)
        if near and moment.kind is MomentKind.AFTER:
            return _Concern.SURELY
        heads = moment.kind in (MomentKind.RANGE, MomentKind.UNTIL) and moment.start == clauses[place].start
        return self._headed(place) if near and heads and place < self.place else None

    def _dated_behind(self, place: int) -> _Concern | None:
        """A time behind the name dates what stands right before it: `Acme, Globex (2008-2012)`."""
        clauses = self.reading.clauses
        between = clauses[self.place + 1 : place]
        words = [token for clause in between for token in self._others(clause)]
        if not words:  # `since 2012 (2010-2012: intern)`: a label of what follows
            labels = place + 1 < len(clauses) and self._colon_before(place + 1)
            return _Concern.PERHAPS if labels else _Concern.SURELY
        named = any(token.capital or is_role(token) for token in words)
        elses = ("past", "past_after", "study", "side_post") if named else ("study", "side_post")
        if any(any(book(*elses).spans(one.tokens)) or leads_elsewhere(self.reading, one) for one in between):
            return None
        # `Acme, trainee (2010-2012)`: the job of a name that has none before it
        job = _tells_job(words) and not self._own_words()
        return _Concern.SURELY if job else _Concern.PERHAPS

    def _dated_before(self, place: int) -> _Concern | None:
        """A time before the name: it may date what stands before it, `Globex (2008-2012), Buyer at Acme`."""
        if any(book("present").spans(self.left)):
            return None
        clauses = self.reading.clauses
        between = [token for one in clauses[place + 1 : self.place] for token in self._others(one)]
        follows = place > 0 and clauses[place].boundary is not Kind.HARD
        before = self._others(clauses[place - 1]) if follows else []
        if self._colon_before(place + 1):  # `2014-now: Acme`, `2008-2014: Globex. 2014-now: Acme`
            return _Concern.SURELY if place + 1 == self.place or _tells_job(between) else _Concern.PERHAPS
        if not follows:
            apart = bool(between) and (self._own_words() or not _tells_job(between))
            return _Concern.PERHAPS if apart else _Concern.SURELY
        joined = _tells_job([*before, *between]) and not self._own_words()
        return _Concern.SURELY if joined else _Concern.PERHAPS

    def _headed(self, place: int) -> _Concern | None:
        """`2012-2019 planner, Acme`: a span that heads the part holds for all of it, but not for another job
        (`Until 2019 teacher, now Buyer at Acme`)."""
        if any(book("present").spans(self.left)):
            return None
        clauses = self.reading.clauses[place : self.place]
        job = _tells_job([token for one in clauses for token in self._others(one)])
        return _Concern.SURELY if job and not self._own_words() else _Concern.PERHAPS

    def _own_words(self) -> bool:
        """True where words before the name in its clause tell a job or anything else."""
        own = self.reading.tokens[self.clause.start : self.begin]
        return any(
            index not in self.reading.timed and token.kind is Kind.WORD and not binding(token)
            for index, token in enumerate(own, self.clause.start)
        )

    def _others(self, clause: Clause) -> list[Token]:
        """The words of a clause that tell more than a time, the job by the roster or that it is over."""
        told = [
            token
            for index, token in enumerate(clause.tokens, clause.start)
            if index not in self.reading.timed
        ]
        free = without_titles(told, self.expected.all_titles)
        marked = {
            index for start, end in past_spans(free, self.expected.all_titles) for index in range(start, end)
        }
        return [
            token
            for index, token in enumerate(free)
            if index not in marked and token.kind is Kind.WORD and not binding(token)
        ]

    def _colon_before(self, place: int) -> bool:
        clauses = self.reading.clauses
        signs = self.reading.tokens[clauses[place - 1].end : clauses[place].start]
        return any(token.text == ":" for token in signs) and clauses[place].boundary is Kind.WEAK

    def _own_part(self, place: int) -> bool:
        """True where a clause is a part of its own, right beside the part of the name."""
        clauses = self.reading.clauses
        last = place + 1 == len(clauses) or clauses[place + 1].boundary is Kind.HARD
        between = clauses[min(place, self.place) + 1 : max(place, self.place) + 1]
        parts = sum(one.boundary is Kind.HARD for one in between)
        return clauses[place].boundary is Kind.HARD and last and parts == 1

    def _only_moment(self, clause: Clause) -> bool:
        terms = {i for start, end in book("term").spans(clause.tokens) for i in range(start, end)}
        return all(
            clause.start + index in self.reading.timed
            or token.kind is not Kind.WORD
            or binding(token)
            or index in terms
            for index, token in enumerate(clause.tokens)
        )

    def _far(self, moment: Moment) -> bool:
        """True for a time in an earlier part that may belong to what stands before it."""
        clauses = self.reading.clauses
        place = self.reading.clause_at(moment.start)
        return 0 < place < self.place and clauses[place].boundary is Kind.HARD

    def _followed(self) -> Standing:
        """A `now`, `then` that leads somewhere else: what stands before it is over."""
        clauses = self.reading.clauses
        later = [self.right, *(one.tokens for one in clauses[self.place + 1 :])]
        for number, tokens in enumerate(later):
            if number and self.reading.holds_name(clauses[self.place + number]):
                break
            standing = self._turned(tokens, elsewhere=self._leads_away(self.place + number, tokens))
            if standing is not Standing.PRESENT:
                return standing
        earlier = clauses[: self.place]
        if any(book("present").spans(self.left)):
            return Standing.PRESENT
        moved = any(
            book("present").length_at(one.tokens, 0) and leads_elsewhere(self.reading, one) for one in earlier
        )
        return Standing.UNCLEAR if moved else Standing.PRESENT

    def _turned(self, tokens: Sequence[Token], *, elsewhere: bool) -> Standing:
        start = next((i for i, token in enumerate(tokens) if token.kind is Kind.WORD), 0)
        turn = book("turn").length_at(tokens, start) if tokens else 0
        length = turn or (book("present").length_at(tokens, start) if tokens else 0)
        rest = tokens[start + length :]
        if not length or any(book("also").spans(rest)) or any(book("side_post").spans(rest)):
            return Standing.PRESENT
        leaves = any(book("own_business", "self_employed", "retired").spans(rest))
        after = any(
            one.kind is MomentKind.AFTER for one in self.reading.moments if one.start < self.found.start
        )
        if turn and (elsewhere or leaves or after):
            return Standing.PAST
        role = any(list_book("roles.tsv").holds(token) for token in rest)
        return Standing.UNCLEAR if elsewhere or leaves or role else Standing.PRESENT

    def _leads_away(self, place: int, tokens: Sequence[Token]) -> bool:
        clause = self.reading.clauses[place]
        if tokens and tokens[0] is not clause.tokens[0]:
            clause = Clause(clause.end - len(tokens), clause.end, Kind.WEAK, clause.inside, tuple(tokens))
        return bool(tokens) and leads_elsewhere(self.reading, clause)

    def _governed(self, tokens: Sequence[Token]) -> Standing:
        """What the markers before the name say; a word such as `now` ends the reach of those before it."""
        resets = [end for _, end in book("present").spans(tokens)]
        reach = tokens[resets[-1] :] if resets else tokens
        free = without_titles(reach, self.expected.all_titles)
        past = past_spans(free, self.expected.all_titles)
        if past:
            return self._past(reach, free, past[0])
        if any(not after_article(free, start) for start, _ in book("future").spans(free)):
            return Standing.FUTURE
        if any(book("self_employed", "in_name").spans(free)):
            return Standing.RELATION
        return Standing.PRESENT

    def _past(self, reach: Sequence[Token], free: Sequence[Token], span: tuple[int, int]) -> Standing:
        """PAST where the marker plainly governs the name; UNCLEAR where it may belong to something else."""
        before = [
            token
            for token in free[: span[0]]
            if token.kind is Kind.WORD and not binding(token) and not book("person").holds(token)
        ]
        between = [token for token in free[span[1] :] if token.kind is Kind.WORD and not binding(token)]
        titled = holds_title(reach, self.expected.all_titles)
        marker = free[span[0]].key
        behind = bool(before) and (marker.startswith(_PAST_ADJECTIVES) or marker in _PAST_NOUNS)
        # `Alumni Officer`, `Left Luggage Attendant`: the marker is a part of a job title
        least = _IN_TITLES.get(marker, 0)
        named = self.reading.lower_case or all(token.capital for token in between)
        compound = bool(least) and len(between) >= least and named
        # `Left Globex for Acme`
        last = next((token.key for token in reversed(free) if token.kind is Kind.WORD), "")
        moved = free[span[1] - 1].key in _LEAVING and bool(between) and last in _TOWARDS
        unclear = behind or compound or moved or (between and (before or titled))
        return Standing.UNCLEAR if unclear else Standing.PAST

    def _inherited(self) -> Standing:
        """Markers of earlier clauses reach a name that has no words of its own."""
        clauses, place = self.reading.clauses, self.place
        before = self.reading.tokens[self.clause.start : self.begin]
        own_words = any(token.kind is Kind.WORD for token in before)
        touching = clauses[place].boundary
        if own_words and touching not in (Kind.AMP, Kind.SLASH):
            return Standing.PRESENT
        if own_words and comparable(before) in self.expected.all_titles:
            return Standing.PRESENT
        hard = touching is Kind.HARD
        while place > 0 and (clauses[place].boundary is not Kind.HARD or place == self.place):
            place -= 1
            inherited = self._from_clause(clauses[place], hard=hard, own_words=own_words)
            if inherited is not None:
                return inherited
            if hard:
                break
        return Standing.PRESENT

    def _from_clause(self, clause: Clause, *, hard: bool, own_words: bool) -> Standing | None:
        if self.reading.holds_name(clause):
            return None
        standing = self._governed(clause.tokens)
        if standing is Standing.PRESENT:
            return None
        if standing is Standing.RELATION and hard:
            return None
        if hard and not holds_title(clause.tokens, self.expected.all_titles):
            return None
        certain = not hard and not own_words and only_marker_or_role(clause.tokens, self.expected.all_titles)
        certain = certain and not self._another_job(clause)
        if standing is Standing.PAST and not certain:
            return Standing.UNCLEAR
        return standing


def _namelike(token: Token) -> bool:
    return token.capital and not list_book("roles.tsv").holds(token)


def _tells_job(words: Sequence[Token]) -> bool:
    """True for no words, and for those of a job (`pharmacienne industrielle`) without a name."""
    roles = [token for token in words if is_role(token)]
    return not words or (bool(roles) and all(token in roles or not token.capital for token in words))


def _marker(tokens: Sequence[Token], index: int) -> bool:
    return any(
        book(kind).length_at(tokens, index) for kind in ("past", "past_after", "article", "employee_word")
    )

"""From a stance to a candidate: how it was said, since when it holds, what it signals, how sure the coder is."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foedus.base.days import Day
from foedus.evidence.coder.actors import Mention
from foedus.evidence.coder.attributions import Attribution
from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.coder.certainty import FITS, NEAR, SURE, certainty_of, grounds_of
from foedus.evidence.coder.clauses import clause_of
from foedus.evidence.coder.conditions import condition_of
from foedus.evidence.coder.stance import Stance
from foedus.evidence.coder.times import is_past, own_day, relative_of, said_on, speaks_of_now, verb_at
from foedus.evidence.coder.turning import HOPING
from foedus.evidence.coder.wordlists import wordset
from foedus.evidence.documents import Document, Passage
from foedus.evidence.records import ABSTENTION, CONSENT

_PRIVATE = re.compile(
    r"\b(?:privately|in private|behind (?:closed|the) (?:doors|scenes)|confidential(?:ly)?|"
    r"in confidence|off the record|private (?:call|talk|talks|letter|conversation|meeting|message|"
    r"chat|note)|secret(?:ly)?|discreetly|quietly told)\b",
    re.IGNORECASE,
)
_GUESS = re.compile(
    r"\b(?:suspects?|supposed that|presumably|presumed|probably|almost certainly|apparently|"
    r"seems? to|appears? to|may well|might|guess(?:es|ed)?|surmised?|perhaps|likely)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(r"\b(?:(?i:might|perhaps|probably|apparently|seems?|appears?|reportedly|possibly|could)|may)\b")
_THREAT = re.compile(r"\b(?:will|would|threaten\w*|vow\w*|shall|going to|won['\u2019]t|'ll)\b", re.IGNORECASE)
_NOT_SURE = (
    r"\b(?:whether|consider\w*|weigh\w*|undecided|mull\w*|may|might|could|not|never|no longer|rather than|instead of)"
)
_ABSTAINS = re.compile(
    r"\b(?:abstain\w*|abstentions?|sit(?:s|ting)? out|(?:not|never) (?:take part|participate) in the vot\w+|"
    r"(?:not|never) vote)\b",
    re.IGNORECASE,
)
_MAY_ABSTAIN = re.compile(
    _NOT_SURE + r"[^.;]{0,20}\b(?:abstain|abstention|sit(?:ting)? out)|\bden(?:y|ies|ied)\b[^.;]{0,40}\babst",
    re.IGNORECASE,
)
_CONSENTS = re.compile(
    r"\b(?:not|never|cannot|nor|n['\u2019]t)\b[^.;,]{0,24}\b(?:block|veto|object|oppose|obstruct|hinder|thwart|impede|"
    r"stand in|get in)|n['\u2019]t (?:block|veto|object|oppose|stand in|get in)|\bno objections?\b",
    re.IGNORECASE,
)
_SUPPORTS = re.compile(
    r"\b(?:support(?!ers?\b)\w*|welcom\w+|favou?rs?|in favou?r|back(?:s|ed|ing)?|endors\w+|approv\w+)\b", re.IGNORECASE
)
_LIVES_WITH = re.compile(r"\b(?:can|could) live with\b", re.IGNORECASE)
_LINK = re.compile(
    r"\b(?:link(?:s|ed|ing)?|tie[sd]?|tying|in return for|in exchange for|hostage|leverage|"
    r"bargaining chip|over an? unrelated)\b",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:offer(?:s|ed|ing)?|in return|in exchange|compensat\w+|sweeten\w*|concession)\b", re.IGNORECASE
)
_REFUSAL = re.compile(r"\b(?:unless|until|without|before)\b", re.IGNORECASE)
_KEPT = re.compile(
    r"\b(?:refus\w+|declin\w+|fail\w+|not|never|unwilling|no intention|no plans?)"
    r"(?: (?:to|be|yet|ready|willing|going|intend\w*|plan\w*|of))* "
    r"(?:withdraw\w*|drop\w*|lift\w*|abandon\w*|giv\w+ up)\b",
    re.IGNORECASE,
)
"""Somebody does not take back what it stands for."""
_SUPPOSED = re.compile(r"^\W*(?:even |only |and |but )?(?:if|supposing|assuming)\b", re.IGNORECASE)
_OBJECTING = re.compile(
    r"\b(?:objecti\w+|object(?:s|ed)?|veto\w*|oppos\w+|block\w*|resist\w*|reject\w*|refus\w+|against|reserv\w+|hold\w*|"
    r"stall\w*|obstruct\w*|demand\w*|critic\w+|sceptic\w*|skeptic\w*|reluctan\w+)\b",
    re.IGNORECASE,
)
"""What somebody may have given up: without it, 'no longer' is of something else."""

_TURNED = re.compile(r"\bno longer\b|come round|came round")
_FIRM = re.compile(
    r"\b(?:no|without(?: any)?|not? (?:\w+ ){0,3}|n['\u2019]t (?:\w+ ){0,2}|never|refus\w+ (?:to |an?y? )?"
    r"|reject\w+ (?:an?y? )?|rul\w+ out (?:an?y? )?)\s?(?:room for |question of )?"
    r"(?:compromis\w*|concessions?|back(?:ing)? down|budge|give in)\b"
    r"|\bnon-negotiable\b|\bnot (?:\w+ )?negotiable\b",
    re.IGNORECASE,
)
"""Somebody says that it will not give way, which is the opposite of a softening."""

_ACTS = wordset("vote veto sign lift block boycott ratify abstain withdraw end raise drop obstruct")
_SURE = {
    "name": 1.0,
    "adjective": 0.97,
    "demonym": 0.97,
    "capital": 0.95,
    "person": 1.0,
    "surname": 0.97,
    "close match": 0.85,
    "noun": 0.75,
    "members": 0.9,
    "author": 0.9,
    "pronoun": 0.85,
}
_OTHERWISE = 0.85


@dataclass(frozen=True, slots=True)
class Draft:
    """A stance with its holder and the sentence in which it stands.

    Attributes
    ----------
    document, passage
        Where.
    start, end
        The sentence, which is the evidence.
    stance, voice
        The stance, and who holds it.
    cover
        The attribution in which it stands, or ``None``.
    said
        Whether its holder says it himself.
    reporter
        Who else says so.
    recalled
        Whether the concept is only pointed to.
    on
        The day of the document.
    """

    document: Document
    passage: Passage
    start: int
    end: int
    stance: Stance
    voice: Mention
    cover: Attribution | None
    said: bool
    reporter: str
    recalled: bool
    on: Day | None

    @property
    def words(self) -> str:
        """The sentence."""
        return self.document.text[self.start : self.end]

    @property
    def past(self) -> bool:
        """Whether it is told of a time that is over."""
        return is_past(self.stance.token, self.on)

    @property
    def now(self) -> bool:
        """Whether its clause speaks of the present."""
        return speaks_of_now(self.stance.token)

    @property
    def own_day(self) -> Day | None:
        """The day before the document's that its relative clause names, or ``None``."""
        return own_day(self.stance.token, self.words, self.on)

    @property
    def present(self) -> bool:
        """Whether its verb stands in the present or in the future."""
        verb = verb_at(self.stance.token)
        words = [verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass"))]
        return any(word.tag_ in ("VBZ", "VBP") or word.lower_ in ("will", "shall") for word in words)

    def candidate(self) -> Candidate:
        """Return the candidate statement."""
        stance, words, clause = self.stance, self.words, clause_of(self.stance.token)
        condition = self._condition()
        hedged = _HEDGE.search(clause) is not None
        doubts = (self.voice.doubt, "hedged" if hedged else "", "of the past" if self.past else "")
        author = self.document.author if self.voice.how != "author" else ""
        told = f"{self.reporter}, through {author}" if self.reporter and author else self.reporter or author
        return Candidate(
            document=self.document.id,
            passage=self.passage.place,
            passage_id=self.passage.id,
            start=self.start,
            end=self.end,
            quote=words,
            actor=self.voice.actor,
            person=self.voice.person,
            office=self.voice.office,
            concept=stance.concept,
            stance=stance.sign,
            condition=condition,
            kind=self._kind(),
            venue="private" if _PRIVATE.search(words) else "public",
            said_on=said_on(stance.token, words, self.on),
            known_on=self.on,
            reporter=told[:200],
            certainty=certainty_of(self.grounds()),
            rule=f"{' < '.join(stance.trail) or 'said'}; {self.voice.how}",
            hedged=hedged,
            prediction=False,
            doubts=tuple(filter(None, doubts)),
            signal=signal_of(stance, clause, words, condition),
            grounds=self.grounds(),
        )

    def _condition(self) -> str:
        """Return the condition that the sentence states, unless it stands in a relative clause on somebody else."""
        condition, token = condition_of(self.words), self.stance.token
        place = token.doc.text.find(condition) if condition else -1
        at = next((word for word in token.doc if word.idx >= place), None) if place >= 0 else None
        relative = relative_of(at) if at is not None else None
        if relative is None or token.i in {word.i for word in relative.subtree}:
            return condition
        return ""  # 'opposes the Commission, which asked for talks | on the condition that'

    def _kind(self) -> str:
        """Return how it was said: see `Statement.kind`."""
        stance, cover = self.stance, self.cover
        kind = "indirect" if self.said and not self.reporter else ""
        if cover is not None and self._quoted():
            kind = cover.kind
        objects = [child for child in stance.token.children if child.dep_ == "dobj"]
        if not self.said and any(each.lemma_ in _ACTS for each in (stance.token, *objects)):
            kind = "act"
        kind = kind or ("indirect" if "urge" in stance.trail else "narrated")
        return "conjecture" if kind == "narrated" and _GUESS.search(self.words) else kind

    @property
    def strength(self) -> float:
        """How plainly its words say it, to choose between two drafts of one passage."""
        return self._rules() * min(1.0, 0.6 + 0.4 * self.stance.score)

    def grounds(self) -> dict[str, float]:
        """Return what the certainty is computed from."""
        judged = set(self.stance.trail) <= {"good", "bad", "should", "say", "reason"}
        verbs = sum(token.pos_ == "VERB" for token in self.stance.token.doc)
        rules = self._rules()
        plain = rules >= SURE and _plain(self.stance)
        quoted = self._quoted() and bool(self.voice.person and self.voice.actor)
        return grounds_of(rules=rules, verbs=verbs, plain=plain, judged=judged, quoted=quoted)

    def _quoted(self) -> bool:
        """Tell whether its holder says it himself, in quotation marks."""
        return self.cover is not None and self.cover.kind in ("direct", "mixed") and self.said

    def _rules(self) -> float:
        """Return what the rules take off, as a factor: for a pronoun, a hedge, a loose fit and the like."""
        stance, voice = self.stance, self.voice
        trail = set(stance.trail)
        doubtful = any(each.dep_ == "aux" and each.lower_ in ("might", "may") for each in stance.token.children)
        factors = (
            (True, _SURE.get(voice.how, _OTHERWISE)),
            (self.recalled, 0.8),
            (stance.holder == "pronoun", 0.9),
            (_HEDGE.search(clause_of(stance.token)) is not None, 0.9),
            (not stance.trail or stance.trail == ("say",), 0.55),
            (self.past, 0.7),
            (stance.score < 0.8 and trail <= {"good", "bad", "say"}, 0.45),
            (doubtful, 0.42),
            ({"weigh", "refuse"} <= trail, 0.4),
            ("deny" in trail or (stance.sign == 0 and "weigh" not in trail), 0.5),
            (not voice.actor, 0.6),
            (bool(voice.actor and voice.doubt), 0.9),
        )
        return math.prod(factor for holds, factor in factors if holds)


def _plain(stance: Stance) -> bool:
    """Tell whether a verb takes the side, close to words that name the concept in full."""
    near = not stance.spot or abs(stance.spot[0] - stance.token.i) <= NEAR
    return bool(stance.token.pos_ == "VERB" and near and stance.score >= FITS)


def signal_of(stance: Stance, clause: str, words: str, condition: str) -> str:
    """Return the signal that a stance carries, or an empty string.

    Parameters
    ----------
    stance
        The stance.
    clause, words
        Its clause and its sentence.
    condition
        The condition that the sentence states.
    """
    against = bool(set(stance.trail) & {"block", "oppose", "refuse"})
    if stance.sign == 0:
        said = _ABSTAINS.search(clause) or (_ABSTAINS.search(words) and not re.search(_NOT_SURE, words))
        return ABSTENTION if said and not _MAY_ABSTAIN.search(words) else ""
    if stance.sign < 0:
        threat = (condition and _REFUSAL.search(condition)) or ("block" in stance.trail and _THREAT.search(clause))
        return "link" if _LINK.search(words) else "threat" if threat else ""
    return _of_support(stance, clause, words, condition, against=against)


def _of_another(trail: Sequence[str]) -> bool:
    """Tell whether a withdrawal is what the speaker urges, hopes for or welcomes of somebody else."""
    after = trail[len(trail) - trail[::-1].index("end") :] if "end" in trail else ()
    return any(word != "say" for word in after)


def _perhaps(token: Any) -> bool:
    """Tell whether what a word says only might be: 'it might be inclined to | drop its objection'."""
    hoped = any(ancestor.lower_ in HOPING or ancestor.lemma_ == "want" for ancestor in token.ancestors)
    return hoped or any(
        inner.dep_ == "aux" and inner.lower_ in ("might", "may", "could")
        for node in [token, *token.ancestors]
        for inner in node.children
    )


def _of_support(stance: Stance, clause: str, words: str, condition: str, *, against: bool) -> str:
    """Return the signal of a stance that is for, or not against; ``against``: it takes back or denies opposition."""
    if _SUPPOSED.search(clause):
        return ""  # 'if Spain is persuaded to | accept it': it is not
    turned = stance.signal or (_TURNED.search(words) and _OBJECTING.search(words))
    if against and turned and not _KEPT.search(words):
        return "" if _perhaps(stance.token) or _of_another(stance.trail) else stance.signal or "withdrawal"
    if _FIRM.search(words):
        return "threat" if condition or _THREAT.search(words) else ""
    if condition or "soften" in stance.trail:
        return "softening"
    if (against and _CONSENTS.search(words) and not _SUPPORTS.search(words)) or _LIVES_WITH.search(words):
        return CONSENT
    return "offer" if _OFFER.search(clause) else ""

"""What an option or a question asks to be done: a verb and a thing, what the opposite is called, and what goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_ENDING = _words(
    "lift ease end waive cancel remove scrap drop abolish terminate revoke repeal relax stop halt withdraw close "
    "dissolve disband unfreeze loosen suspend discontinue"
)
_REFUSING = _words("ban prohibit reject condemn block veto")
_KEEPING = _words("keep continue maintain retain extend renew prolong preserve uphold")
_MAKING = _words(
    "accept adopt allow approve authorise authorize build create declare deploy establish fund give grant impose "
    "introduce join launch mention offer open ratify recognise recognize send sign"
)
_CHANGING = _words(
    "agree amend appoint choose cut decide elect expand freeze hold increase intervene let limit lower mandate move "
    "pass pay postpone provide raise reduce sanction start strengthen support take tighten"
)
_ENTERING = _words("admit readmit accept invite seat reinstate")
_LEAVING = _words("suspend expel exclude")
VERBS = _ENDING | _REFUSING | _KEEPING | _MAKING | _CHANGING | _ENTERING | _LEAVING
"""What bodies do, in the words of options and questions."""

_NOUNS_TOO = _words("close lower mandate sanction support limit block open cut end ban freeze veto")
_POINTED = re.compile(r"(?:it|them|the|an?|all|its|their|any|this|[A-Z][\w'’.-]*)\b|[a-z]+s\b")
_LINKED = re.compile(r"(?:on|in|of|to|for|from|at|by|with|against|and|or)\b")
_ARTICLE = re.compile(r"^(?:an?|the|all|its|their|any)\s+", re.IGNORECASE)
_OWNED = re.compile(r"^.*(?:['’]s|s['’])\s+")
_PLACED = re.compile(
    r"\s+(?:of|on|to|with|against|over|between|in|for|from|at|demanding|calling|imposing|requiring|establishing|that"
    r"|which)\s.*$"
)
_DEGREE = re.compile(r"\s+(?:in (?:full|part|principle)|fully|partly|entirely|altogether|at once|now)$", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_a-z]")
_NOTHING = re.compile(
    r"(?:no (?:change|decision|action)|nothing|nobody|none|never|(?:do(?:es)? )?not|do nothing|(?:the )?status quo)\b"
    r"|.*\b(?:unchanged|as (?:it|they|things) (?:is|are|stands?)|as (?:now|before|today))\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:keep|continue|maintain|retain|preserve|uphold|remain|stay|let .+ (?:lapse|expire|end|run out))\b"
    r"|.*\b(?:stays?|remains?|continues?|goes on|lapses?|expires?|runs? out)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(r".*\b(?:takes? effect|enters? into force)\b", re.IGNORECASE)
"""What comes of itself where nothing is decided, if it is the status quo."""
_EMPTY = re.compile(r"(?:no|without)\b", re.IGNORECASE)
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be done: ``verb`` as it stands in a dictionary, and ``thing`` with its place or owner."""

    verb: str
    thing: str

    @property
    def named(self) -> bool:
        """Whether it is done to somebody: the thing is a name."""
        return bool(_NAME.match(_ARTICLE.sub("", _OWNED.sub("", self.thing))))

    @property
    def things(self) -> list[str]:
        """The thing, and the same without owner and place, the longest first.

        Examples
        --------
        >>> Act("lift", "the sanctions on Niger").things, Act("extend", "the mission's mandate").things
        (['sanctions on Niger', 'sanctions'], ["mission's mandate", 'mandate'])
        """
        whole = _ARTICLE.sub("", self.thing)
        own = _OWNED.sub("", whole)
        short = _PLACED.sub("", own)
        return [
            words
            for words in dict.fromkeys((whole, own, short))
            if words not in ("", "it", "them") and len(words.split()) <= _LONGEST
        ]


def act_of(words: str) -> Act | None:
    """Return what words that begin with a verb ask for; None where they begin with anything else.

    Examples
    --------
    >>> act_of("lift the sanctions on Niger")
    Act(verb='lift', thing='the sanctions on Niger')
    >>> act_of("a liaison office") is None, act_of("renew the exemption in full")
    (True, Act(verb='renew', thing='the exemption'))
    >>> act_of("ban on sales"), act_of("close cooperation")
    (None, None)
    """
    verb, _, thing = _DEGREE.sub("", words.strip().rstrip(".?!")).partition(" ")
    verb, thing = verb.lower(), thing.strip()
    if verb not in VERBS or not thing or _LINKED.match(thing):
        return None  # "ban on sales" is a thing
    return None if verb in _NOUNS_TOO and not _POINTED.match(thing) else Act(verb, thing)


def act_done(thing: str, participle: str) -> Act | None:
    """Return what is asked for where something is to be done to a thing: "the mandate", "extended".

    Examples
    --------
    >>> act_done("The mandate", "extended"), act_done("The ban", "scrapped").verb, act_done("Bolivia", "consulted")
    (Act(verb='extend', thing='The mandate'), 'scrap', None)
    """
    verbs = (v for v in sorted(VERBS) if participle in (f"{v}ed", f"{v}d", f"{v}{v[-1]}ed", f"{v[:-1]}ied"))
    verb = next(verbs, None)
    return None if verb is None else Act(verb, thing)


def cues_for(act: Act, *, opposites: bool = True) -> list[str]:
    """Return phrases that speak for an act, and with a leading minus phrases that speak against it.

    Without ``opposites`` the phrases for its opposite, such as "keep" for "lift", are left out. What is to end is
    there: whoever is for the thing is against the act. What is to be made, or to go on, is wanted by whoever is for
    the act. Somebody's name says neither.

    Examples
    --------
    >>> cues_for(Act("lift", "the sanctions on Niger"))[:3]
    ['lift sanctions on Niger', 'lift sanctions', '-sanctions on Niger']
    >>> cues_for(Act("impose", "an arms embargo on Sudan"))
    ['impose arms embargo on Sudan', 'impose arms embargo', 'arms embargo on Sudan']
    """
    if not act.things:
        return []
    whole, short = act.things[0], act.things[-1]
    plain = [whole] if len(whole.split()) > 1 else []
    cues = [f"{act.verb} {thing}" for thing in act.things]
    against: list[str] = []
    if act.named:
        against = [f"-{short} remain", f"-{short} stay"] if act.verb in _LEAVING else []
    elif act.verb in _ENDING:
        against = [f"-keep {short}", f"-maintain {short}", f"-{short} remain", f"-{short} stay"]
        against += [f"-impose {short}", f"-{short}"]
        cues += [f"-{cue}" for cue in plain]
    elif act.verb in _REFUSING:
        cues += [f"-{cue}" for cue in plain]
    elif act.verb in _KEEPING:
        cues += [*plain, *(f"-{cue} expire" for cue in plain)]
        against = [f"-end {short}", f"-terminate {short}", f"-{short} expire", f"-{short} lapse"]
    elif act.verb in _MAKING:
        cues += plain + (["draft resolution"] if short.endswith("resolution") else [])
    return [*cues, *against] if opposites else cues


_ARMED = re.compile(r"\b(?:troops?|soldiers?|forces?|military|militarily|militar\w+|peacekeepers?)\b", re.IGNORECASE)
_SENDING = _words("intervene deploy send dispatch use authorise authorize")
_USING_FORCE = (
    "military intervention", "intervene militarily", "use of force", "use force", "deploy troops", "send troops",
    "send soldiers", "contribute troops", "military action", "military operation",
)  # fmt: skip
_TEXTS = _words("framework package deal agreement treaty convention declaration plan budget motion law")
_DEALS = _words("framework package agreement treaty convention plan")
_SETTLING = _words("adopt approve accept ratify pass endorse")
_STEPS = {"signing": "sign", "signature": "sign", "conclusion": "conclude", "ratification": "ratify"}
_STEP = re.compile(
    r"(?:the )?(?P<step>signing|signature|conclusion|ratification)(?: of)? (?:the |an? )?(?P<text>.+)", re.IGNORECASE
)
_BETWEEN = re.compile(r"[A-Z][\w.]*-([A-Z]\w+ .+)")
"""A text that two sides have together: 'the EU-Mercosur agreement' is mostly called by the other's name."""


def cues_alike(words: str) -> list[str]:
    """Return other ways in which news speaks of an act: sending troops, or adopting a text.

    Examples
    --------
    >>> cues_alike("intervene in Niger with military force")[:3]
    ['military intervention', 'intervene militarily', 'use of force']
    >>> cues_alike("adopt the Net-Zero Framework"), cues_alike("lift the sanctions on Niger")
    (['framework', 'deal', 'adoption'], [])
    >>> cues_alike("approve the signing of the EU-Mercosur agreement")
    ['sign EU-Mercosur agreement', 'EU-Mercosur agreement', 'Mercosur agreement', 'agreement', 'deal']
    """
    verb, _, thing = _DEGREE.sub("", words.strip().rstrip(".?!")).partition(" ")
    verb = verb.lower()
    if (step := _STEP.match(thing if verb in _SETTLING else words.strip())) is not None:
        text = step["text"].rstrip(".?!")
        short = [partner[1] for partner in [_BETWEEN.match(text)] if partner]
        return [f"{_STEPS[step['step'].lower()]} {text}", text, *short, *cues_alike(f"approve {text}")]
    if verb in _SENDING and (_ARMED.search(thing) or verb == "intervene"):
        return list(_USING_FORCE)
    nouns = _PLACED.sub("", _OWNED.sub("", thing)).split()
    if verb in _SETTLING and len(nouns) > 1 and nouns[-1].casefold() in _TEXTS:
        noun = nouns[-1].casefold()
        return [noun, *(["deal"] if noun in _DEALS else []), *(["adoption"] if verb == "adopt" else [])]
    return []


def cues_against(still: str) -> list[str]:
    """Return phrases for what holds if nothing is decided, each with a minus; none where its label is only a 'no'.

    Examples
    --------
    >>> cues_against("keep the sanctions"), cues_against("the fine stays as it is"), cues_against("no office")
    (['-keep sanctions'], ['-fine stays'], [])
    >>> cues_against("let the exemption lapse"), cues_against("duties take effect")
    (['-exemption lapse'], ['-duties take effect'])
    """
    if is_nothing(still):
        plain = re.sub(r"\s+(?:unchanged|as (?:it|they|things) \w+|as (?:now|before|today))$", "", still.strip())
        if plain == still.strip() or is_nothing(plain):
            return []
        still = plain
    if not _GOES_ON.match(still) and not _BEGINS.match(still):
        return []
    act = act_of(still)
    if act is not None and act.verb != "let":
        return [f"-{act.verb} {thing}" for thing in act.things]
    words = _ARTICLE.sub("", re.sub(r"(?i)^let\s+", "", still.strip()))
    return [f"-{words}"] if len(words.split()) <= _LONGEST else []


def is_nothing(label: str) -> bool:
    """Tell whether an option's label says that nothing is done.

    Examples
    --------
    >>> is_nothing("no office"), is_nothing("do not admit Bolivia"), is_nothing("a mention")
    (True, True, False)
    """
    return bool(_EMPTY.match(label.strip()) or _NOTHING.match(label.strip()))


def status_quo_of(options: Sequence[tuple[str, float]], asked: str, *, placed: bool) -> tuple[str, str]:
    """Return the option that holds if nothing is decided, and by what it was told.

    Parameters
    ----------
    options
        Labels and places.
    asked
        What the question of yes or no asks to be done; blank for another question.
    placed
        Whether the places were given: an option that begins with "no" and stands at the far end is then a step.

    Examples
    --------
    >>> status_quo_of([("keep the sanctions", 0.0), ("no sanctions", 100.0)], "", placed=False)
    ('keep the sanctions', 'its words')
    >>> status_quo_of([("extend it", 0.0), ("end it", 100.0)], "extend the mandate", placed=False)
    ('end it', 'the question, which asks for another')
    >>> status_quo_of([("no duties", 0.0), ("duties take effect", 100.0)], "impose duties", placed=False)
    ('no duties', 'its words')
    """
    labels = [label for label, _ in options]
    furthest = max(at for _, at in options)
    empty = [label for label, at in options if _EMPTY.match(label.strip()) and not (placed and at == furthest)]
    for told in (
        [label for label in labels if _NOTHING.match(label.strip())],
        [label for label in labels if _GOES_ON.match(label.strip())],
        empty,
    ):
        if told:
            return told[0], "its words"
    lowest = min(options, key=lambda option: option[1])[0] if placed else labels[0]
    wanted = act_of(asked)
    others = [label for label in labels if wanted and (act := act_of(label)) and act.verb != wanted.verb]
    if len(labels) == 2 and wanted and others and lowest not in others:
        return others[0], "the question, which asks for another"
    return lowest, "its place, the lowest" if placed else "its place, the first"

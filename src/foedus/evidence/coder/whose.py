"""Whose a predicate is: its subject, the possessor of a noun, who is urged, with whom somebody is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from foedus.evidence.coder.actors import Mention
from foedus.evidence.coder.clauses import (
    TELLING,
    first_conjunct,
    imperative,
    infinitive,
    nominal,
    object_of,
    subjects_of,
    urges,
    verb_of,
    verbal,
)
from foedus.evidence.coder.holders import Holder, Holders
from foedus.evidence.coder.lists import AGENTS, listed_beside, run_of_actors
from foedus.evidence.coder.negation import flips
from foedus.evidence.coder.nouns import ANYBODY
from foedus.evidence.coder.predicates import Found
from foedus.evidence.coder.wordlists import wordset

_ISSUING = wordset("sign issue adopt publish release make endorse give send write deliver submit table")
_LIFTED = frozenset(["xcomp", "ccomp", "advcl", "conj", "pcomp", "acomp", "prep", "dep"])
OBSTACLES = wordset("blockade veto objection obstruction obstructionism stonewalling resistance intransigence refusal")
"""Objections that are told as a fact; 'the Hungarian opposition' may be a party."""

_CASTING = wordset("cast exercise use raise voice express make lodge enter")
_ROOM = wordset("time chance opportunity reason right way room occasion pretext")
_MOST_LIFTS = 6
EMERGING = wordset("transpire transpires emerge appear seem follow turn happen look")
_OWNING = frozenset(["poss", "amod", "compound", "nmod"])
_FROM = ("from", "of", "by", "in", "among", "within")
_AIMING = wordset("aim design intend mean")
_LEADING = wordset("lead back sponsor propose draft broker mediate support initiate author table")
_ACCORDS = wordset("agreement deal accord pact compromise understanding consensus")
_STOPPING = wordset("stop cease quit halt")
VOICES = wordset(
    "answer reply response position stance vote verdict message line view attitude word reaction line policy "
    "preference instinct choice conclusion mood intention"
)
"""Nouns for what somebody holds: his answer, his position, his vote."""
_SIDED = ("oppose", "block", "refuse", "weigh")
_NAMED = wordset("propose nominate suggest tip elect choose pick invite recommend")
"""What happens to a candidate, who is for nothing thereby: 'Estonia has been proposed | to chair it'."""

_REASONS = wordset("reason ground rationale motive justification explanation")
_TOPIC = ("about", "regarding", "concerning")
_ENTERING = wordset("join rejoin lead head swell")
_NEAR_COMMA = 10
_TELLING = wordset("show signal mark mean suggest demonstrate underline indicate imply signify")
_EACH = ("both", "all", "each", "none", "neither")


class Whose:
    """Finds the holders of the predicates of one sentence.

    Parameters
    ----------
    doc
        The parse.
    holders
        Reads its noun phrases.
    predicates
        Its predicates by token.
    """

    def __init__(self, doc: Any, holders: Holders, predicates: Mapping[int, Sequence[Found]]) -> None:
        self.doc, self.holders, self.predicates = doc, holders, predicates

    # ------------------------------------------------------------------ subjects
    def subject(self, token: Any, role: str = "") -> Holder | None:
        """Return who is the subject of a predicate, or whose noun it is."""
        beside = token.lower_ == "against" and token.head.dep_ == "pobj" and token.head.head.lower_ == "with"
        if beside or (token.dep_ == "amod" and token.head.lower_ in ANYBODY):
            return self.holders.read(token.head)
        if token.lemma_.lower() in AGENTS:
            agents = self._agents(token)
            if agents is not None:
                return agents
        if nominal(token):
            own = self.owner(token, role)
            if own is not None or role == "have":
                return own
        verb = verb_of(token)
        named = self._named_as(verb)
        if named:
            return Holder("actor", named, token)
        for _ in range(_MOST_LIFTS):
            done, holder = self._at(token, verb, role)
            if done:
                return holder
            verb = verb_of(verb.head)
        return None

    def _named_as(self, verb: Any) -> tuple[Mention, ...]:
        """Return who is named as doing something: 'named Malta and | Spain as opposing it'."""
        word = verb.head
        if verb.dep_ != "pcomp" or word.lower_ != "as" or word.i - 1 not in self.holders.by_token:
            return ()
        mentions: list[Mention] = []
        at = word.i - 1
        while at >= 0 and (at in self.holders.by_token or self.doc[at].lower_ in (",", "and", "or", "the", "both")):
            mention = self.holders.by_token.get(at)
            if mention is not None and mention.actor and not self.holders.taken(at):
                mentions.insert(0, mention)
            at -= 1
        return tuple({listed.actor: listed for listed in mentions}.values())

    def called(self, noun: Any) -> bool:
        """Tell whether somebody is called a supporter or an opponent: not 'critics in Paris', whoever they are."""
        return noun.lemma_ in AGENTS and (noun.dep_ != "nsubj" or self._agents(noun) is not None)

    def _agents(self, noun: Any) -> Holder | None:
        """Return who is called a supporter or an opponent: 'its supporters are | France and Spain'."""
        listed = listed_beside(noun, self.holders.by_token) or self._between_commas(noun)
        if listed:
            return Holder("actor", listed, noun)
        if noun.dep_ == "nsubj" and noun.head.lemma_ in ("be", "remain", "become", "include"):
            said = next(
                (child for child in noun.head.children if child.dep_ in ("attr", "dobj") and child.i > noun.i), None
            )
            holder = self.holders.read(said) if said is not None else None
            return holder if holder is not None and holder.kind == "actor" else None
        if noun.dep_ == "attr" or (noun.dep_ == "dobj" and noun.head.lemma_ in _ENTERING):
            subject = next(iter(subjects_of(noun.head)), None)
            return self.holders.read(subject) if subject is not None else None
        if noun.dep_ == "appos":
            return self.holders.read(noun.head)
        fronted = noun.dep_ in ("dep", "npadvmod", "nsubj", "advcl", "prep") and verbal(noun.head)
        later = next((who for who in subjects_of(noun.head) if who.i > noun.i), None) if fronted else None
        if later is not None:  # 'an opponent of it, | France promised'
            return self.holders.read(later)
        return self._among(noun.head) if noun.dep_ == "pobj" else None

    def _between_commas(self, noun: Any) -> tuple[Mention, ...]:
        """Return the names between commas after a noun: 'its opponents, | Spain and Italy, have'."""
        if noun.dep_ not in ("nsubj", "nsubjpass"):
            return ()
        comma = next(
            (token.i for token in self.doc[noun.i + 1 : noun.i + _NEAR_COMMA] if token.text in (",", "(", "-")), None
        )
        if comma is None or comma > noun.head.i:
            return ()
        mentions, end = run_of_actors(self.doc, comma + 1, self.holders.by_token)
        apart = mentions and end < len(self.doc) and self.doc[end - 1].text in (",", ")", "-")
        if apart or self.doc[end : end + 1].text in (")", "-"):
            return tuple(mention for mention in mentions)
        close = next((token.i for token in self.doc[comma + 1 : comma + 2 * _NEAR_COMMA] if token.text == ","), None)
        tail = [token.lower_ for token in self.doc[close - 2 : close]] if close is not None else []
        if tail != ["among", "them"] or close is None:
            return ()
        return tuple(self.holders.actors_in(self.doc[comma + 1 : close]))  # 'critics, Spain chief among them, say'

    def _among(self, among: Any) -> Holder | None:
        """Return who is said to be among supporters or opponents, or is left or named as one."""
        if among.lower_ in ("among", "of", "as"):
            verb = verb_of(among)
            left = next((child for child in verb.children if child.dep_ == "dobj"), None)
            if among.lower_ == "as" and left is not None and verb.lemma_ in ("leave", "make", "single", "name", "cast"):
                return self.holders.read(left)
            if verb.lemma_ in ("be", "count", "rank", "remain", "stand"):
                subject = next(iter(subjects_of(verb)), None)
                return self.holders.read(subject) if subject is not None else None
        return None

    def _at(self, token: Any, verb: Any, role: str) -> tuple[bool, Holder | None]:
        """Return whether a verb settles who it is, and who; else the verb above it is asked."""
        if verb.dep_ == "pcomp" and verb.head.lower_ in _TOPIC and self._speaks(verb.head.head):
            return True, Holder("other", (), verb)  # 'had nothing to say about | scrapping it'
        done, holder = self._passive(token, verb, role)
        if done:
            return done, holder
        subject = self._own_subject(verb)
        called = subject is not None and imperative(verb)  # 'friends in Washington, | let them come'
        if called or any(child.dep_ == "expl" for child in verb.children):
            return True, None
        if subject is not None:
            return True, self._of_subject(token, verb, subject)
        return self._above(verb)

    def _above(self, verb: Any) -> tuple[bool, Holder | None]:
        """Return whether what governs a verb without a subject settles who it is, and who."""
        if verb.dep_ in ("acl", "relcl"):
            return True, self._modified(verb)
        if verb.dep_ in ("pcomp", "pobj") and verb.head.lower_ == "for" and verb.head.head.lemma_ in _REASONS:
            return True, self.owner(verb.head.head)  # 'our reasons for | voting against it'
        if verb.dep_ not in _LIFTED or verb.head == verb:
            return True, self._nearest(verb) if verb.dep_ == "ROOT" and verbal(verb) else None
        holder = self._controller(verb)
        return holder is not None, holder

    def _of_subject(self, token: Any, verb: Any, subject: Any) -> Holder | None:
        each = self._each_of_which(subject)
        if each is not None:
            return each
        if subject.lower_ == "it" and token != verb and verb.lemma_ in EMERGING:
            return Holder("other", (), subject)
        related = subject.lower_ in ("who", "which", "that") and verb.dep_ == "relcl"
        shared = subject.i in self.holders.by_token and any(
            child.dep_ == "conj" and nominal(child) and child.i not in self.holders.by_token
            and any(each.dep_ == "poss" and each.i in self.holders.by_token for each in child.children)
            for child in subject.children
        )  # fmt: skip
        if shared:
            return Holder("other", (), subject)  # 'Russia and China's actions | have raised concerns'
        if not related:
            stops = token == verb and any(
                predicate.predicate.kind in ("block", "oppose", "fail", "bad")
                for predicate in self.predicates.get(verb.i, ())
            )
            return self._voice(subject, stops=stops)
        if self._of_the_event(subject, verb):
            return Holder("other", (), subject)
        meant = self._antecedent(verb.head, verb if subject.lower_ != "that" else None)
        place = self.holders.start + verb.idx
        before = tuple(mention for mention in meant.mentions if mention.start < place) if meant is not None else ()
        return replace(meant, mentions=before) if meant is not None and before else meant

    def _each_of_which(self, subject: Any) -> Holder | None:
        """Return whom 'both of which', 'all of whom' means: the list before it."""
        of = next((child for child in subject.children if child.lower_ == "of" and child.dep_ == "prep"), None)
        inner = object_of(of) if of is not None else None
        if inner is None or inner.lower_ not in ("which", "whom") or subject.lower_ not in _EACH:
            return None
        name = next((token for token in reversed(self.doc[: subject.i]) if not token.is_punct), None)
        while name is not None and name.dep_ in ("pobj", "prep") and name.i not in self.holders.by_token:
            name = name.head
        return self.holders.read(first_conjunct(name)) if name is not None else None

    def _voice(self, subject: Any, *, stops: bool = True) -> Holder:
        """Return who is meant by a subject: whose answer it is, or whose objection where that is what stops it."""
        holder = self.holders.read(subject)
        sided = stops and any(predicate.predicate.kind in _SIDED for predicate in self.predicates.get(subject.i, ()))
        if holder.kind != "other" or not nominal(subject) or subject.lemma_ in AGENTS:
            return holder
        if not (subject.lemma_ in VOICES or sided):
            return holder
        owner = self.owner(subject)
        if owner is None and subject.lemma_ in VOICES and any(child.lower_ == "the" for child in subject.children):
            return Holder("speaker", (), subject)
        return owner if owner is not None and owner.kind in ("actor", "speaker", "pronoun") else holder

    def _speaks(self, word: Any) -> bool:
        """Tell whether a word is one of speech, whose topic is nobody's doing."""
        return any(predicate.predicate.kind in ("say", "weigh") for predicate in self.predicates.get(word.i, ()))

    def _passive(self, token: Any, verb: Any, role: str) -> tuple[bool, Holder | None]:
        """Return whether a passive settles who it is, and who: 'was vetoed by | Spain'."""
        agent = next((child for child in verb.children if child.dep_ == "agent"), None)
        passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)
        elliptic = agent is not None and verb.tag_ in ("VBN", "VBD") and not subjects_of(verb)
        if not (passive or elliptic) or token != verb or not verbal(token):
            return False, None
        if agent is not None and any(verb.i in predicate.tokens for predicate in self.predicates.get(agent.i, ())):
            return False, None  # 'is | alarmed by it': the subject holds it
        if agent is not None:
            inner = object_of(agent)
            return True, self.holders.read(inner) if inner is not None else None
        return role == "nsubjpass" or (agent is None and verb.lemma_ in _NAMED), None

    def _own_subject(self, verb: Any) -> Any | None:
        subjects = subjects_of(verb)
        if len(subjects) > 1:
            named = next((subject for subject in subjects if self.holders.read(subject).kind == "actor"), None)
            if named is not None:
                return named
        ahead = next(
            (child for child in verb.children if child.dep_ == "npadvmod" and child.i in self.holders.by_token), None
        )
        if ahead is not None and subjects and subjects[0].lemma_ in AGENTS and ahead.i < subjects[0].i:
            return ahead  # 'Turkey, once an advocate of it, | has turned'
        return subjects[0] if subjects else self._name_before(verb)

    def _name_before(self, verb: Any) -> Any | None:
        """Return a name right before a verb that the parse takes for no subject: 'Nauru | voted against'."""
        before = self.doc[verb.i - 1] if verb.i else None
        time = self._of_time(before) if before is not None and verb.tag_ == "VBD" and verb.dep_ == "conj" else None
        if time is not None:
            return time
        if before is None or before.head != verb or before.dep_ != "npadvmod" or self.holders.taken(before.i):
            return None
        return before if before.i in self.holders.by_token else None

    def _of_time(self, name: Any) -> Any | None:
        """Return the list that a parse takes for a time: 'was dashed after | Malta and Spain scuppered it'."""
        first = first_conjunct(name)
        when = first.dep_ == "pobj" and first.head.lower_ in ("after", "before", "as", "since", "until")
        return first if when and first.i in self.holders.by_token and not self.holders.taken(first.i) else None

    def _of_the_event(self, subject: Any, verb: Any) -> bool:
        """Tell whether 'which' means what was just told and no city: 'went to Riga, | which was taken as support'."""
        place = self.holders.by_token.get(verb.head.i)
        told = verb.lemma_ in _TELLING or any(child.dep_ == "auxpass" for child in verb.children)
        city = verb.head.dep_ == "pobj" and place is not None and place.how == "capital"
        return bool(subject.lower_ == "which" and city and told)

    def _antecedent(self, noun: Any, verb: Any | None = None) -> Holder | None:
        """Return whom 'who', 'which' or 'that' stands for after a noun; a text that somebody issues speaks for him."""
        antecedent = self.holders.read(noun if verb is None else self._whole_list(noun, verb))
        if antecedent.kind == "other" and noun.dep_ == "dobj" and noun.head.lemma_ in _ISSUING:
            return self.subject(noun.head)
        if antecedent.kind == "other" and noun.dep_ == "attr":
            return self._voice(noun)  # 'it was the objection of Spain | that sank it'
        return antecedent

    def _whole_list(self, name: Any, verb: Any) -> Any:
        """Return the first of a list of whose last member a clause is parsed: 'with Spain and | Italy opposing it'."""
        first = first_conjunct(name)
        if first == name or first.i not in self.holders.by_token:
            return name
        said = any(
            inner.dep_ == "relcl" for node in [first, *first.conjuncts] if node != name for inner in node.children
        )
        if said:
            return name  # 'Spain and Italy, who oppose it, as well as Malta and | Cyprus, who support it'
        apart = self.doc[verb.left_edge.i - 1].text in (",", "-")
        plural = verb.tag_ == "VBP" or name.tag_ in ("NNS", "NNPS") or any(
            child.lower_ in ("have", "are", "were") and child.dep_ in ("aux", "auxpass") for child in verb.children
        )  # fmt: skip
        return first if plural or not apart else name

    def _modified(self, verb: Any) -> Holder | None:
        """Return the noun that a participle or an infinitive describes: 'states | opposing it', 'the will | to'."""
        head = verb.head
        root = next((ancestor for ancestor in verb.ancestors if ancestor.dep_ == "ROOT"), head)
        if verb.tag_ == "VBN" and nominal(root) and any(child.dep_ in ("dobj", "ccomp") for child in verb.children):
            return self.holders.read(root)  # with an object it is no passive: the parse has lost the subject
        if infinitive(verb) and head.lemma_ in _ROOM:
            return Holder("other", (), head)
        beside = head.dep_ == "pobj" and head.head.lower_ == "with"  # 'with states like Spain | supporting it'
        if verb.tag_ == "VBG" and (beside or head.dep_ not in ("dobj", "pobj")):
            return self.holders.read(self._whole_list(head, verb))
        if head.pos_ in ("NOUN", "PROPN") and (verb.tag_ != "VBN" or verb.lemma_ in _AIMING):
            return self.subject(head)
        return self.holders.read(head)

    def _controller(self, verb: Any) -> Holder | None:
        """Return who is the subject of a verb without one by the verb above it: 'urged | Spain to agree'."""
        up = verb.head
        if verb.dep_ in ("xcomp", "ccomp"):
            asked = self._asked_object(verb, up)
            if asked is not None:
                return self.holders.read(asked)
            complements = [child for child in up.children if child.dep_ in ("acomp", "attr")]
            judged = next(
                (
                    child
                    for acomp in complements
                    if acomp.dep_ == "acomp"
                    for child in acomp.children
                    if child.dep_ == "prep" and child.lower_ in ("of", "for")
                ),
                None,
            )
            inner = object_of(judged) if judged is not None else None
            if inner is not None:
                return self.holders.read(inner)
            empty = next(
                (
                    child
                    for child in up.children
                    if child.dep_ in ("nsubj", "expl") and child.lower_ in ("it", "there", "that")
                ),
                None,
            )
            if empty is not None and complements:
                return Holder("anybody", (), empty)
        if verb.dep_ == "pcomp" and up.lower_ in ("for", "with", "of") and up.head.pos_ == "VERB":
            blamed = next((child for child in up.head.children if child.dep_ == "dobj"), None)
            if blamed is not None:
                return self.holders.read(blamed)
        return None

    def _asked_object(self, verb: Any, up: Any) -> Any | None:
        """Return who is asked to do what a verb says."""
        if verb.dep_ != "xcomp":
            return None
        direct = next((child for child in up.children if child.dep_ in ("dobj", "dative")), None)
        kinds = {predicate.predicate.kind for predicate in self.predicates.get(up.i, ())}
        if direct is not None and kinds & {"urge", "dissuade"}:
            return direct
        if not self._asks(up):
            return None
        for child in up.children:
            if child.dep_ in ("prep", "prt", "dative") and child.lower_ in ("to", "on", "upon", "with", "at"):
                inner = object_of(child)
                if inner is not None:
                    return inner
        return None

    def _asks(self, verb: Any) -> bool:
        return any(
            predicate.predicate.kind in ("urge", "dissuade") and urges(predicate, verb)
            for predicate in self.predicates.get(verb.i, ())
        )

    def _nearest(self, verb: Any) -> Holder | None:
        """Return the actor before a verb without a subject, where the parse has lost it."""
        first = next(
            (token for token in verb.subtree if token.dep_ == "npadvmod" and token.i in self.holders.by_token), None
        )
        if first is not None and first.i < verb.i and not self.holders.taken(first.i):
            return self.holders.read(first)
        named = [
            token for token in self.doc[: verb.i]
            if token.i in self.holders.by_token and not self.holders.taken(token.i) and token.dep_ == "appos"
            and any(each.dep_ == "relcl" and each.i > token.i for each in token.children)
        ]  # fmt: skip
        if named and verb.dep_ == "ROOT":  # 'on the other side, | France, which ..., supports it'
            return self.holders.read(named[-1])
        for token in reversed(self.doc[: verb.i]):
            if token.text in (";", ":", ".", '"'):
                return None
            if token.i in self.holders.by_token and not self.holders.taken(token.i):
                holder = self.holders.read(first_conjunct(token))
                return holder if holder.kind == "actor" else None
        return None

    # ------------------------------------------------------------------ nouns
    def owner(self, noun: Any, role: str = "") -> Holder | None:
        """Return whose noun it is: 'French objections', 'the support of Finland', 'opposition from Budapest'."""
        for child in noun.children:
            if child.dep_ not in _OWNING:
                continue
            if child.lower_ in ("our", "my"):
                return self.holders.read(child)
            if child.dep_ == "poss" and child.lower_ in ("its", "his", "her", "their"):
                return self._possessor(noun, child)
            holder = self.holders.read(child)
            if holder.kind == "actor":
                return holder
        leading = next((child for child in noun.children if child.dep_ == "amod" and child.lemma_ in _LEADING), None)
        cast = next((child for child in noun.children if child.dep_ == "acl" and child.lemma_ in _CASTING), None)
        agent = next((child for child in cast.children if child.dep_ == "agent"), None) if cast is not None else None
        inner = object_of(agent) if agent is not None else None
        if inner is None and leading is not None:  # 'a Saudi-led | attempt'
            inner = next((child for child in leading.children if child.dep_ == "npadvmod"), None)
        if inner is not None:
            return self.holders.read(inner)
        verb = noun.head if noun.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "pobj") else noun
        beside = list(verb.children) if verb != noun and noun.dep_ in ("dobj", "nsubj") else []
        for child in [*noun.children, *beside]:
            shared = (
                child.lower_ == "between" and noun.lemma_ in _ACCORDS and not flips(noun)
            )  # 'a | deal between them'
            if child.dep_ not in ("prep", "conj", "agent") or not (shared or child.lower_ in _FROM):
                continue
            if child.head == noun or child.lower_ in ("from", "in"):
                owner = self._source(noun, child, role)
                if owner is not None:
                    return owner
        return None

    def obstructs(self, noun: Any) -> bool:
        """Tell whether a noun is the objection of an actor that stands before it: 'the Slovak | blockade'."""
        if noun.lemma_ not in OBSTACLES:
            return False
        before = [child for child in noun.children if child.dep_ in _OWNING and child.i < noun.i]
        return any(self.holders.read(child).kind == "actor" for child in before)

    def _source(self, noun: Any, preposition: Any, role: str) -> Holder | None:
        """Return whom 'from', 'of' or 'by' names as whose noun it is."""
        for inner in preposition.children:
            if inner.dep_ != "pobj" or self.holders.taken(inner.i):
                continue
            holder = self.holders.read(inner)
            if holder.kind == "group" and preposition.head == noun:
                return holder
            around = preposition.lower_ in ("in", "within") and any(map(self.holders.is_body, holder.mentions))
            if around:
                continue  # 'resistance within | the Union' is not the Union's
            aside = preposition.head != noun and preposition.lower_ == "in" and role != "have"
            if holder.kind == "actor" and not aside:
                return holder
        return None

    def _possessor(self, noun: Any, pronoun: Any) -> Holder | None:
        """Return whom 'its' means before a noun: the subject of the clause, or who is urged."""
        verb = verb_of(noun)
        if verb != noun:
            holder = self.subject(verb)
            if holder is not None and holder.kind != "other":
                return holder
        return self.holders.read(pronoun)

    def given_up(self, token: Any) -> bool:
        """Tell whether an objection is what somebody is urged to give up, and so one that he has."""
        return self.ends(verb_of(token).head)

    def ends(self, above: Any) -> bool:
        """Tell whether a verb gives up what it governs."""
        return above.lemma_ in _STOPPING or any(
            predicate.predicate.kind == "end" for predicate in self.predicates.get(above.i, ())
        )

    def commanded(self, token: Any) -> bool:
        """Tell whether a verb is what somebody is urged to do: it is not known that he does."""
        verb = verb_of(token)
        while verb.dep_ == "conj" and verbal(verb.head) and not subjects_of(verb):
            verb = verb.head  # 'calls on Spain to lead and | support it'
        if token.pos_ in ("NOUN", "PROPN") or verb.dep_ not in ("xcomp", "ccomp", "conj", "advcl"):
            return False
        head = verb.head
        while head.dep_ == "conj":
            head = head.head
        finite = verb.dep_ == "ccomp" and not infinitive(verb) and head.lemma_ in TELLING
        if not self._asks(head) or verb == head or finite:
            return False
        return any(child.dep_ in ("dobj", "prep", "dative") for child in head.children) or any(
            child.dep_ == "nsubj" for child in verb.children
        )


def unagented(token: Any) -> bool:
    """Tell whether a token is a passive verb."""
    return token.pos_ == "VERB" and any(child.dep_ == "auxpass" for child in token.children)

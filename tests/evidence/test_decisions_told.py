"""How decisions are told: bodies and their members, abstentions that are forced, bids, delegations, things to be ended.

The oracle is the plain meaning of each text, written down before the rules ran on it; where a rule was added for one of
these kinds, the texts beside it are traps.
"""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest

from foedus.evidence.coder import code
from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.readers import document_of
from foedus.world import packaged_world

CLAIMS = {
    "alb": ("The European Union should open accession talks with Albania.", "talks with Albania; accession talks"),
    "belarus": ("The EU should lift the sanctions on Belarus.", "lift sanctions on Belarus; -sanctions on Belarus"),
    "cocoa": ("ECOWAS should adopt a cocoa export tax.", "cocoa export tax; cocoa tax"),
    "dmz": (
        "The Council should extend the mission in Lebanon.",
        "extend the mission; extension of UNIFIL; renew UNIFIL",
    ),
    "due": ("The Council should adopt the due diligence directive.", "due diligence directive; supply chain law"),
    "eumerc": (
        "The EU should sign the agreement with Mercosur.",
        "Mercosur agreement; agreement with Mercosur; trade deal with Mercosur; Mercosur deal",
    ),
    "fish": (
        "The WTO should adopt the fisheries subsidies agreement.",
        "fisheries subsidies agreement; fisheries agreement",
    ),
    "force": (
        "A multinational force should be sent to Haiti.",
        "multinational force; force for Haiti; mission to Haiti",
    ),
    "frank": (
        "The Authority should have its seat in Frankfurt.",
        "seat in Frankfurt; Frankfurt; Frankfurt's bid; German bid",
    ),
    "gab": (
        "Gabon should be readmitted to the African Union.",
        "readmit Gabon; Gabon's readmission; -Gabon's suspension",
    ),
    "iran": ("The Board should censure Iran.", "resolution censuring Iran; censure Iran"),
    "iv": ("Namibia should be allowed to sell ivory.", "ivory trade; ivory sales; -ban on ivory trade"),
    "kosovo": ("Kosovo should be admitted to the Council of Europe.", "Kosovo's membership; admit Kosovo"),
    "levy": ("The IMO should adopt a levy on shipping emissions.", "levy on shipping; shipping levy; carbon levy"),
    "lima": ("The summit should be held in Lima.", "summit in Lima; Lima; Peruvian bid; Lima's bid"),
    "mar": ("The World Cup should go to Morocco.", "Moroccan bid; Morocco's bid; World Cup in Morocco; Morocco host"),
    "mar2": (
        "Morocco should be readmitted to the African Union.",
        "readmit Morocco; Morocco's return; re-admission of Morocco",
    ),
    "mercosur": ("The Mercosur agreement should be the outcome.", "Mercosur agreement"),
    "mkd": (
        "The European Union should open accession talks with North Macedonia.",
        "talks with North Macedonia; accession talks",
    ),
    "myan": (
        "ASEAN should invite Myanmar's junta to its summit.",
        "invite Myanmar; invite the junta; -exclude Myanmar; -bar Myanmar",
    ),
    "niger": (
        "ECOWAS should lift the sanctions on Niger.",
        "lift sanctions on Niger; lift sanctions; -sanctions on Niger",
    ),
    "nuc": (
        "Nuclear power should be included in the EU taxonomy.",
        "inclusion of nuclear power; -keep nuclear out; -nuclear-free taxonomy",
    ),
    "oslo": ("The summit should be held in Oslo.", "summit in Oslo; Oslo; Norwegian bid; Oslo's bid"),
    "pal": (
        "Palestine should be admitted to the United Nations as a full member.",
        "Palestinian membership; admit Palestine; full member",
    ),
    "plat": (
        "The Council should adopt the platform workers directive.",
        "platform workers directive; platform work directive",
    ),
    "quota": (
        "OPEC+ should raise output.",
        "raise output; increase production; output increase; -cut output; -output cut",
    ),
    "sudan": (
        "The Human Rights Council should set up a fact-finding mission for Sudan.",
        "fact-finding mission for Sudan; fact-finding mission; draft resolution on Sudan",
    ),
    "susp": ("The African Union should suspend Guinea-Bissau.", "suspend Guinea-Bissau"),
    "turin": ("The Authority should have its seat in Turin.", "seat in Turin; Turin; Turin's bid; Italian bid"),
    "ukr": ("The European Union should open accession talks with Ukraine.", "accession talks;open talks with Ukraine"),
}


def _found(text: str, claims: str) -> list[Candidate]:
    document = dataclasses.replace(document_of("note.txt", f"{text}\n".encode()), language="en")
    concepts = [SimpleNamespace(id=claim, text=CLAIMS[claim][0], cues=CLAIMS[claim][1]) for claim in claims.split()]
    return list(code(document, packaged_world(), concepts))


CASES = [
    (
        (
            "The sanctions on Niger have lasted five months. Chinese officials said these coercive "
            "measures hurt ordinary people and must end."
        ),
        "niger",
        {("CHN", "niger", 1)},
    ),
    (
        (
            "The sanctions on Niger have lasted five months. Meanwhile Ghana criticised new import "
            "duties on cocoa and said these protectionist measures must end."
        ),
        "niger",
        set(),
    ),
    (
        "On Palestinian membership, a British official said that London would not use its veto.",
        "pal",
        {("GBR", "pal", 1)},
    ),
    ("On Palestinian membership, the United States would not hesitate to use its veto.", "pal", {("USA", "pal", -1)}),
    ("The Marshall Islands will accept nothing less than a levy on shipping.", "levy", {("MHL", "levy", 1)}),
    (
        ("Brazil called the levy on shipping nothing less than a new tax on the South, and would vote against it."),
        "levy",
        {("BRA", "levy", -1)},
    ),
    (
        (
            "The coalition in Berlin cannot agree on the platform workers directive, which results in "
            "Germany abstaining."
        ),
        "plat",
        {("DEU", "plat", 0)},
    ),
    (
        (
            "Ministers meet on the platform workers directive. In 2019, a coalition row had led to "
            "Germany abstaining on the copyright rules."
        ),
        "plat",
        set(),
    ),
    (
        (
            "Turin and Frankfurt both want the Authority. France and Malta will vote for Turin; Austria "
            "prefers Frankfurt."
        ),
        "turin frank",
        {("AUT", "frank", 1), ("FRA", "turin", 1), ("MLT", "turin", 1)},
    ),
    (
        ("Ministers of Spain and Portugal met in Frankfurt on Monday and called for more money for farmers."),
        "turin frank",
        set(),
    ),
    (
        (
            "Ambassadors voted on the platform work directive. Estonia, Greece and France abstained on "
            "the directive, and Germany joined them."
        ),
        "plat",
        {("DEU", "plat", 0), ("EST", "plat", 0), ("FRA", "plat", 0), ("GRC", "plat", 0)},
    ),
    (
        ("The platform work directive is stuck. Denmark and Ireland will abstain on the minimum wage directive."),
        "plat",
        set(),
    ),
    (
        ("The Moroccan bid worries the federation, whose president urged Algeria to settle its dispute with Rabat."),
        "mar",
        set(),
    ),
    (
        (
            "Statement by Ambassador Ruth Okello, Permanent Representative of Uganda\nMr President,\nMy "
            "delegation has studied the draft resolution on Sudan with care. We are not convinced that a "
            "new mechanism will help. We will therefore vote no and call on others to do the same."
        ),
        "sudan",
        {("UGA", "sudan", -1)},
    ),
    (
        (
            "Foreign Ministry Spokesperson Li Na's Regular Press Conference on June 5\nReuters: The "
            "Board meets on a resolution censuring Iran. How will China vote?\nLi Na: Pressure and "
            "confrontation will not solve the problem. China is opposed to such a move."
        ),
        "iran",
        {("CHN", "iran", -1)},
    ),
    (
        (
            "Chair's Statement of the ASEAN Foreign Ministers\n1. We discussed the situation in "
            "Myanmar.\n2. We agreed not to invite the junta to the summit."
        ),
        "myan",
        {("asean", "myan", -1)},
    ),
    ("Iraq backed the output increase, a step provided for in the December accord.", "quota", {("IRQ", "quota", 1)}),
    (
        ("Austria has long supported the agreement with Mercosur in principle but has voiced worries about beef."),
        "eumerc",
        {("AUT", "eumerc", 1)},
    ),
    ("Britain will not wield its veto against Palestinian membership.", "pal", {("GBR", "pal", 1)}),
    (
        "Ahead of the vote on Palestinian membership, Paris made clear it would not cast a veto.",
        "pal",
        {("FRA", "pal", 1)},
    ),
    ("France said it would refrain from using its veto on Palestinian membership.", "pal", {("FRA", "pal", 1)}),
    ("The United States has threatened to use its veto on the extension of UNIFIL.", "dmz", {("USA", "dmz", -1)}),
    ("Washington decided against vetoing the extension of UNIFIL.", "dmz", {("USA", "dmz", 1)}),
    (
        "Palestinian membership is before the Council. The United States is ready to use its veto.",
        "pal",
        {("USA", "pal", -1)},
    ),
    (("Palestinian membership is before the Council. China has never used its veto on the Middle East."), "pal", set()),
    (
        ("The Free Democrats blocked the due diligence directive, leaving Germany with no choice but to abstain."),
        "due",
        {("DEU", "due", 0)},
    ),
    (
        "Berlin's coalition is split on the due diligence directive, so that Germany will abstain.",
        "due",
        {("DEU", "due", 0)},
    ),
    ("A quarrel in Vienna over the due diligence directive led to Austria abstaining.", "due", {("AUT", "due", 0)}),
    ("The row over the due diligence directive forces Germany to abstain.", "due", {("DEU", "due", 0)}),
    (
        "The due diligence directive failed as Germany abstained and Italy voted against.",
        "due",
        {("DEU", "due", 0), ("ITA", "due", -1)},
    ),
    (
        (
            "Ministers failed to agree on the due diligence directive. Germany, Austria and Finland "
            "intend to abstain from the vote, Paris is undecided."
        ),
        "due",
        {("AUT", "due", 0), ("DEU", "due", 0), ("FIN", "due", 0), ("FRA", "due", 0)},
    ),
    (
        (
            "The due diligence directive was put off. Thirteen countries abstained on the directive, "
            "among them Malta, Latvia and Italy."
        ),
        "due",
        {("ITA", "due", 0), ("LVA", "due", 0), ("MLT", "due", 0)},
    ),
    (
        ("Oslo or Lima? Brazil, Chile and Ecuador are expected to vote for Lima, while Iceland has declared for Oslo."),
        "oslo lima",
        {("ISL", "oslo", 1)},
    ),
    (
        ("The choice is between Oslo and Lima. Iceland's minister called Oslo the natural home of the summit."),
        "oslo lima",
        {("ISL", "oslo", 1)},
    ),
    (
        "Bolivia threw its weight behind Lima. Kenya refuses to travel to Oslo.",
        "oslo lima",
        {("BOL", "lima", 1), ("KEN", "oslo", -1)},
    ),
    ("Leaders gathered in Lima last week, where Canada welcomed the trade report.", "oslo lima", set()),
    ("Lima and Oslo are in the race. Oslo has since pulled out.", "oslo lima", {("NOR", "oslo", -1)}),
    (
        (
            "Statement by India at the Ministerial Conference\nMadam Chair, India cannot join the "
            "consensus on the fisheries agreement. We have said so before."
        ),
        "fish",
        {("IND", "fish", -1)},
    ),
    (
        (
            "Intervention by the Ambassador of Fiji, H.E. Luke Daunivalu\nChair, for us the fisheries "
            "agreement does not go far enough, but we will not stand in the way of consensus."
        ),
        "fish",
        {("FJI", "fish", 1)},
    ),
    (
        (
            "Explanation of vote by Ambassador Maria Lopez of Argentina\nWe voted in favour of the text "
            "on the extension of UNIFIL because the region needs calm."
        ),
        "dmz",
        {("ARG", "dmz", 1)},
    ),
    (
        (
            "Remarks by Ambassador Kim of the Republic of Korea at the Security Council\nMy country "
            "joins others in welcoming the extension of UNIFIL."
        ),
        "dmz",
        {("KOR", "dmz", 1)},
    ),
    (
        (
            "Daily Press Briefing, Ministry of Foreign Affairs of Turkey\nQuestion: Will Israel accept "
            "the extension of UNIFIL?\nSpokesperson: That is for Israel to say. We are in favour of the "
            "extension."
        ),
        "dmz",
        {("TUR", "dmz", 1)},
    ),
    ("Q: Does France support the extension of UNIFIL?\nA: Yes.", "dmz", set()),
    (
        ("The EU has kept its sanctions on Belarus for years. Hungary calls these unilateral measures useless."),
        "belarus",
        {("HUN", "belarus", 1), ("eu", "belarus", -1)},
    ),
    (
        ("The EU has kept its sanctions on Belarus for years. Lithuania wants the measures tightened."),
        "belarus",
        {("LTU", "belarus", -1), ("eu", "belarus", -1)},
    ),
    (
        "The EU has kept its sanctions on Belarus for years. Poland defended the restrictions.",
        "belarus",
        {("POL", "belarus", -1), ("eu", "belarus", -1)},
    ),
    (
        ("The EU has kept its sanctions on Belarus for years. Poland took measures against the flood."),
        "belarus",
        {("eu", "belarus", -1)},
    ),
    ("Norway backed the levy on shipping as provided in the roadmap.", "levy", {("NOR", "levy", 1)}),
    ("Panama opposes the levy on shipping, asking what happens if rates rise.", "levy", {("PAN", "levy", -1)}),
    ("Panama would back the levy on shipping if poor states were exempt.", "levy", {("PAN", "levy", 1)}),
    (
        ("The leaders, without Hungary's participation, took the historic decision to open talks with Ukraine."),
        "ukr",
        {("eu", "ukr", 1)},
    ),
    ("Foreign ministers agreed on Tuesday to readmit Gabon.", "gab", {("african-union", "gab", 1)}),
    ("Some ministers agreed to readmit Gabon.", "gab", set()),
    ("Business leaders rejected the cocoa export tax.", "cocoa", set()),
    ("Mali's decision to reject the cocoa export tax came late.", "cocoa", {("MLI", "cocoa", -1)}),
    (
        "Ghana and Mali are either sceptical of the cocoa export tax or undecided.",
        "cocoa",
        {("GHA", "cocoa", 0), ("MLI", "cocoa", 0)},
    ),
    ("Tuvalu will not accept anything less than a levy on shipping.", "levy", {("TUV", "levy", 1)}),
    ("Tuvalu will reject anything short of a levy on shipping.", "levy", {("TUV", "levy", 1)}),
    ("Tuvalu wants something more than the levy on shipping.", "levy", set()),
    (
        "Norway abstained on the levy on shipping; Spain followed suit.",
        "levy",
        {("ESP", "levy", 0), ("NOR", "levy", 0)},
    ),
    ("Ghana said the sanctions on Niger must not end.", "niger", {("GHA", "niger", -1)}),
    ("Ghana wants the sanctions on Niger gone.", "niger", {("GHA", "niger", 1)}),
    ("The sanctions on Niger have lasted five months. Ghana supports the proposal.", "niger", {("GHA", "niger", 1)}),
    (
        ("Joint Statement by the Foreign Ministers of Chad, Mali and Burkina Faso\nWe condemn the sanctions on Niger."),
        "niger",
        {("BFA", "niger", 1), ("MLI", "niger", 1), ("TCD", "niger", 1)},
    ),
    (
        (
            "Leaders' Declaration of the Caribbean Community\nHeads of Government welcomed the "
            "multinational force for Haiti."
        ),
        "force",
        {("caricom", "force", 1)},
    ),
    ("The agreement with Mercosur is on the table. France's position is unclear.", "eumerc", {("FRA", "eumerc", 0)}),
    (
        ("A majority supported the Mercosur deal, with Austria, France and Hungary against and Belgium abstaining."),
        "eumerc",
        {("AUT", "eumerc", -1), ("BEL", "eumerc", 0), ("FRA", "eumerc", -1), ("HUN", "eumerc", -1)},
    ),
    ("A vote would clear the way for the European Commission to sign the Mercosur deal.", "eumerc", set()),
    ("If Germany abstains, the Mercosur deal fails.", "eumerc", set()),
    ("Serbia will not be the last member to ratify Kosovo's membership.", "kosovo", {("SRB", "kosovo", 1)}),
    ("The chair thanked Norway for circulating the draft resolution on Sudan.", "sudan", set()),
    (
        (
            "Thank you, Chair, for convening us. Kenya supports peace. Kenya welcomes dialogue. We "
            "cannot support the draft resolution on Sudan."
        ),
        "sudan",
        {("KEN", "sudan", -1)},
    ),
    ("ASEAN excluded the junta from its summit.", "myan", {("asean", "myan", -1)}),
    (
        ("Algeria and South Africa were among the heavyweights that opposed the re-admission of Morocco."),
        "mar2",
        {("DZA", "mar2", -1), ("ZAF", "mar2", -1)},
    ),
    (
        (
            "It was a tense discussion, with heavyweights like Algeria and South Africa against the "
            "readmission of Morocco."
        ),
        "mar2",
        {("DZA", "mar2", -1), ("ZAF", "mar2", -1)},
    ),
    (("Liberia's president confirmed that the majority of the members have accepted Morocco's return."), "mar2", set()),
    (
        ("A handful of countries led by France blocked membership talks for North Macedonia and Albania."),
        "mkd alb",
        {("FRA", "alb", -1), ("FRA", "mkd", -1)},
    ),
    (
        (
            "Albania and North Macedonia had their hopes dashed after Denmark and France scuppered any "
            "agreement on opening accession talks."
        ),
        "mkd alb",
        {("DNK", "alb", -1), ("DNK", "mkd", -1), ("FRA", "alb", -1), ("FRA", "mkd", -1)},
    ),
    (
        ("Namibia joined South Africa and Botswana in calling for the removal of a ban on ivory trade."),
        "iv",
        {("BWA", "iv", 1), ("NAM", "iv", 1), ("ZAF", "iv", 1)},
    ),
    (
        "The ivory trade was debated. It failed, rejected by a majority including Kenya and Chad.",
        "iv",
        {("KEN", "iv", -1), ("TCD", "iv", -1)},
    ),
    ("One of the countries that openly opposes the ivory trade is Kenya.", "iv", {("KEN", "iv", -1)}),
    ("The African Union on Tuesday suspended Guinea-Bissau.", "susp", {("african-union", "susp", 1)}),
    (
        "A joint declaration for a nuclear-free taxonomy was signed by Austria and Denmark.",
        "nuc",
        {("AUT", "nuc", -1), ("DNK", "nuc", -1)},
    ),
    ("The inclusion of nuclear power has met resistance within the European Union.", "nuc", set()),
    (
        (
            "The bloc will sign a trade accord with the South American group Mercosur. France voted "
            "against the deal, and countries such as Germany and Spain support it."
        ),
        "mercosur",
        {("DEU", "mercosur", 1), ("ESP", "mercosur", 1), ("FRA", "mercosur", -1)},
    ),
]


@pytest.mark.parametrize(("text", "claims", "expected"), CASES, ids=[text[:60] for text, _, _ in CASES])
def test_decisions_are_read_as_they_are_told(text: str, claims: str, expected: set[tuple[str, str, int]]) -> None:
    assert {(said.actor, said.concept, said.stance) for said in _found(text, claims)} == expected


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Iraq backed the output increase, a step provided for in the December accord.", "quota"),
        ("Norway backed the levy on shipping as provided in the roadmap.", "levy"),
        ("Panama opposes the levy on shipping, asking what happens if rates rise.", "levy"),
    ],
)
def test_no_condition_is_made_up(text: str, claims: str) -> None:
    assert [said.condition for said in _found(text, claims)] == [""]

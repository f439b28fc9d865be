"""Invented passages of several styles with the codings that a careful person would give them.

Each: a style, a text, and (actor, concept, stance) for what is said in it. They were written before the rules were tried on
them, and state no fact.
"""

from __future__ import annotations

PASSAGES: tuple[tuple[str, str, frozenset[tuple[str, str, int]]], ...] = tuple(
    (style, text, frozenset(expected))
    for style, text, expected in (
        (
            "wire",
            "Norway on Thursday threw its weight behind a NATO liaison office in Tokyo, its foreign ministry said.",
            [("NOR", "office", 1)],
        ),
        (
            "wire",
            "OSLO, March 3 - Norwegian diplomats said they would back the plan to open a liaison office in Tokyo.",
            [("NOR", "office", 1)],
        ),
        (
            "wire",
            "The proposal for a liaison office in Tokyo was blocked by Hungary, officials said.",
            [("HUN", "office", -1)],
        ),
        ("wire", "Spain has ruled out supporting a liaison office in Tokyo.", [("ESP", "office", -1)]),
        (
            "wire",
            "Canada came out in favour of the Tokyo office.\n\nBelgium, by contrast, remained opposed to the move.",
            [("CAN", "office", 1), ("BEL", "office", -1)],
        ),
        (
            "wire",
            "Turkey and Hungary rejected the liaison office in Tokyo, while Lithuania and Latvia called for it to open.",
            [("TUR", "office", -1), ("HUN", "office", -1), ("LTU", "office", 1), ("LVA", "office", 1)],
        ),
        (
            "wire",
            "Beijing lashed out at the planned NATO liaison office in Tokyo, saying it would fuel tensions in Asia.",
            [("CHN", "office", -1), ("CHN", "provocation", 1)],
        ),
        (
            "wire",
            "\u201cWe see no reason to open an office in Tokyo,\u201d Belgian Foreign Minister Hadja Lahbib told reporters.",
            [("BEL", "office", -1)],
        ),
        (
            "think tank",
            "Poland is the staunchest supporter of NATO's engagement in the Indo-Pacific.",
            [("POL", "asia-role", 1)],
        ),
        ("think tank", "Portugal has voiced scepticism about NATO's role in Asia.", [("PRT", "asia-role", -1)]),
        (
            "think tank",
            "While Italy favours deeper engagement in the Indo-Pacific, Greece would rather see NATO remain focused on "
            "its own region.",
            [("ITA", "asia-role", 1), ("GRC", "asia-role", -1)],
        ),
        (
            "think tank",
            "Many Allies privately doubt that NATO should deepen its engagement in the Indo-Pacific.",
            [("nato-members", "asia-role", -1)],
        ),
        (
            "think tank",
            "Among the members, the Netherlands has shown the strongest interest in a NATO role in Asia.",
            [("NLD", "asia-role", 1)],
        ),
        (
            "think tank",
            "The lack of enthusiasm in Spain for a greater NATO role in the Indo-Pacific is well known.",
            [("ESP", "asia-role", -1)],
        ),
        (
            "communique",
            "We, the Heads of State and Government of NATO, agree that the security of Europe and of the Indo-Pacific "
            "is inseparable.",
            [("nato", "linked-security", 1)],
        ),
        (
            "communique",
            "The Alliance reaffirms that developments in the Indo-Pacific are interlinked with the security of Europe.",
            [("nato", "linked-security", 1)],
        ),
        (
            "communique",
            "Allies welcome the opening of a NATO liaison office in Tokyo.",
            [("nato-members", "office", 1)],
        ),
        (
            "transcript",
            "Q: Will Denmark support the office?\n\nA: Denmark supports a liaison office in Tokyo. We always have.",
            [("DNK", "office", 1)],
        ),
        (
            "transcript",
            "JENS STOLTENBERG: NATO will not become a global alliance, but we should deepen our engagement in the "
            "Indo-Pacific.",
            [("nato", "asia-role", 1)],
        ),
        (
            "transcript",
            "Mette Frederiksen, Prime Minister of Denmark: We believe that NATO should open an office in Tokyo.",
            [("DNK", "office", 1)],
        ),
        (
            "analysis",
            "According to Paris, a liaison office in Tokyo would raise tensions with China.",
            [("FRA", "provocation", 1)],
        ),
        ("analysis", "Germany does not want Japan to join NATO.", [("DEU", "japan-member", -1)]),
        ("analysis", "Australia has pledged to send warships to the Indo-Pacific.", [("AUS", "presence", 1)]),
        (
            "analysis",
            "Seoul has long sought closer ties with NATO and endorsed its tailored partnership programme.",
            [("KOR", "itpp", 1)],
        ),
        (
            "analysis",
            "Estonia's president insisted that the security of Europe and the Indo-Pacific are two sides of the same "
            "coin.",
            [("EST", "linked-security", 1)],
        ),
        ("analysis", "If Japan agreed, Finland would support a liaison office in Tokyo.", [("FIN", "office", 1)]),
        (
            "analysis",
            "A Czech official denied that the liaison office would provoke China.",
            [("CZE", "provocation", -1)],
        ),
        ("nothing", "The liaison office in Tokyo would occupy two rooms above a bank.", []),
        ("nothing", "Will NATO open a liaison office in Tokyo? Nobody in Norway knows.", []),
        ("nothing", "Sweden played Norway in Tokyo on Sunday.", []),
    )
)

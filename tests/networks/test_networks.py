"""Networks against the tool whose sample project they are drawn from, against plain loops, and by what must hold."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.evidence.dna import read_dna
from foedus.networks import (
    NORMALISATIONS,
    Network,
    Said,
    backbone,
    camps,
    core,
    edge_list,
    graphml,
    one_mode,
    said_in_project,
    two_mode,
    windows,
)
from foedus.networks.camps import _best_of_all, _modularity_matrix, _score, _searched
from foedus.networks.said import counted

SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "dna-sample.dna"
needs_sample = pytest.mark.skipif(not SAMPLE.exists(), reason="needs ../shared/data/dna-sample.dna")
DAY = dt.date(2023, 7, 1)
EPA, ALLIANCE = "Environmental Protection Agency", "Alliance to Save Energy"
EEA = "Energy and Environmental Analysis, Inc."

rows = st.lists(
    st.builds(
        Said,
        st.dates(dt.date(2020, 1, 1), dt.date(2023, 12, 31)),
        st.sampled_from("ABCDEF"),
        st.sampled_from(["office", "aid", "visit"]),
        st.sampled_from([-1, 0, 1]),
        st.sampled_from(["d1", "d2"]),
    ),
    min_size=1,
    max_size=25,
)


@needs_sample
def test_the_sample_project_has_the_networks_that_its_own_program_draws() -> None:
    said = said_in_project(read_dna(SAMPLE))
    spoken = two_mode(said)
    assert (spoken.matrix.shape, spoken.matrix.sum()) == ((7, 6), 40)
    same = one_mode(said, "ignore")
    assert (same.matrix.shape, same.matrix.sum()) == ((7, 7), 276)
    tie = {(one, other): weight for one, other, weight in same.ties()}
    assert (tie[ALLIANCE, EPA], tie[EEA, EPA]) == (10, 2)
    assert one_mode(said, "congruence", "average").matrix.sum() == pytest.approx(25.8024, abs=5e-5)


@needs_sample
def test_leaving_out_a_claim_and_two_organisations_gives_what_the_program_gives() -> None:
    said = said_in_project(read_dna(SAMPLE))
    found = set()
    for concept in {one.concept for one in said}:
        for pair in itertools.combinations(sorted({one.actor for one in said}), 2):
            network = one_mode(counted(said, without=(concept, *pair)), "congruence", "average")
            if len(network.rows) == 5:
                found.add(round(float(network.matrix.sum()), 4))
    assert 9.8095 in found  # the reference does not say which three it left out


@settings(max_examples=60, deadline=None)
@given(rows)
def test_ties_are_sums_over_pairs_of_statements(said: list[Said]) -> None:
    for relation, counts in (
        ("congruence", lambda one, other: one * other == 1),
        ("conflict", lambda one, other: one * other == -1),
        ("ignore", lambda one, other: True),
    ):
        network = one_mode(said, relation)
        for i, j in itertools.combinations(range(len(network.rows)), 2):
            expected = sum(
                counts(one.stance, other.stance)
                for one in said
                for other in said
                if one.concept == other.concept and (one.actor, other.actor) == (network.rows[i], network.rows[j])
            )
            assert network.matrix[i, j] == pytest.approx(expected)


@settings(max_examples=60, deadline=None)
@given(rows)
def test_what_must_hold_of_every_network(said: list[Said]) -> None:
    for normalisation in NORMALISATIONS:
        congruence, conflict, both, balance = (
            one_mode(said, relation, normalisation).matrix
            for relation in ("congruence", "conflict", "ignore", "subtract")
        )
        assert np.allclose(congruence, congruence.T)
        assert (congruence + conflict <= both + 1e-9).all()
        if normalisation == "none" and all(one.stance for one in said):
            assert np.allclose(congruence + conflict, both)
        assert np.allclose(congruence - conflict, balance)
        assert not np.diag(balance).any()
    turned = [Said(one.day, one.actor, one.concept, -one.stance, one.document) for one in said]
    assert np.allclose(one_mode(said).matrix, one_mode(turned).matrix)


def test_who_takes_no_side_agrees_with_nobody() -> None:
    said = [Said(DAY, who, "office", stance, "d") for who, stance in zip("ABCDE", (0, 0, 1, 1, -1), strict=True)]
    assert one_mode(said).ties() == (("C", "D", 1.0),)
    assert one_mode(said, "conflict").ties() == (("C", "E", 1.0), ("D", "E", 1.0))
    assert len(one_mode(said, "ignore").ties()) == 10
    found = camps(one_mode(said, "subtract", "average"))
    assert (found.groups, found.untied) == ((("C", "D"),), ("A", "B", "E"))


@settings(max_examples=60, deadline=None)
@given(rows)
def test_who_is_in_no_camp_agrees_with_nobody_more_than_it_contradicts_them(said: list[Said]) -> None:
    agreed, against = (one_mode(said, relation, "average") for relation in ("congruence", "conflict"))
    found = camps(one_mode(said, "subtract", "average"))
    for name in found.untied:
        place = agreed.rows.index(name)
        assert (agreed.matrix[place] <= against.matrix[place] + 1e-12).all()


def test_normalisations_by_hand() -> None:
    said = [Said(DAY, "A", claim, 1, "d") for claim in ("office", "aid", "visit")]
    said += [Said(DAY, "B", "office", 1, "d"), Said(DAY, "B", "office", 1, "e")]
    # Two pairs of statements; A alone says two things, B none; A says three, B two.
    tie = {how: one_mode(said, normalisation=how).matrix[0, 1] for how in NORMALISATIONS}
    assert tie == {"none": 2, "average": 2 / 2.5, "jaccard": 2 / (2 + 0 + 2), "cosine": pytest.approx(2 / (3 * 2))}
    by_activity, by_prominence = (two_mode(said, normalisation=how) for how in ("activity", "prominence"))
    assert by_activity.columns == ("aid", "office", "visit")
    assert by_activity.matrix == pytest.approx(np.array([[1 / 3, 1 / 3, 1 / 3], [0, 1, 0]]))
    assert by_prominence.matrix == pytest.approx(np.array([[1, 1 / 3, 1], [0, 2 / 3, 0]]))


@settings(max_examples=40, deadline=None)
@given(rows)
def test_normalisations_are_those_of_discourse_network_analyzer_place_by_place(said: list[Said]) -> None:
    """Loops as that program has them, over actors, claims and stances."""
    claims = sorted({row.concept for row in said})
    places = [(claim, stance) for claim in claims for stance in (-1, 0, 1)]

    def count(actor: str, place: tuple[str, int]) -> int:
        return sum((row.actor, row.concept, row.stance) == (actor, *place) for row in said)

    plain = one_mode(said)
    for normalisation in ("average", "jaccard", "cosine"):
        found = one_mode(said, normalisation=normalisation).matrix
        for i, j in itertools.combinations(range(len(plain.rows)), 2):
            these, those = ([count(plain.rows[k], place) for place in places] for k in (i, j))
            divisor = {
                "average": (sum(these) + sum(those)) / 2,
                "jaccard": sum(
                    one * other if one and other else one + other for one, other in zip(these, those, strict=True)
                ),
                "cosine": sum(these) * sum(those),
            }[normalisation]
            assert found[i, j] == pytest.approx(plain.matrix[i, j] / divisor)
    for normalisation, axis in (("activity", 1), ("prominence", 0)):
        assert np.allclose(two_mode(said, "all", normalisation).matrix.sum(axis=axis), 1.0)


@needs_sample
def test_the_backbone_of_the_sample_is_as_large_as_its_own_program_finds() -> None:
    """Its R package's tests: 23 statements once a document; with penalty 3.5 three of six claims in the backbone."""
    said = counted(said_in_project(read_dna(SAMPLE)), "document")
    found = backbone(said)
    assert (len(said), len(found), len(core(found))) == (23, 6, 3)
    assert core(found, penalty=0.0) == tuple(claim for claim, _ in found[:-1])


def test_two_camps_without_a_tie_between_them_are_wholly_polarised() -> None:
    said = [Said(DAY, who, "office", 1 if who in "AB" else -1, "d") for who in "ABCD"]
    found = camps(one_mode(said, "subtract"))
    assert found.groups == (("A", "B"), ("C", "D"))
    assert found.modularity == 0.5


def test_all_of_one_mind_are_no_two_camps() -> None:
    found = camps(one_mode([Said(DAY, who, "office", 1, "d") for who in "ABCD"]))
    assert (found.groups, found.modularity) == ((("A", "B", "C", "D"),), 0.0)


def test_the_search_for_camps_finds_what_trying_all_splits_finds() -> None:
    rng, best = np.random.default_rng(1), 0
    for _ in range(60):
        size = int(rng.integers(4, 10))
        weights = np.triu(rng.random((size, size)) * (rng.random((size, size)) < 0.5), 1)
        weights += weights.T
        if not weights.any():
            continue
        gains = _modularity_matrix(weights)
        exact, searched = _score(gains, _best_of_all(gains)), _score(gains, _searched(gains))
        assert searched <= exact + 1e-12
        best += searched > exact - 1e-9
        graph = nx.from_numpy_array(weights)
        sides = _best_of_all(gains)
        parts = [set(np.flatnonzero(sides == side).tolist()) for side in (1, -1)]
        assert exact == pytest.approx(nx.community.modularity(graph, [one for one in parts if one]))
    assert best >= 50


def test_a_claim_on_which_all_others_hang_carries_the_structure() -> None:
    said = [Said(DAY, who, "office", 1 if who in "AB" else -1, "d") for who in "ABCD"]
    said.append(Said(DAY, "A", "weather", 1, "d"))
    # Two pairs with a tie of 1 each: eigenvalues 0, 0, 2, 2, over their sum 0, 0, .5, .5, with or without weather.
    assert dict(backbone(said, "none")) == {"office": pytest.approx(np.sqrt(0.5)), "weather": 0.0}
    # By activity A's tie is 2/3 while it speaks of weather: 0, 0, .4, .6, and without it 0, 0, .5, .5.
    found = backbone(said, "average")
    assert [claim for claim, _ in found] == ["office", "weather"]
    assert [loss for _, loss in found] == pytest.approx([np.sqrt(0.52), np.sqrt(0.02)])


def test_windows_tell_when_camps_form() -> None:
    early = [Said(dt.date(2022, 1, 5), who, "office", 1, "a") for who in "ABCD"]
    late = [Said(dt.date(2022, 7, 5), who, "office", 1 if who in "AB" else -1, "b") for who in "ABCD"]
    found = windows([*early, *late], 100)
    assert [(one.start.isoformat(), one.statements, one.polarisation) for one in found] == [
        ("2022-01-05", 4, 0.0),
        ("2022-04-15", 4, 0.5),
    ]
    with pytest.raises(ValueError, match="at least one day"):
        windows(early, 0)


def test_what_is_said_again_counts_as_often_as_asked() -> None:
    said = [Said(dt.date(2022, month, 5), "A", "office", 1, f"d{month // 3}") for month in (1, 2, 3, 3)]
    assert [len(counted(said, how)) for how in ("all", "document", "month", "once")] == [4, 2, 3, 1]


def test_exports_read_back_as_the_same_network() -> None:
    network = Network(("=A", "B"), ("=A", "B"), np.array([[0.0, 1.5], [1.5, 0.0]]), "congruence")
    graph = nx.parse_graphml(graphml(network, {"B": "Bé"}))
    assert graph.edges["n1", "n2"]["weight"] == 1.5  # no "=" in an id
    assert graph.nodes["n1"]["name"] == "=A"
    assert graph.nodes["n2"]["label"] == "Bé"
    assert list(csv.reader(io.StringIO(edge_list(network)))) == [["source", "target", "weight"], ["'=A", "B", "1.5"]]
    mixed = two_mode([Said(DAY, "office", "office", 1, "d")])
    assert set(nx.parse_graphml(graphml(mixed))) == {"office", "claim:office"}


@settings(max_examples=25, deadline=None)
@given(rows)
def test_graphml_keeps_to_what_its_schema_allows(said: list[Said]) -> None:
    """GraphML 1.0: keys before the graph, six types, ids once, and data that are plain text of a declared key."""
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.fromstring(graphml(two_mode(said), {"B": "Bé"}).encode())
    kinds = [child.tag.removeprefix(space) for child in root]
    assert (root.tag, kinds) == (f"{space}graphml", [*["key"] * (len(kinds) - 1), "graph"])
    declared = {key.get("id"): key for key in root.iter(f"{space}key")}
    assert {key.get("attr.type") for key in declared.values()} <= {
        "boolean",
        "int",
        "long",
        "float",
        "double",
        "string",
    }
    named = [node.get("id") for node in root.iter(f"{space}node")]
    assert len(set(named)) == len(named) > 0
    held = [
        (kind, declared[data.get("key")], data)
        for kind in ("graph", "node", "edge")
        for element in root.iter(f"{space}{kind}")
        for data in element.findall(f"{space}data")
    ]
    assert all(key.get("for") == kind and len(data) == 0 for kind, key, data in held)
    assert all(float(data.text or "") for _, key, data in held if key.get("attr.type") == "double")
    assert all({edge.get("source"), edge.get("target")} <= set(named) for edge in root.iter(f"{space}edge"))

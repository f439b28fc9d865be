"""Networks for other programs: GraphML and lists of edges."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from typing import Any

import networkx as nx

from foedus.base.characters import harmless
from foedus.networks.matrices import Network

_TOKEN = re.compile(r"[\w.:-]+")
"""What the id of a node may be in GraphML: a NMTOKEN of XML."""


def graph_of(network: Network, names: Mapping[str, str] | None = None) -> Any:
    """Return a network as a graph of NetworkX; every tie has a ``weight``, every node a ``label`` and a ``mode``.

    Parameters
    ----------
    network
        The network. Where an actor and a claim of a two-mode network have the same name, the claim gets ``claim:``
        before it.
    names
        Labels by id.
    """
    names = names or {}
    graph: Any = nx.Graph(relation=network.relation, normalisation=network.normalisation)
    columns = network.columns
    if not network.one_mode:
        columns = tuple(f"claim:{name}" if name in network.rows else name for name in columns)
    modes = [(network.rows, "actor")] if network.one_mode else [(network.rows, "actor"), (columns, "claim")]
    for nodes, mode in modes:
        for node in nodes:
            graph.add_node(node, label=names.get(node, node), mode=mode)
    for i, row in enumerate(network.rows):
        for j, column in enumerate(columns):
            weight = float(network.matrix[i, j])
            if weight and (not network.one_mode or i < j):
                graph.add_edge(row, column, weight=weight)
    return graph


def graphml(network: Network, names: Mapping[str, str] | None = None) -> str:
    """Return a network as GraphML, which Gephi, visone and igraph read.

    The format allows no space in the id of a node. Where a name is no id, nodes are called ``n1``, ``n2`` and so on;
    the names themselves are the attribute ``name``, and ``label`` is what readers see.
    """
    graph = graph_of(network, names)
    nx.set_node_attributes(graph, {node: node for node in graph}, "name")
    if not all(_TOKEN.fullmatch(node) for node in graph):
        graph = nx.relabel_nodes(graph, {node: f"n{number}" for number, node in enumerate(graph, 1)})
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *nx.generate_graphml(graph, prettyprint=True), ""])


def edge_list(network: Network) -> str:
    """Return a network as a table of CSV: source, target, weight; of a one-mode network each pair once."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["source", "target", "weight"])
    for source, target, weight in network.ties():
        table.writerow([harmless(source), harmless(target), f"{weight:.12g}"])
    return out.getvalue()

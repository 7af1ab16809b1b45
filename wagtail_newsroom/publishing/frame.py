"""Whether the frame of readers' pages prints our head tags: read from its source, not rendered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.backends.django import DjangoTemplates
from django.template.base import Node, Template, VariableNode
from django.template.engine import Engine
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode

FRAME = "wagtail_newsroom/base.html"
"""The template that all pages of ours extend; a site may have its own in this place."""
HEAD_TAG = "newsroom_head"

_DEEPEST = 20

Blocks = Mapping[str, Sequence[BlockNode]]


def prints_head() -> bool | None:
    """Return whether the frame prints our head tags; None where its source does not say.

    That is where it cannot be loaded, or extends what only a request knows.
    """
    try:
        backends = [each for each in engines.all() if isinstance(each, DjangoTemplates)]
        for backend in backends:
            chain = _chain(backend.engine)
            if chain is not None:
                return _prints(chain, backend.engine)
    except (TemplateDoesNotExist, TemplateSyntaxError):
        # Django tells of these by itself.
        return None
    return None


def _chain(engine: Engine) -> list[Template] | None:
    """Return the frame and what it extends, the outermost last; None where that is not known."""
    chain: list[Template] = []
    name: str | None = FRAME
    while name is not None:
        # A template may extend the one of the same name that it stands in place of.
        seen = [template.origin for template in chain]
        chain.append(engine.find_template(name, skip=seen)[0])
        extends = next((node for node in chain[-1].nodelist if isinstance(node, ExtendsNode)), None)
        if extends is None:
            return chain
        parent = getattr(extends.parent_name, "var", None)
        name = parent if isinstance(parent, str) else None
    return None


def _prints(chain: Sequence[Template], engine: Engine) -> bool:
    blocks: defaultdict[str, list[BlockNode]] = defaultdict(list)
    for template in chain:
        for node in template.nodelist.get_nodes_by_type(BlockNode):
            if isinstance(node, BlockNode):
                blocks[node.name].append(node)
    return _holds(chain[-1].nodelist, blocks, engine, depth=0)


def _holds(nodes: Iterable[Node], blocks: Blocks, engine: Engine, *, depth: int) -> bool:
    return depth < _DEEPEST and any(_is_head(node, blocks, engine, depth) for node in nodes)


def _is_head(node: Node, blocks: Blocks, engine: Engine, depth: int) -> bool:
    if getattr(getattr(node, "func", None), "__name__", "") == HEAD_TAG:
        return True
    if isinstance(node, BlockNode):
        # What a template nearer to the page fills in stands in place of what is here.
        for version in blocks.get(node.name, [node]):
            if _holds(version.nodelist, blocks, engine, depth=depth + 1):
                return True
            if not _takes_over(version):
                return False
        return False
    if isinstance(node, IncludeNode) and isinstance(node.template.var, str):
        included = engine.find_template(node.template.var)[0]
        return _holds(included.nodelist, blocks, engine, depth=depth + 1)
    return any(
        _holds(getattr(node, name, None) or (), blocks, engine, depth=depth + 1)
        for name in node.child_nodelists
    )


def _takes_over(block: BlockNode) -> bool:
    """Return whether a block prints what it stands in place of."""
    return any(
        isinstance(node, VariableNode) and str(node.filter_expression.var) == "block.super"
        for node in block.nodelist.get_nodes_by_type(VariableNode)
    )

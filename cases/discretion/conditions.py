"""The condition language of benchmarks and lists: a tiny whitelisted grammar with three-valued logic.

Operators ``and or not`` and (chained) comparisons over the variables of ``facts``; nothing else exists. Texts come from
imported tables, so they are read by this parser and by nothing that could run code. An unknown fact makes a comparison
unknown (``None``), never false, because on screen an unknown fact is asked for.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cases.discretion.facts import ABSENT, VARIABLES, Facts, Value

Truth = bool | None
UNKNOWN: Truth = None

LONGEST_TEXT = 2000
MOST_TOKENS = 300
DEEPEST = 20


class ConditionError(ValueError):
    """A condition outside the language. The text is Chinese and says where."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a quoted word, ``True`` or ``False``."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name:
    """A variable of ``facts``."""

    name: str


Operand = Constant | Name


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left op right``; a chain is an ``Every`` of comparisons."""

    left: Operand
    symbol: str
    right: Operand


@dataclass(frozen=True, slots=True)
class Bare:
    """A Boolean standing alone."""

    operand: Operand


@dataclass(frozen=True, slots=True)
class Negation:
    """``not part``."""

    part: Node


@dataclass(frozen=True, slots=True)
class Every:
    """``and``; also a chained comparison, which ``chained`` marks."""

    parts: tuple[Node, ...]
    chained: bool = False


@dataclass(frozen=True, slots=True)
class Some:
    """``or``."""

    parts: tuple[Node, ...]


Node = Comparison | Bare | Negation | Every | Some

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TOKEN = re.compile(
    r"[ \t]*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<text>'[^'\"\\\r\n]*'|\"[^'\"\\\r\n]*\")|(?P<symbol>==|!=|<=|>=|<|>|\(|\)))"
)
_KEYWORDS = frozenset({"and", "or", "not"})


@dataclass(frozen=True)
class Condition:
    """A parsed condition. ``root`` is None for an empty text, which always holds."""

    source: str
    root: Node | None
    names: frozenset[str]

    def holds(self, facts: Facts) -> Truth:
        """True, False or unknown (None) on these facts."""
        return True if self.root is None else evaluate(self.root, facts)

    def deciding(self, facts: Facts) -> tuple[str, ...]:
        """Names in the parts that make the condition true: the circumstances that chose the tier."""
        return () if self.root is None else tuple(dict.fromkeys(_deciding(self.root, facts)))

    def clauses(self) -> tuple[Node, ...]:
        """The parts joined by the outermost ``and``: what an officer sees as separate conditions."""
        if isinstance(self.root, Every) and not self.root.chained:
            return self.root.parts
        return () if self.root is None else (self.root,)


def parse(source: str) -> Condition:
    """Read a condition. Raises ``ConditionError`` for anything outside the language."""
    if not source.strip(" \t"):
        return Condition(source, None, frozenset())
    parser = _Parser(_tokens(source))
    root = parser.disjunction(0)
    parser.finish()
    return Condition(source, root, frozenset(names_in(root)))


def unknown_facts(condition: Condition, facts: Facts) -> frozenset[str]:
    """Names of missing facts on which the outcome still depends; empty when the outcome is already certain."""
    return frozenset() if condition.root is None else frozenset(_open(condition.root, facts))


def evaluate(node: Node, facts: Facts) -> Truth:
    """Kleene logic: unknown only where the known parts do not already decide."""
    if isinstance(node, Comparison):
        return _compare(node, facts)
    if isinstance(node, Every):
        outcome: Truth = True
        for part in node.parts:
            truth = evaluate(part, facts)
            if truth is False:
                return False
            if truth is None:
                outcome = None
        return outcome
    if isinstance(node, Some):
        outcome = False
        for part in node.parts:
            truth = evaluate(part, facts)
            if truth:
                return True
            if truth is None:
                outcome = None
        return outcome
    if isinstance(node, Negation):
        truth = evaluate(node.part, facts)
        return None if truth is None else not truth
    return bool(value) if (value := _value(node.operand, facts)) is not None else None


def _deciding(node: Node, facts: Facts) -> Iterator[str]:
    if not evaluate(node, facts):
        return
    if isinstance(node, Every | Some):
        for part in node.parts:
            yield from _deciding(part, facts)
    else:
        yield from names_in(node)


def _value(operand: Operand, facts: Facts) -> Value | None:
    return operand.value if isinstance(operand, Constant) else facts.get(operand.name)


def _compare(node: Comparison, facts: Facts) -> Truth:
    left, right = _value(node.left, facts), _value(node.right, facts)
    if left is None or right is None:
        return None
    if left == ABSENT or right == ABSENT:
        return False
    return _COMPARE[node.symbol](left, right)


def names_in(node: Node) -> Iterator[str]:
    """Every variable of a part, in the order of the text."""
    if isinstance(node, Every | Some):
        for part in node.parts:
            yield from names_in(part)
    elif isinstance(node, Negation):
        yield from names_in(node.part)
    else:
        operands = (node.operand,) if isinstance(node, Bare) else (node.left, node.right)
        yield from (operand.name for operand in operands if isinstance(operand, Name))


def _open(node: Node, facts: Facts) -> Iterator[str]:
    if evaluate(node, facts) is not None:
        return
    if isinstance(node, Every | Some):
        for part in node.parts:
            yield from _open(part, facts)
    elif isinstance(node, Negation):
        yield from _open(node.part, facts)
    else:
        yield from (name for name in names_in(node) if name not in facts)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    place: int


def _tokens(source: str) -> list[_Token]:
    if len(source) > LONGEST_TEXT:
        raise ConditionError(f"条件太长：最多 {LONGEST_TEXT} 个字符。")
    text = source.rstrip(" \t")
    tokens: list[_Token] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or len(tokens) >= MOST_TOKENS:
            raise ConditionError(f"条件第 {place + 1} 个字符起看不懂：“{text[place : place + 12]}”。")
        kind = str(match.lastgroup)
        word = match.group(kind)
        begin = match.start(kind) + 1
        if kind == "name" and word in _KEYWORDS:
            kind = "keyword"
        tokens.append(_Token(kind, word, begin))
        place = match.end()
    return tokens


class _Parser:
    """Recursive descent: disjunction > conjunction > negation > comparison > operand."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0

    def disjunction(self, depth: int) -> Node:
        parts = [self._conjunction(depth)]
        while self._take("keyword", "or"):
            parts.append(self._conjunction(depth))
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def finish(self) -> None:
        if self._next < len(self._tokens):
            raise self._fault()

    def _conjunction(self, depth: int) -> Node:
        parts = [self._negation(depth)]
        while self._take("keyword", "and"):
            parts.append(self._negation(depth))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _negation(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise ConditionError("条件嵌套太深。")
        if self._take("keyword", "not"):
            return Negation(self._negation(depth + 1))
        if self._take("symbol", "("):
            inner = self.disjunction(depth + 1)
            if not self._take("symbol", ")"):
                raise self._fault()
            return inner
        return self._comparison()

    def _comparison(self) -> Node:
        start = self._next
        left = self._operand()
        parts: list[Node] = []
        while (token := self._peek()) is not None and token.text in _COMPARE:
            self._next += 1
            right = self._operand()
            _check_types(left, token, right)
            parts.append(Comparison(left, token.text, right))
            left = right
        if len(parts) > 1:
            return Every(tuple(parts), chained=True)
        if parts:
            return parts[0]
        if _kind(left) != "bool":
            raise ConditionError(f"条件第 {self._tokens[start].place} 个字符处缺少比较。")
        return Bare(left)

    def _operand(self) -> Operand:
        token = self._peek()
        if token is None or token.kind not in ("number", "text", "name"):
            raise self._fault()
        self._next += 1
        if token.kind == "number":
            return Constant(Decimal(token.text))
        if token.kind == "text":
            return Constant(token.text[1:-1])
        if token.text in ("True", "False"):
            return Constant(token.text == "True")
        if token.text not in VARIABLES:
            raise ConditionError(f"条件里没有“{token.text}”这个变量（第 {token.place} 个字符）。")
        return Name(token.text)

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, kind: str, text: str) -> bool:
        token = self._peek()
        if token is None or token.kind != kind or token.text != text:
            return False
        self._next += 1
        return True

    def _fault(self) -> ConditionError:
        token = self._peek()
        if token is None:
            return ConditionError("条件没有写完。")
        return ConditionError(f"条件第 {token.place} 个字符处不该有“{token.text}”。")


def _kind(operand: Operand) -> str:
    if isinstance(operand, Name):
        kind = VARIABLES[operand.name].kind
        return {"int": "number", "decimal": "number"}.get(kind, kind)
    if isinstance(operand.value, bool):
        return "bool"
    return "number" if isinstance(operand.value, Decimal) else "choice"


def _check_types(left: Operand, token: _Token, right: Operand) -> None:
    kinds = {_kind(left), _kind(right)}
    if len(kinds) > 1 or (kinds != {"number"} and token.text not in ("==", "!=")):
        raise ConditionError(f"条件第 {token.place} 个字符处两边不能用“{token.text}”比较。")
    if kinds == {"choice"}:
        names = [operand.name for operand in (left, right) if isinstance(operand, Name)]
        words = [operand.value for operand in (left, right) if isinstance(operand, Constant)]
        if len(names) != 1 or words[0] not in dict(VARIABLES[names[0]].choices):
            raise ConditionError(f"条件第 {token.place} 个字符处的比较没有这个选项。")

"""From the text of an expression to Python's syntax tree, within limits; nothing is evaluated."""

import ast
import warnings

from linnet_exact.errors import InputError

__all__ = ["MAX_LENGTH", "MAX_NESTING", "expression_tree", "is_statement", "source_of"]

MAX_LENGTH = 2000
MAX_NESTING = 40


def expression_tree(text: str) -> ast.expr:
    """Return the syntax tree of an expression in Python's syntax.

    Raises
    ------
    InputError
        If the text is longer than `MAX_LENGTH`, nested deeper than `MAX_NESTING`, or no expression.

    Examples
    --------
    >>> type(expression_tree("dim + codim == d_theta")).__name__
    'Compare'
    >>> expression_tree("dim = 3")
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: not an expression in Python's syntax: invalid syntax at '= 3'
    """
    if len(text) > MAX_LENGTH:
        raise InputError(
            f"the expression has {len(text)} characters; at most {MAX_LENGTH} are allowed"
        )
    try:
        with (
            warnings.catch_warnings()
        ):  # about texts such as "1or 2", which Python may reject later
            warnings.simplefilter("ignore")
            tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise InputError(
            f"not an expression in Python's syntax: {error.msg}{_place(text.strip(), error)}"
        ) from None
    except (RecursionError, MemoryError):
        raise InputError("the expression is nested too deeply") from None
    except ValueError as error:  # a zero byte, an integer of thousands of digits
        raise InputError(f"the expression cannot be read: {error}") from None
    _check_nesting(tree)
    return tree


def is_statement(text: str) -> bool:
    """Return whether a text looks like a statement that can hold or not, such as a comparison.

    Examples
    --------
    >>> is_statement("-1 < dim"), is_statement("--max-depth"), is_statement("-o/tmp/x")
    (True, False, False)
    """
    try:
        return isinstance(expression_tree(text), ast.Compare | ast.BoolOp | ast.IfExp)
    except InputError:
        return False


def source_of(node: ast.expr) -> str:
    """Return the text of a node, cut off when it is long.

    Examples
    --------
    >>> source_of(expression_tree("dim+1 == 2").left)
    'dim + 1'
    """
    text = ast.unparse(node)
    return text if len(text) <= 60 else text[:57] + "..."


def _place(text: str, error: SyntaxError) -> str:
    line = text.splitlines()[(error.lineno or 1) - 1 : error.lineno or 1]
    rest = line[0][max((error.offset or 1) - 1, 0) :].strip() if line else ""
    return f" at {rest[:20]!r}" if rest else ""


def _check_nesting(tree: ast.expr) -> None:
    level: list[ast.AST] = [tree]
    for _ in range(MAX_NESTING):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return
    raise InputError(f"the expression is nested deeper than {MAX_NESTING}")

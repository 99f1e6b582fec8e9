"""What one line of the site can be changed to: signs, numbers, conditions, what is left out.

Texts, imports and log messages stay as they are: a change of them is none of what the site does.
"""

import ast
import random
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WINGS = ["finder", "evidence", "importing", "editing", "mapping"]
SCRIPTS = ["cluster", "displacement", "filters", "plurals", "search"]  # what needs no page

OPPOSITES = {
    " < ": " <= ",
    " > ": " >= ",
    " <= ": " < ",
    " >= ": " > ",
    " == ": " != ",
    " != ": " == ",
    " and ": " or ",
    " or ": " and ",
    " not in ": " in ",
    " in ": " not in ",
    " is not ": " is ",
    " is ": " is not ",
    " + ": " - ",
    " - ": " + ",
    " * ": " / ",
    " / ": " * ",
    " // ": " / ",
    " & ": " | ",
    " | ": " & ",
    " << ": " >> ",
    " >> ": " << ",
}
UNNEEDED = "strip lower casefold upper removeprefix removesuffix rstrip lstrip order_by filter"
UNNEEDED = {*UNNEEDED.split(), "exclude", "distinct", "replace", "published", "reverse"}
WORDS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy", "ngettext_lazy"}
SCRIPT = [
    *(
        (rf"{re.escape(sign)}", OPPOSITES[sign])
        for sign in OPPOSITES
        if sign.strip(" <>=+-*/") == ""
    ),
    *[(" === ", " !== "), (" !== ", " === "), (" && ", r" || "), (r" \|\| ", " && ")],
    *[(r" \?\? ", " && "), (r"(?<![\w.#-])(\d+)(?![\w.])", lambda m: str(int(m[1]) + 1))],
    *[(r"\.(slice|sort|toLowerCase|trim|filter)\([^()]*\)", ""), (r"Math\.\w+(?=\()", "")],
    *[(r"\breturn [^;]+;", "return undefined;"), (r"\btrue\b", "false"), (r"\bfalse\b", "true")],
    *[(r"\bif \((.*)\) ", r"if (!(\1)) "), (r"\bcontinue;", ";"), (r"!(?=\w)", "")],
]


class Mutant:
    """A file with one of its lines changed."""

    def __init__(self, path, line, source, is_within=False):
        self.path, self.line, self.source, self.is_within = path, line, source, is_within

    def __str__(self):
        before = (ROOT / self.path).read_text().splitlines()[self.line - 1].strip()
        after = self.source.splitlines()[self.line - 1].strip()
        return f"{self.path}:{self.line}\n    - {before}\n    + {after}"


def changes(node, text):
    """Yield (start, end, replacement) for what a node of one line can become."""
    start, end = node.col_offset, node.end_col_offset
    own = text[start:end]
    if isinstance(node, ast.Constant) and type(node.value) in (int, bool, str) and node.value != "":
        changed = {int: str, bool: str, str: repr}[type(node.value)]
        other = {int: lambda n: n + 1, bool: lambda b: not b, str: lambda s: f"{s}x"}
        yield start, end, changed(other[type(node.value)](node.value))
    pairs = []
    if isinstance(node, ast.Compare):
        pairs = [(node.left, node.comparators[0])]
    elif isinstance(node, ast.BoolOp):
        pairs = list(zip(node.values, node.values[1:], strict=False))
    elif isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Mod):
        pairs = [(node.left, node.right)]
    for left, right in pairs:
        between = text[left.end_col_offset : right.col_offset]
        for sign, opposite in OPPOSITES.items():
            if sign in between:
                yield left.end_col_offset, right.col_offset, between.replace(sign, opposite)
                break
    is_list = isinstance(node, (ast.List, ast.Set, ast.Tuple))
    if is_list and len(node.elts) > 1 and not isinstance(getattr(node, "ctx", None), ast.Store):
        for left, right in zip(node.elts, node.elts[1:], strict=False):
            yield left.col_offset, right.col_offset, ""
        yield node.elts[-2].end_col_offset, node.elts[-1].end_col_offset, ""
    if isinstance(node, ast.Return) and getattr(node.value, "value", node.value):
        yield start, end, "return None"
    if isinstance(node, (ast.Raise, ast.Continue, ast.Break, ast.AugAssign, ast.Expr)):
        yield start, end, "pass"
    if isinstance(node, ast.UnaryOp):
        yield start, node.operand.col_offset, ""
    if isinstance(node, (ast.If, ast.While, ast.IfExp)):
        start, end = node.test.col_offset, node.test.end_col_offset
        yield start, end, f"not ({text[start:end]})"
    if isinstance(node, ast.Slice) and own != ":":
        yield start, end, ":"
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in UNNEEDED:
        yield node.func.value.end_col_offset, end, ""
    is_function = isinstance(node, ast.Call) and getattr(node.func, "id", "A").islower()
    if is_function and len(node.args) == 1 and not node.keywords:
        yield start, end, text[node.args[0].col_offset : node.args[0].end_col_offset]


def places(node, is_within=False):
    """Yield (node, whether it stands within a function) for what says something of its own."""
    for child in ast.iter_child_nodes(node):
        is_text = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        name = getattr(getattr(child, "func", None), "id", "")
        if (
            is_text
            or name in WORDS
            or isinstance(child, (ast.JoinedStr, ast.Import, ast.ImportFrom))
        ):
            continue
        if isinstance(child, ast.keyword) and child.arg in ("strict", "verbosity"):
            continue
        is_function = isinstance(node, (ast.FunctionDef, ast.Lambda)) and (
            child in node.body if isinstance(node, ast.FunctionDef) else child is node.body
        )
        inside = is_within or is_function
        yield child, inside
        yield from places(child, inside)


def python_mutants(path):
    source = (ROOT / path).read_text()
    lines = source.splitlines(keepends=True)
    tree = ast.parse(source)
    for node, is_within in places(tree):
        if getattr(node, "lineno", 0) == 0 or node.lineno != getattr(
            getattr(node, "test", node), "end_lineno", None
        ):
            continue
        text = lines[node.lineno - 1]
        if not text.isascii():  # columns are counted in bytes
            continue
        for start, end, replacement in changes(node, text):
            changed = text[:start] + replacement + text[end:]
            mutant = "".join([*lines[: node.lineno - 1], changed, *lines[node.lineno :]])
            try:
                if ast.dump(ast.parse(mutant)) != ast.dump(tree):
                    yield Mutant(path, node.lineno, mutant, is_within)
            except SyntaxError:
                pass


def script_mutants(path):
    lines = (ROOT / path).read_text().splitlines(keepends=True)
    for number, text in enumerate(lines):
        code = text.partition(" // ")[0] if not text.lstrip().startswith("//") else ""
        for pattern, replacement in SCRIPT:
            for match in re.finditer(pattern, code):
                new = replacement(match) if callable(replacement) else match.expand(replacement)
                changed = text[: match.start()] + new + text[match.end() :]
                source = "".join([*lines[:number], changed, *lines[number + 1 :]])
                yield Mutant(path, number + 1, source)


def drawn(seed, count):
    """Return mutants of so many lines, the same ones for the same seed and files."""
    found = []
    for wing in WINGS:
        for path in sorted((ROOT / "cities" / wing).glob("*.py")):
            found += python_mutants(str(path.relative_to(ROOT)))
    for name in SCRIPTS:
        found += script_mutants(f"static/js/{name}.js")
    random.Random(seed).shuffle(found)
    one_a_line = {(mutant.path, mutant.line): mutant for mutant in reversed(found)}
    return [mutant for mutant in found if one_a_line[mutant.path, mutant.line] is mutant][:count]

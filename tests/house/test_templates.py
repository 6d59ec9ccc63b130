"""Every template is drawn by somebody, and every name of an address that is written down leads somewhere."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.source import ROOT, files, named

PACKAGES = ROOT / ".venv"
OWN_WIDGETS, STOCK_WIDGETS = "design/forms/widgets/", "django/forms/widgets/"  # design.forms draws ours in their place
PRINTED = "documents/"  # a paper names its frame when it is prepared, a member of the family by its code
NAMING = ("frame=", "code: ClassVar[str] = ")
DRAWN_BY_LIBRARIES = {"429.html": "allauth, where somebody asks too often"}
URL_TAG = re.compile(r"\{%\s*url\s+[\"']([^\"']+)[\"']([^%]*)%\}")
LEADING = {"reverse", "reverse_lazy", "redirect"}


def templates() -> dict[str, Path]:
    """Every template by the name under which it is drawn."""
    return {
        str(path.relative_to(next(parent for parent in path.parents if parent.name == "templates"))): path
        for path in files("**/templates/**/*.*")
    }


@cache
def written() -> str:
    return "\n".join(path.read_text() for path in (*files("**/*.py"), *templates().values()))


def lies_in_a_package(name: str) -> bool:
    """A template of the same name in a package: ours is drawn in its place."""
    stock = name.replace(OWN_WIDGETS, STOCK_WIDGETS, 1)
    depths = ("*", "*/*", "*/*/*")
    return any(any(PACKAGES.glob(f"lib/python3*/site-packages/{depth}/templates/{stock}")) for depth in depths)


def is_drawn(name: str) -> bool:
    return (
        f'"{name}"' in written()
        or name in DRAWN_BY_LIBRARIES
        or lies_in_a_package(name)
        or (name.startswith(PRINTED) and any(f'{said}"{Path(name).stem}"' in written() for said in NAMING))
    )


@cache
def addresses() -> dict[str, list[frozenset[str]]]:
    """The names that addresses have, with the arguments that each takes."""
    found: dict[str, list[frozenset[str]]] = defaultdict(list)

    def walk(resolver: URLResolver, namespace: str, before: frozenset[str] = frozenset()) -> None:
        for pattern in resolver.url_patterns:
            taken = before | frozenset(pattern.pattern.regex.groupindex)
            if isinstance(pattern, URLResolver):
                walk(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace, taken)
            elif isinstance(pattern, URLPattern) and pattern.name:
                found[f"{namespace}{pattern.name}"].append(taken)

    walk(get_resolver(), "")
    return found


def led_to() -> Iterator[tuple[str, str, list[str]]]:
    """Where it is written, the name of the address, and its arguments."""
    for path in templates().values():
        for name, rest in URL_TAG.findall(path.read_text()):
            yield named(path), name, re.sub(r"\bas \w+\s*$", "", rest.strip()).split()


def test_no_template_is_left_undrawn() -> None:
    assert [named(path) for name, path in templates().items() if not is_drawn(name)] == []


def test_a_template_that_a_library_draws_is_still_ours() -> None:
    assert DRAWN_BY_LIBRARIES.keys() <= templates().keys()


def test_every_address_that_a_template_names_is_there_with_these_arguments() -> None:
    def fits(name: str, arguments: list[str]) -> bool:
        given = {argument.split("=", 1)[0] for argument in arguments if "=" in argument}
        return any(len(taken) == len(arguments) and given <= taken for taken in addresses().get(name, []))

    assert [f"{where}: {name} {rest}" for where, name, rest in led_to() if not fits(name, rest)] == []


def test_every_address_that_code_names_is_there() -> None:
    lost = [
        f"{named(path)}:{node.lineno} {node.args[0].value}"
        for path in files("**/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in LEADING
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and "/" not in node.args[0].value
        and node.args[0].value not in addresses()
    ]
    assert lost == []

"""Which procedures are installed: folders under plugins/ and entry points of installed packages, none imported."""

import os
from importlib.metadata import entry_points
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

GROUP = "takwin.procedures"


def discovered_plugins(root: Path) -> list[str]:
    """Dotted names of the plugin packages, sorted; two of one code refuse to start."""
    inside = {folder.parent.name: f"plugins.{folder.parent.name}" for folder in root.glob("plugins/*/procedure.py")}
    outside = {point.name: point.value for point in entry_points(group=GROUP)}
    twice = inside.keys() & outside.keys()
    if twice:
        raise ImproperlyConfigured(f"Installed twice: {', '.join(sorted(twice))}. Remove the package or the folder.")
    return [package for _, package in sorted((inside | outside).items())]


def more_plugins() -> list[str]:
    """Packages that TAKWIN_MORE_PLUGINS names, separated by commas; asked by the demonstration and by tests only."""
    return [name for name in os.environ.get("TAKWIN_MORE_PLUGINS", "").split(",") if name]

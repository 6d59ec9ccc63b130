"""Tell those who listen what has happened: one job a listener, so that one who fails disturbs nobody."""

from typing import Any

from procedures.jobs import services as jobs
from procedures.registry import plugin_manager


def announce(event: str, *, key: str, **ids: int) -> None:
    """Inside the transaction of what happened: promise each plugin that implements `event` that it will hear of it.

    `key` tells this happening from others of its kind. Each listener is called once; one that raises is tried again.
    """
    for implementation in getattr(plugin_manager().hook, event).get_hookimpls():
        name = implementation.plugin_name
        jobs.add(kind="hook", key=f"{event}:{key}:{name}", payload={"event": event, "plugin": name, "ids": ids})


def tell(*, event: str, plugin: str, ids: dict[str, Any]) -> None:
    """Call one listener's implementation and no other. Raises LookupError where the plugin is no longer there."""
    manager = plugin_manager()
    listener = manager.get_plugin(plugin)
    if listener is None:
        raise LookupError(f"The plugin {plugin} is not installed.")
    others = [each for _, each in manager.list_name_plugin() if each is not None and each is not listener]
    manager.subset_hook_caller(event, remove_plugins=others)(**ids)

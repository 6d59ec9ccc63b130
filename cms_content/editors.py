"""Who edits: members of an office in the role of editor are in Wagtail's group, for as long as they serve."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from procedures.offices.selectors import memberships_of

GROUP = "Editors"
ROLES = frozenset({"editor", "administrator"})
CONTENT = ("procedurewords", "procedurevalue", "opening")
PAGE_ACTIONS = ("add_page", "change_page", "publish_page")


def settle_editor(person: Any) -> None:
    """Put a person in the group or take them out, by the memberships in force today."""
    serves = person.is_active and bool(ROLES & set(memberships_of(person).values_list("role", flat=True)))
    belongs = person.groups.filter(name=GROUP).exists()
    if serves and not belongs:
        person.groups.add(Group.objects.get_or_create(name=GROUP)[0])
    elif belongs and not serves:
        person.groups.remove(Group.objects.get(name=GROUP))


def grant_editors() -> Group:
    """Give the group what it needs: the admin's door, pages, words, values, openings, the site, pictures, documents."""
    group, _created = Group.objects.get_or_create(name=GROUP)
    group.permissions.add(*_permissions())
    for page in Page.objects.filter(depth=1):
        for permission in Permission.objects.filter(codename__in=PAGE_ACTIONS, content_type__app_label="wagtailcore"):
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    root = Collection.get_first_root_node()
    for permission in Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"),
        codename__in=(
            "add_image",
            "change_image",
            "choose_image",
            "add_document",
            "change_document",
            "choose_document",
        ),
    ):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
    return group


def _permissions() -> list[Permission]:
    names = [f"{action}_{model}" for model in CONTENT for action in ("add", "change", "delete", "view")]
    names += [f"{action}_{model}" for model in CONTENT[:2] for action in ("publish",)]
    names.append("change_sitesettings")
    ours = Permission.objects.filter(content_type__app_label="cms_content", codename__in=names)
    door = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    return [*ours, *door]

"""Which pages of the desk a browser looks at: some in every run, the others in torture.

A page that is new in the tables goes into one of these lists; `test_matrix` says so.
"""

from __future__ import annotations

from . import pages, tables, walk


def labels(text: str) -> set[str]:
    """`{kind}` stands for several, as in the tables."""
    return {name for word in text.split() for name in walk.expanded(word, tables.KINDS)}


OFTEN = labels("""
    admin:index handbook
    admin:articles_article_changelist admin:articles_binnedarticle_changelist
    admin:articles_photo_changelist admin:articles_photo_change admin:articles_photo_words
    admin:articles_category_changelist admin:articles_category_add admin:{place}_changelist
    admin:articles_front_changelist admin:articles_front_change
    admin:articles_revision_changelist admin:articles_revision_change
    admin:articles_version_changelist admin:articles_importitem_changelist
    admin:auth_user_changelist admin:auth_user_add
""")
SELDOM = (
    labels("""
    admin:app_list handbook-chapter
    admin:second_factor admin:password_change admin:password_change_done
    admin_password_reset password_reset_confirm {told}
    admin:articles_article_add admin:articles_article_waiting admin:articles_article_connect
    admin:{library}_changelist admin:{library}_add admin:{library}_change admin:{library}_delete
    admin:{library}_history admin:articles_photo_many
    admin:{record}_changelist admin:{record}_change admin:{record}_history
    admin:articles_category_change admin:articles_category_delete admin:articles_category_history
    admin:articles_front_add admin:articles_front_preview admin:articles_front_publish
    admin:articles_front_schedule admin:articles_front_unschedule admin:articles_front_withdraw
    admin:articles_front_restore admin:articles_front_history
    admin:{place}_add admin:{place}_change admin:{place}_delete admin:{place}_history
    admin:{desk}_changelist admin:{desk}_add admin:{desk}_change admin:{desk}_delete
    admin:{desk}_history
    admin:{house}_changelist admin:{house}_add admin:{house}_change admin:{house}_delete
    admin:{house}_history admin:auth_user_password_change
    admin:{log}_changelist admin:{log}_change admin:{log}_delete admin:{log}_history
""")
    - OFTEN
    - {"admin:auth_user_delete"}  # nobody may
)
# They answer with something else than a page.
NO_PAGE = labels("""
    admin:jsi18n admin:autocomplete admin:articles_article_pick admin:articles_category_move
    handbook-picture admin:articles_importitem_source
""")

# Of one story.
STORY_OFTEN = set("publish schedule correct withdraw address history share related redact".split())
STORY_SELDOM = set(
    "change preview unschedule submit approve sendback assign note compare restore delete".split()
)


def there(cells, page: str) -> str:
    """What somebody who may do everything gets who opens this page."""
    return walk.row(cells, page, "GET")["super"]


def desk(often_only: bool) -> dict[str, str]:
    """Label → address, once `pages.one_of_each` was called."""
    wanted = OFTEN if often_only else OFTEN | SELDOM
    return {label: path for label, path in pages.staff_pages().items() if label in wanted}


def stories(newsroom, often_only: bool) -> dict[str, str]:
    """The same for one story of this newsroom, in a state that has the page."""
    states = walk.cells(tables.STATES)
    found = {}
    for page in sorted(STORY_OFTEN if often_only else STORY_OFTEN | STORY_SELDOM):
        in_state = "pending"
        if {(page, "GET"), (page, "*")} & set(states):
            row = walk.row(states, page, "GET")
            in_state = next(state for state in ("pending", "draft") if row[state] == "200")
        found[page] = pages.story_page(newsroom[in_state], page)
    return found

"""A page to explore the strata of a fiber: one HTML file that needs no network.

`places` says where things are drawn, `data` what is known, and `page` puts both and the program,
style and frame in `assets` into one text. The program is plain JavaScript; its files share one
scope and are put together in the order that `page` gives.
"""

from linnet_exact.draw.explore.page import STRATA_LIMIT, explore_page, require_room_for_page

__all__ = ["STRATA_LIMIT", "explore_page", "require_room_for_page"]

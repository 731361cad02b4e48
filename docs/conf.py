"""How Sphinx builds the documentation: python -m sphinx -aEqnW --keep-going docs .cache/site.

Nothing is fetched, neither while it is built nor while it is read: the theme brings its own styles and
scripts, and the letters are the system's own. The search works in a folder opened without a server.
"""

from typing import Any

project = "Profile consistency auditor"
html_title = project
language = "en"
extensions = ["myst_parser"]
exclude_patterns = ["container"]
smartquotes = False  # `--option` must stay as it is typed
nitpicky = True
highlight_language = "text"

myst_heading_anchors = 4
myst_enable_extensions = ["html_image"]

html_theme = "furo"
html_static_path = ["style"]
html_css_files = ["docs.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
html_use_index = False
html_theme_options = {"top_of_page_buttons": []}


def setup(app: Any) -> None:
    """Pages below nl/ say that they are Dutch, as screen readers and browsers need to know."""
    app.connect("html-page-context", _language_of_the_page)


def _language_of_the_page(_app: Any, page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    if page.startswith("nl/"):
        context["language"] = "nl"

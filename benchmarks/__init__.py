"""Programs that measure; each prints one line of JSON."""

import marketplace.relevance  # noqa: F401 - numpy takes one thread here, as it does on the site

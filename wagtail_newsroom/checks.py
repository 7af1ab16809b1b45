"""System checks: what is missing or dangerous in a site's settings, with a way out of each."""

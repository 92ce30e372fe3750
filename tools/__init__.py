"""Programs for those who work on Hutong. Nothing here is part of the package."""

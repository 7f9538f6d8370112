"""Published results and winning solutions."""

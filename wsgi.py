"""What a server imports: app."""

from marketplace.app import create_app

app = create_app()

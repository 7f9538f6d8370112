"""The operator's room: people, their roles and accounts, and the settings in force."""

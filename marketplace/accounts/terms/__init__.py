"""Terms of use and privacy notice by version, and what each person agreed to, purpose by purpose."""

"""Numbers of applicants while a challenge is open, where it announced them: by kind, in bands, once a day."""

"""The pages for users, and what makes those parts of them that are made."""

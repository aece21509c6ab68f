"""Who plays a part in a sentence: `Roles` answers for one article."""

from communique.extraction.roles.mentions import is_listed
from communique.extraction.roles.offices import role_of
from communique.extraction.roles.reference import Roles

__all__ = ["Roles", "is_listed", "role_of"]

//! Word lists from `assets/lexicon`, compiled in: reporting verbs, titles, first names, roles, nationalities.

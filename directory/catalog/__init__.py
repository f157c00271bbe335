"""Lists people choose from and texts they read: conditions, professions, questions, guides, clocks."""

"""The public person: names, practice locations, conditions treated, own words."""

"""Needlewise, the application. Each folder is a room; docs/house.md says in one line what each is for.

app                                             knows every room; nobody imports it
seed | imports                                  files and demo worlds in
search | guidance | profiles                    journeys; never import one another
credentials                                     owns what is claimed, what was checked, and where it stands
practitioners                                   owns the public person
catalog | places | jurisdictions | audit        vocabularies and instruments
web                                             what every page needs
database | config | clock | words               ground

Inside a room: views, cli -> actions -> queries -> models -> rules. `rules` are pure.
"""

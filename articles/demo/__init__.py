"""The pictures and films of the sample newsroom, drawn by code so that they belong to nobody else.

`pictures.draw(name)` paints a still, `films.poster(name)` the frame in front of a film.
"""

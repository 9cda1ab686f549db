"""双随机: the draw itself, pure, so that anybody can do it again (standards/inspection.md §6.2).

``pools`` says what is drawn from, ``checks`` whether a draw may be made, ``engine`` draws and draws again, ``files``
writes what is published, ``recompute`` is the citizen's own program, which shares no line with the others.
"""

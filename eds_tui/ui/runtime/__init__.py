"""What runs beside the screens from the program's start to its end.

Sessions and what they do every second, the idle lock, shutdown, recovery from unexpected errors,
the delivery of keys, and calls in a thread. ``app.py`` puts the parts together; each is given what
it needs, and none knows the app by its class.
"""

"""The commands, a module each: `command(language)` makes one, and is asked for only when it is called."""

# In the order in which they are listed.
NAMES = ("check", "draft", "explain", "facts", "fmt", "schema", "score", "show", "template", "test")

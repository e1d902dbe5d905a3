"""The commands, a module each: `command(language)` makes one, and is asked for only when it is called."""

# In the order in which they are listed.
NAMES = (
    *(
        "audit",
        "check",
        "draft",
        "explain",
        "facts",
        "fmt",
        "read",
        "schema",
        "score",
        "show",
        "template",
        "test",
        "verify",
        "what-if",
    ),
)

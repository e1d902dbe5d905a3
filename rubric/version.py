"""The version of the package, read without any import."""

__version__ = "0.1.0"

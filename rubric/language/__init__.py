"""The language: text → tokens → trees → rules, in Chinese and in English."""

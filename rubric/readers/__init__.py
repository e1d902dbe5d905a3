"""What comes from outside: files, facts and reports, read exactly or refused with a sentence."""

"""What people read: every sentence in Chinese and English, numbers, and findings under their line."""

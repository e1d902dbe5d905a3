"""What people open: a scorecard as a document, and that document as a web page, in Word and as a PDF."""

"""Reports as departments hand them in (Word, PDF, web page, text, workbook): passages of plain text with places."""

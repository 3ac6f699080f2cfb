"""Pages made from the record by templates of many shapes, whose truth is known: what a page says is
noted as it is written, and each page can be written again with one thing wrong.
"""

"""What KIM did in a quarter or a year, of one KIM and of a region, on a page and as a file.

`periods` is the time, `figures` what is counted and which rows are behind each number, `of_kim` and `of_region` put
the numbers together, `paper` draws them; `views` are for a KIM's people, `desk` for officers.
"""

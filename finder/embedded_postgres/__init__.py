"""The PostgreSQL that comes with the site: started when first needed, stopped when the last process leaves.

`account` says who runs it, `place` where it lives, `server` drives PostgreSQL's own programs,
`sharing` lets several processes use one server, and `base` is the Django database backend.
"""

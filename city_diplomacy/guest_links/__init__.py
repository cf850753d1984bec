"""Links for people outside the office: one mechanism for every form somebody answers without an account.

A function declares a purpose (`purposes.Purpose`); here a link is made, sent, opened, answered, sent again and ended.
"""

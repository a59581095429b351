"""One module a verb. It is imported when its command is called: the help of the whole needs none of them."""

"""One class per job that a person does; every front end uses these, and they know no front end."""

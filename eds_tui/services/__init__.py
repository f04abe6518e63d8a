"""One class per job that a person does, used by every front end; none knows a front end."""

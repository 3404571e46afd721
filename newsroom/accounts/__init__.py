"""Who may come in: second factor, invitations, forgotten passwords, sessions that end."""

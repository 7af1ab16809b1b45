"""Who may do what: role by action, language and state."""

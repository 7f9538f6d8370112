"""Public texts that readers report: the operator hides them with a reason or leaves them; authors may object."""

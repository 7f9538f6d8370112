"""Weights of the model chosen by what people and outcomes said: measured offline, proposed, adopted by the operator."""

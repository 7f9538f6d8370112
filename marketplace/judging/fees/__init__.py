"""What judges are paid: a record of rate, readings and payment; no money moves here."""

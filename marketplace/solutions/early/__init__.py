"""Opening what is sealed before closing: proposed by the agency, confirmed by the operator, told to everybody."""

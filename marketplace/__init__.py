"""Ba Nhà: an open marketplace where the city states problems and the three houses answer."""

"""Repository root -> (Handbook, problems). The only reader of programs/."""

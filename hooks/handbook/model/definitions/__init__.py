"""What the YAML files define, complete and frozen."""

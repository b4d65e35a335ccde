"""Q and number fields Q(α): their elements, definitions and descriptions."""

"""The words of the house: frozen values that every floor above speaks in."""

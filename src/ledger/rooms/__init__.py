"""The rooms: definitions, subjects and storage. None of them knows another."""

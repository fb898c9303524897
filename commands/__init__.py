"""Shell commands, one file each: ask the rooms, print, nothing more."""

"""Files that providers send and fetch at the desk: kept, checked, taken in, given back with remarks, written anew."""

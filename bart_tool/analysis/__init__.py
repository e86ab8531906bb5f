"""Picture to findings: where the pictures differ, overlap, point at each other or leave a gap."""

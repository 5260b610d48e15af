"""What several processes and machines share, and how one goes on alone while the others cannot be reached."""

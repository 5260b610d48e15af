"""What editors' and moderators' pages share: logging in, who may, the frame around each page."""

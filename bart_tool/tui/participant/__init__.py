"""A participant's screens: welcome, the questions, one's own picture, handing in."""

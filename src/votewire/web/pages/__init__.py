"""The pages of the site, one file each: what makes the context, and where it is found."""

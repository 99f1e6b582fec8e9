"""What a proofreader looks for, in the programme’s texts and in the site’s."""

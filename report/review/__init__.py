"""The review loop: drafts go out, opinions come in, each is answered and its change shown."""

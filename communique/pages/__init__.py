"""The pages of a release for a browser, each one file that asks for nothing else: `explore.html`, `quality.html`."""

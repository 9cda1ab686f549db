"""The main job driven through HTTP as its users would: no models, no shortcuts, only pages, forms and links."""

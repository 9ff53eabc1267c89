"""What portals and harvesters take: catalogue, dumps, changes, and signposts to them."""

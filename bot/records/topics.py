"""Questions alike in meaning, put together by how near their vectors are."""

import numpy as np

from vectorstore.encoder import Floats

# A cosine. Of 350 labelled questions, .6 and more have 8 % of the pairs that rest on one clause and .05 % of the
# others; .5 and more 17 % and .25 %.
ALIKE = 0.55


def grouped(vectors: Floats, alike: float = ALIKE) -> list[list[int]]:
    """Rows in groups. A row joins the group whose first member is nearest to it, if that is near enough, else it opens
    one. So the order of the rows decides, and nothing else: give first what should stand for the others.
    """
    groups: list[list[int]] = []
    for row in range(len(vectors)):
        nearness = vectors[[group[0] for group in groups]] @ vectors[row]
        best = int(np.argmax(nearness)) if groups else -1
        if groups and nearness[best] >= alike:
            groups[best].append(row)
        else:
            groups.append([row])
    return groups

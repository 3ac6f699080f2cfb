"""The grammar of voting: from the words of a sentence to who did what to which UN text.

A sentence becomes a row of nodes (`nodes`, with the words of `lexicon`), in which noun phrases that
name a text (`texts`), lists of states (`actors`) and counted members (`counting`) become one node
each. Verbs of voting (`verbs`) look for their subject and object (`subjects`, `objects`); rules
(`voting`, `outcomes`, `rolls`, `tallies`, `nouns`, `measured`) write drafts of claims, and
`discourse` keeps apart the texts that an article speaks of. Words and verbs are data in
`press/lang/<language>`; no rule knows a sentence. `press.claims` puts it all together.
"""

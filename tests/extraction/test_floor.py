"""In a transcript "we" and "I" are those of whoever has the floor."""

import pytest

from communique.articles.build import build_article
from communique.articles.metadata import Metadata
from communique.extraction.engine import annotate, extract
from communique.extraction.roles.floor import turn_at

DOORSTOP = """Doorstop interview

JOURNALIST: Minister, what about Sudan? Will we send more?

PENNY WONG: We are giving $20 million to Sudan. I urge the generals to open the roads.

JOURNALIST: And steel?

FOREIGN MINISTER: We have raised it in Washington. The United States should lift its duties.
"""

PODIUM = """Remarks of the two leaders before their meeting

PRESIDENT BIDEN: Welcome. We have sent generators to Moldova.

PRIME MINISTER MODI: (As interpreted.) Thank you, Mr President.

We have sent medicines to Moldova.
"""

LOWER_CASE = """At the dispatch box

Reporter: What will the government do for Ukraine?

Minister Lammy: We are giving £10 million to Ukraine.

Reporter: And timber?

Minister Lammy: We will put a tariff of 35 per cent on timber from Russia.
"""


def floor(text):
    annotations = annotate(build_article(text, Metadata(published="2024-05-02")))
    turns = [turn_at(annotations, index) for index in range(len(annotations.article.sentences))]
    return list(dict.fromkeys((turn.label, turn.actor_id, turn.asks) for turn in turns if turn is not None))


def rows(text):
    return extract(build_article(text, Metadata(published="2024-05-02"))).rows


def test_a_turn_is_of_the_person_whose_name_begins_it():
    assert floor(PODIUM) == [
        ("PRESIDENT BIDEN", "person:joe-biden", False),
        ("PRIME MINISTER MODI", "person:narendra-modi", False),
    ]


def test_an_office_alone_is_that_of_the_only_person_named():
    assert floor(DOORSTOP) == [
        ("JOURNALIST", None, True),
        ("PENNY WONG", "person:penny-wong", False),
        ("FOREIGN MINISTER", "person:penny-wong", False),
    ]


def test_labels_in_small_letters_begin_turns_where_they_come_again():
    assert floor(LOWER_CASE) == [("Reporter", None, True), ("Minister Lammy", "person:david-lammy", False)]


@pytest.mark.parametrize(
    "text",
    [
        "What each side offers\n\nJapan: A loan of 3 billion yen.\n\nKorea: A grant.\n\nJapan: Rice.\n",
        "Who is who\n\nForeign minister: Penny Wong.\n\nTrade minister: Don Farrell.\n",
        "A note\n\nMINISTER: The one who spoke.\n\nNothing else was said.\n",
        "A summary\n\nBACKGROUND: The talks failed.\n\nNEXT STEPS: The talks go on.\n",
        "A summary\n\nTRADE: The talks failed.\n\nDEFENCE: The talks go on.\n",
        "A speech\n\nThe minister said this: We give more.\n\nThe president said this: We give less.\n",
    ],
    ids=["countries", "a list of people", "one line", "headings", "portfolios", "sentences"],
)
def test_other_lines_with_a_colon_are_no_turns(text):
    assert floor(text) == []


def test_aid_of_us_is_that_of_whoever_has_the_floor():
    assert [row.donor_id for row in rows(PODIUM).aid_commitments] == ["country:USA", "country:IND"]
    (given,) = rows(DOORSTOP).aid_commitments
    assert (given.donor_id, given.recipient_id, given.amount) == ("country:AUS", "country:SDN", 20e6)


def test_a_tariff_of_ours_is_that_of_whoever_has_the_floor():
    (tariff,) = rows(LOWER_CASE).tariffs
    assert (tariff.imposer_id, tariff.target_id) == ("country:GBR", "country:RUS")


def test_advice_in_a_turn_is_the_speakers_own():
    assert {row.recommender_id for row in rows(DOORSTOP).recommendations} == {"person:penny-wong"}

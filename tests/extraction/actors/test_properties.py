"""What holds of any text: spans inside sentences, no overlaps, the same result twice, time in step with length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.extraction.actors import find_actors
from schemas.vocabularies import ActorType, MentionKind

_WORDS = st.sampled_from(
    "Peru the The of and for Bank Ministry Trade Minister President John Kowalski Kowalski's (NATO) US-Peru U.S. "
    "in Tokyo Tokyo's said , . van der Berg Party Greens WHO who March 3 “ ” ' -led Al-Amin O'Neil St. Mr. "
    "Committee On Monday Ἀθῆναι Łódź İstanbul \n \t ( ) [1] EU. ’s Jr. and".split(" ")
)
_PROSE = st.lists(_WORDS, max_size=60).map(" ".join)


@settings(max_examples=120, deadline=None)
@given(text=st.one_of(_PROSE, st.text(max_size=200)))
def test_mentions_are_ordered_stretches_of_their_sentences(text: str, article_of) -> None:
    article = article_of(text)
    mentions, actors = find_actors(article)
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end
        end = mention.end
        assert any(s.start <= mention.start and mention.end <= s.end for s in article.sentences)
        surface = text[mention.start : mention.end]
        assert surface == surface.strip()
        assert mention.kind in set(MentionKind)
        assert mention.actor_id in actors
    assert {mention.actor_id for mention in mentions} == set(actors)
    for actor_id, actor in actors.items():
        assert actor.actor_id == actor_id == actor_id.strip()
        assert actor.type in set(ActorType)
        assert actor_id.startswith(f"{actor.type}:")
        assert actor.aliases


@settings(max_examples=40, deadline=None)
@given(text=_PROSE)
def test_reading_twice_finds_the_same(text: str, article_of) -> None:
    assert find_actors(article_of(text)) == find_actors(article_of(text))


@pytest.mark.parametrize(
    "unit",
    [
        "Kowalski ",
        "Bank of ",
        "Committee of the ",
        "Former ",
        "Peru-",
        "A.",
        "Tokyo, ",
        "said Ruth Abara and ",
        "(NATO ",
        "The Ministry of Trade and Industry of ",
        "'s ",
        "van der ",
        "ÅÅÅÅ ",
        "a",
    ],
)
def test_time_grows_in_step_with_the_length_of_one_line(unit: str, article_of) -> None:
    def seconds(count: int) -> float:
        article = article_of(unit * count)
        start = time.process_time()
        find_actors(article)
        return time.process_time() - start

    seconds(100)
    short, long = seconds(1_000), seconds(8_000)
    assert long < 24 * short + 0.3

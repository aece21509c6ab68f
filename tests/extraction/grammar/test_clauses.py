"""Who does what to whom, in small sentences: one case a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.extraction.grammar.clauses import agent, complements, objects, subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup, parse

SUBJECTS = [
    ("The harbour office said the rebuilding should help it.", "should help", ["the rebuilding"]),
    ("The Harbour Office (HO) argues that.", "argues", ["The Harbour Office"]),
    ("Ruiz bewailed the loss and called on Oslo.", "called", ["Ruiz"]),
    ("The minister said Oslo “should wait” a year.", "should wait", ["Oslo"]),
    ("Ruiz said that Lima “must do” all it can.", "must do", ["Lima"]),
    ("The cabinet itself should act.", "should act", ["The cabinet"]),
    ("On 1 May, and on August 1, 2017, the cabinet raised the duty.", "raised", ["the cabinet"]),
    ("To raise its weight and reach, Peru should act.", "should act", ["Peru"]),
    ("If the talks fail, Oslo should act.", "should act", ["Oslo"]),
    ("He said the council calls upon Peru to act.", "calls", ["the council"]),
    ("Two warring sides met.", "met", ["Two warring sides"]),
    ("This needs to change.", "needs", ["This"]),
    ("More needs to be done.", "needs", ["More"]),
    ("Those with means should pay.", "should pay", ["Those"]),
    ("It is vital that aid reaches Lima.", "reaches", ["aid"]),
    ("Those who say that Peru should pay forget the war.", "should pay", ["Peru"]),
    ("Ministers Must Resume Talks", "Must Resume", ["Ministers"]),
    ("Japan's government pledged five tanks.", "pledged", ["Japan's government"]),
    ("Japan, which is considered one of the donors, has given tanks.", "has given", ["Japan"]),
    ("Japan, the largest donor, has given tanks.", "has given", ["Japan"]),
    ("Japan gave trucks, and Norway offered boats.", "offered", ["Norway"]),
    ("Tokyo plans to support the effort and sends trucks.", "sends", ["Tokyo"]),
    ("Tokyo plans to support the effort.", "to support", ["Tokyo"]),
    ("Australia and Japan pledged help.", "pledged", ["Australia", "Japan"]),
    ("Germany, France and Italy will each provide ten tanks.", "will each provide", ["Germany", "France", "Italy"]),
    ("In 2019 alone, Oslo allocated money.", "allocated", ["Oslo"]),
    ("As a member of the G7, Canada plays a role.", "plays", ["Canada"]),
    ("The minister said Seoul should, however, stop it.", "should, however, stop", ["Seoul"]),
    ("The minister, who arrived on Monday, said nothing.", "said", ["The minister"]),
    ("Officials urged Chile to increase its aid.", "to increase", ["Chile"]),
    ("Aid provided by Peru has helped.", "provided", ["Aid"]),
    ("In a campaign to return the boy to Peru, President Ana Ruiz said no.", "said", ["President Ana Ruiz"]),
    ("To win the war, Kyiv needs shells.", "needs", ["Kyiv"]),
    ("Officials visiting Lima should act.", "should act", ["Officials"]),
    ("Officials said Lima should act.", "should act", ["Lima"]),
    ("A boy who came by boat and became a symbol must be returned.", "must be returned", ["A boy"]),
    ("With Castro and other leaders sitting there, a string of men called.", "called", ["a string"]),
    ("Additionally, Chile has imposed limits.", "has imposed", ["Chile"]),
    ("Japan, which has given arms, wishes to go on.", "wishes", ["Japan"]),
    ("India's average applied tariff is high.", "is", ["India's average applied tariff"]),
    ("A levy on gin and orange juice from Peru was shelved.", "was shelved", ["A levy"]),
    ("Peru and Chile, hit with high rates, protested.", "hit", ["Peru", "Chile"]),
    ("The levy on Chinese imports now stands at ten per cent.", "stands", ["The levy"]),
    ("A levy, announced in March, was shelved.", "was shelved", ["A levy"]),
    ("Japan's tariff on imported rice stands at nine percent.", "stands", ["Japan's tariff"]),
    ("The ministry said on Monday it had won.", "said", ["The ministry"]),
    ("Just last week, President Ana Ruiz raised tariffs to force Peru to talk.", "raised", ["President Ana Ruiz"]),
    ("A levy of 32 dollars a unit on tubes was suspended.", "was suspended", ["A levy"]),
    ("After Peru had cut its “fair” rates for a day, the bloc put an end to it.", "put", ["the bloc"]),
    ("The rates on tin and zinc will rise.", "will rise", ["The rates"]),
    ("Duties on fish from Peru, Chile and Ghana will rise.", "will rise", ["Duties"]),
    ("After talks in Peru, Chile and Ghana raised duties.", "raised", ["Chile", "Ghana"]),
    ("Following the vote in Peru, Chile and Ghana pledged help.", "pledged", ["Chile", "Ghana"]),
    ("Oslo Raises Duties on Fish", "Raises", ["Oslo"]),
    ("Oslo Threatens Peru With a Duty", "Threatens", ["Oslo"]),
    ("Chile faces lower rates than Peru.", "faces", ["Chile"]),
    ("Chile faces much lower rates than Peru.", "faces", ["Chile"]),
    ("Exporters in Peru want clear rules.", "want", ["Exporters"]),
    ("Both sides lower rates.", "lower", ["Both sides"]),
    ("The deal helped lower rates.", "helped", ["The deal"]),
    ("Peru gave aid to Chad and Chile pledged tents.", "pledged", ["Chile"]),
    ("A finding that tubes from Chile were dumped at a loss was made.", "were dumped", ["tubes"]),
    ("Ruiz promised to “sign all necessary documents to charge Peru a fee”.", "to charge", ["Ruiz"]),
    ("In 2024 Poland sent tents.", "sent", ["Poland"]),
    ("In May Peru sent tents.", "sent", ["Peru"]),
    ("This brings relief.", "brings", ["This"]),
    ("The minister promised at least ten trucks.", "promised", ["The minister"]),
    ("Third, Oslo should act.", "should act", ["Oslo"]),
    ("In talks between the North and the South, Oslo and Bern should help.", "should help", ["Oslo", "Bern"]),
    ("He must go by Jan. 14, commissioner Doris Meier told reporters.", "told", ["commissioner Doris Meier"]),
    ("The vote ended on Monday after Chile gave its consent.", "ended", ["The vote"]),
    ("That means that Oslo must act.", "must act", ["Oslo"]),
    ("Ruiz said Chile and Peru should act.", "should act", ["Chile", "Peru"]),
    ("Ruiz said it and Peru left.", "left", ["it", "Peru"]),
    ("Oslo pressed ahead, adding that donors should pay.", "should pay", ["donors"]),
    ("Ruiz said that aid must flow.", "must flow", ["aid"]),
    ("In spite of the law, they left.", "left", ["they"]),
    ("Oslo, she told me last week, has to act.", "has to act", ["Oslo"]),
    ("Oslo should act, and that means every port has to open.", "has to open", ["every port"]),
    ("Our leaders need to act.", "need", ["Our leaders"]),
    ("He said that Chile and the EU need to act.", "need", ["Chile", "the EU"]),
    ("Facing Chile, Peru, and Kenya, the leaders of Norway must act.", "must act", ["the leaders"]),
    ("Responding to the clash, the leaders of the bloc have met.", "have met", ["the leaders"]),
]
FEATURES = [
    ("The aid was frozen by the council.", "was frozen", {"passive": True, "tense": "past"}),
    ("Oslo will not send tanks.", "will not send", {"negated": True, "tense": "future", "modal": "will"}),
    ("Oslo has to decide.", "has to decide", {"modal": "have to"}),
    ("Oslo shouldn't wait.", "shouldn't wait", {"modal": "should", "negated": True}),
    ("Oslo has been sending tanks.", "has been sending", {"perfect": True, "progressive": True}),
    ("The tanks sent by Oslo arrived.", "sent", {"form": "participle"}),
    ("Peru was left out of the list of states subjected to the rule.", "subjected", {"form": "participle"}),
    ("The two million provided by Oslo helped.", "provided", {"form": "participle"}),
    ("The troops of 4 June 2019 returned.", "returned", {"tense": "past"}),
    ("Oslo sent the tanks.", "sent", {"form": "finite", "tense": "past"}),
    ("Oslo must now derisk its supply chains.", "must now derisk", {"modal": "must"}),
    ("Oslo asked Lima to fully untie the aid.", "to fully untie", {"form": "infinitive"}),
    ("They should have done so.", "should have done", {"perfect": True}),
    ("Requests the Secretary-General to report.", "Requests", {"form": "finite"}),
    ("According to press reports, Oslo agreed.", "agreed", {"form": "finite"}),
]


def group(text: str, words: str) -> tuple[ParsedSentence, VerbGroup]:
    sentence = parse(text, 0, len(text))
    return sentence, next(g for g in sentence.groups if text[g.start : g.end] == words)


@pytest.mark.parametrize(("text", "words", "expected"), SUBJECTS)
def test_subject(text: str, words: str, expected: list[str]) -> None:
    assert [text[p.start : p.end] for p in subject(*group(text, words))] == expected


@pytest.mark.parametrize(("text", "words", "expected"), FEATURES)
def test_verb_group(text: str, words: str, expected: dict[str, object]) -> None:
    _, found = group(text, words)
    assert {name: getattr(found, name) for name in expected} == expected


def test_objects_and_complements_end_with_the_clause() -> None:
    text = "Norway gave money to Chad, and Sweden gave tents."
    sentence, verb = group(text, "gave")
    assert [text[p.start : p.end] for p in objects(sentence, verb)] == ["money"]
    assert [(p.preposition, text[p.start : p.end]) for p in complements(sentence, verb)] == [("to", "Chad")]


def test_agents_may_be_several() -> None:
    text = "The aid was frozen by the ministry and the council."
    assert [text[p.start : p.end] for p in agent(*group(text, "was frozen"))] == ["the ministry", "the council"]


@given(st.text(max_size=300))
def test_any_text_parses_to_ordered_tokens_that_hold(text: str) -> None:
    sentence = parse(text, 0, len(text))
    ends = 0
    for token in sentence.tokens:
        assert token.start >= ends
        assert text[token.start : token.end] == token.text
        ends = token.end
    for verb in sentence.groups:
        for phrase in subject(sentence, verb) + objects(sentence, verb) + agent(sentence, verb):
            assert text[phrase.start : phrase.end].strip()

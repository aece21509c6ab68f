from communique.articles.build import build_article
from communique.extraction.actors import find_actors


def test_countries_people_and_bodies_are_found_with_their_spans() -> None:
    text = "Talks\n\nGhanaian President Kofi Lartey met Ilona Vasarhelyi of the Sopron Institute for Peace (SIP).\n"
    article = build_article(text)
    mentions, _ = find_actors(article)
    assert [text[m.start : m.end] for m in mentions] == [
        "Ghanaian",
        "Kofi Lartey",
        "Ilona Vasarhelyi",
        "Sopron Institute for Peace",
        "SIP",
    ]

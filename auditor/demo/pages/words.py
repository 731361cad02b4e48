"""The site's wording in its four languages, and made-up prose to fill the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random


@dataclass(frozen=True, slots=True)
class Words:
    """One language's wording. `{first}` and `{name}` stand for the person."""

    locale: str
    present: str
    months: tuple[str, ...]
    year: tuple[str, str]
    month: tuple[str, str]
    experience: str
    education: str
    both: str
    about: str
    activity: str
    volunteering: str
    languages: str
    recommendations: str
    location: str
    also_viewed: str
    followers: str
    connections: str
    contact: str
    sign_in: str
    join: str
    join_to_view: str
    view_full: str
    view_experience: str
    see_more: str
    welcome: str
    tail: str
    dismiss: str
    mail: str
    password: str
    liked: str


WORDS = {
    "en": Words(
        locale="en_US",
        present="Present",
        months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        year=("year", "years"),
        month=("month", "months"),
        experience="Experience",
        education="Education",
        both="Experience & Education",
        about="About",
        activity="Activity",
        volunteering="Volunteer Experience",
        languages="Languages",
        recommendations="Recommendations received",
        location="Location",
        also_viewed="People also viewed",
        followers="followers",
        connections="connections",
        contact="Contact Info",
        sign_in="Sign in",
        join="Join now",
        join_to_view="Join to view profile",
        view_full="Sign in to view {first}’s full profile",
        view_experience="View {first}’s full experience",
        see_more="See their title, tenure and more.",
        welcome="Welcome back",
        tail="View {name}’s profile on the Replica, a pretended community of 64 members.",
        dismiss="Dismiss",
        mail="Email or phone",
        password="Password",
        liked="Liked by",
    ),
    "nl": Words(
        locale="nl_NL",
        present="heden",
        months=(
            "jan.",
            "feb.",
            "mrt.",
            "apr.",
            "mei",
            "jun.",
            "jul.",
            "aug.",
            "sep.",
            "okt.",
            "nov.",
            "dec.",
        ),
        year=("jaar", "jaar"),
        month=("maand", "maanden"),
        experience="Ervaring",
        education="Opleiding",
        both="Ervaring en opleiding",
        about="Info",
        activity="Activiteit",
        volunteering="Vrijwilligerservaring",
        languages="Talen",
        recommendations="Ontvangen aanbevelingen",
        location="Locatie",
        also_viewed="Anderen bekeken ook",
        followers="volgers",
        connections="connecties",
        contact="Contactgegevens",
        sign_in="Aanmelden",
        join="Lid worden",
        join_to_view="Word lid om het profiel te bekijken",
        view_full="Meld u aan om het volledige profiel van {first} te zien",
        view_experience="Bekijk de volledige ervaring van {first}",
        see_more="Zie functie, dienstjaren en meer.",
        welcome="Welkom terug",
        tail="Bekijk het profiel van {name} op de Replica, een verzonnen community van 64 leden.",
        dismiss="Sluiten",
        mail="E-mailadres of telefoon",
        password="Wachtwoord",
        liked="Interessant gevonden door",
    ),
    "fr": Words(
        locale="fr_FR",
        present="aujourd’hui",
        months=(
            "janv.",
            "févr.",
            "mars",
            "avr.",
            "mai",
            "juin",
            "juil.",
            "août",
            "sept.",
            "oct.",
            "nov.",
            "déc.",
        ),
        year=("an", "ans"),
        month=("mois", "mois"),
        experience="Expérience",
        education="Formation",
        both="Expérience et formation",
        about="À propos",
        activity="Activité",
        volunteering="Expériences de bénévolat",
        languages="Langues",
        recommendations="Recommandations reçues",
        location="Lieu",
        also_viewed="Autres profils consultés",
        followers="abonnés",
        connections="relations",
        contact="Coordonnées",
        sign_in="S’identifier",
        join="S’inscrire",
        join_to_view="S’inscrire pour voir le profil",
        view_full="Identifiez-vous pour voir le profil complet de {first}",
        view_experience="Voir toute l’expérience de {first}",
        see_more="Poste, ancienneté et plus encore.",
        welcome="Bon retour",
        tail="Consultez le profil de {name} sur la Replica, une communauté inventée de 64 membres.",
        dismiss="Fermer",
        mail="E-mail ou téléphone",
        password="Mot de passe",
        liked="Aimé par",
    ),
    "de": Words(
        locale="de_DE",
        present="Heute",
        months=(
            "Jan.",
            "Feb.",
            "März",
            "Apr.",
            "Mai",
            "Juni",
            "Juli",
            "Aug.",
            "Sept.",
            "Okt.",
            "Nov.",
            "Dez.",
        ),
        year=("Jahr", "Jahre"),
        month=("Monat", "Monate"),
        experience="Berufserfahrung",
        education="Ausbildung",
        both="Berufserfahrung und Ausbildung",
        about="Info",
        activity="Aktivitäten",
        volunteering="Ehrenamt",
        languages="Sprachen",
        recommendations="Erhaltene Empfehlungen",
        location="Standort",
        also_viewed="Auch angesehen",
        followers="Follower:innen",
        connections="Kontakte",
        contact="Kontaktinfo",
        sign_in="Einloggen",
        join="Beitreten",
        join_to_view="Beitreten und Profil ansehen",
        view_full="Loggen Sie sich ein, um das ganze Profil von {first} zu sehen",
        view_experience="Die ganze Berufserfahrung von {first} ansehen",
        see_more="Position, Dauer und mehr.",
        welcome="Willkommen zurück",
        tail="Sehen Sie sich das Profil von {name} auf der Replica an, einer erfundenen Gemeinschaft.",
        dismiss="Schließen",
        mail="E-Mail oder Telefon",
        password="Passwort",
        liked="Gefällt",
    ),
}

_WHO = ("The night shift", "A neighbour", "Our choir", "The small boat", "Every second bus", "The old bridge")
_DOES = ("carries", "counts", "borrows", "remembers", "measures", "repairs", "sketches")
_WHAT = ("the quiet hours", "a box of labels", "the last harvest", "two kinds of rain", "a borrowed map")
_HOW = ("before breakfast", "without a hurry", "in plain sight", "on a good day", "for the fourth time")


def sentence(random: Random) -> str:
    """A sentence that means nothing and names nobody."""
    words = (random.choice(words) for words in (_WHO, _DOES, _WHAT, _HOW))
    return " ".join(words) + "."


def prose(random: Random, sentences: int) -> str:
    """Several such sentences."""
    return " ".join(sentence(random) for _ in range(sentences))


def month_and_year(day: date, words: Words) -> str:
    """A month as the experience list shows it ("Sep 2020")."""
    return f"{words.months[day.month - 1]} {day.year}"


def length(started: date, ended: date, words: Words) -> str:
    """How long a role lasted ("2 years 3 months")."""
    months = max(1, (ended.year - started.year) * 12 + ended.month - started.month + 1)
    parts = [(months // 12, words.year), (months % 12, words.month)]
    return " ".join(f"{count} {word[count > 1]}" for count, word in parts if count)


def masked(text: str) -> str:
    """The text as a masked page shows it: asterisks that keep words and lengths."""
    return " ".join("*" * len(word) for word in text.split())

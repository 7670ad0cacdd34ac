"""Words of a query that say little: stop words of each language, and words that fit every offering alike."""

STOP_WORDS = {
    "fi": frozenset(
        "ja tai sekä että jos kun niin kuin ei en on ovat oli olla se ne tämä nämä joka jotka mikä mitä miten kuinka missä "
        "minä sinä hän me te he minun sinun oma omaan omia haluan haluaisin haluta tahdon etsin etsiä löytää voi voin "
        "voisin saada oppia opin opiskella opiskelen opetella tutustua liittyen liittyvä varten kanssa ilman mukaan "
        "vain myös vielä nyt hyvä uusi paljon vähän jotain jokin joku koskien parempi".split()
    ),
    "sv": frozenset(
        "och eller samt att om när så som inte är var vara det den de detta denna dessa vilka vilken vad hur jag du han hon "
        "vi ni min mitt mina din en ett ett vill skulle önskar söker hitta kan få lära lär mig sig studera läsa i på för med av till "
        "från hos utan inom bara också ännu nu ny bra mycket lite något någon bättre mer".split()
    ),
    "en": frozenset(
        "and or the a an of to in on for with from by at as if when so not is are was were be it its this that these those "
        "which what how i you he she we they my your want would like wish need looking find can get learn learning study "
        "studying about into without only also yet now new good much little some something better more do does".split()
    ),
}
"""Left out in the interface language only: `en` is a Swedish article and a Finnish negation."""

OF_EVERY_OFFERING = frozenset(
    "kurssi kurssit kurssia kurssin kursseja koulutus koulutusta koulutukset koulutuksia opinnot opintoja opinto osaamiskokonaisuus "
    "osaamiskokonaisuudet osaamiskokonaisuuksia pok mikrotutkinto mikrotutkintoja mikromeritti mikrosuoritus piensuoritus verkkokurssi "
    "kurs kurser kursen utbildning utbildningar studier mikromerit mikromeriter mikrokurs nätkurs "
    "course courses training trainings studies micro-credential micro-credentials microcredential microcredentials".split()
)
"""Asked of a catalogue of nothing else: they narrow nothing, whatever the language."""

MODES = {
    "online": frozenset("verkossa etänä etäopetus verkko-opetus online distans distansstudier nätet remotely".split()),
    "onsite": frozenset("lähiopetus lähiopetuksena paikan närundervisning onsite on-site".split()),
    "blended": frozenset("monimuoto monimuoto-opetus flerform flerformsstudier blended hybridi".split()),
}
"""A wish for a way of taking part: it moves offerings up, and leaves none out."""

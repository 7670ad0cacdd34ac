"""Words of a query that say little: stop words, words of wishing, and words that fit every offering alike."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP_WORDS = {
    "fi": _set(
        "ja tai sekä että jos kun niin kuin ei en on ovat oli olla se ne tämä nämä joka jotka jossa josta johon mikä mitä "
        "miten kuinka missä mistä mihin milloin miksi kuka minä sinä hän me te he minun sinun minua minulle minusta meidän "
        "oma oman omaa omaan omassa omia jonka jota jolla jolle jolta joiden joita joissa joista joihin joilla joille sen sitä "
        "siinä siitä siihen niiden niitä niissä niistä tämän tätä tässä tästä tähän tällä näiden näitä heidän kanssa ilman mukaan vain myös vielä nyt varten koskien"
    ),
    "sv": _set(
        "och eller samt att om när så som inte är var vara det den de detta denna dessa vilka vilken vilket vad hur varför "
        "vem jag du han hon vi ni man min mitt mina din ditt dina vår vårt våra sin sitt sina egen eget egna deras dess mig "
        "dig sig oss dem en ett i på för med av till från hos utan inom vid kring ut upp bara också ännu nu där här då"
    ),
    "en": _set(
        "and or the a an of to in on for with from by at as if when so not is are was were be been it its this that these "
        "those which what how who why where i me you he she we they them us my your our their his her own into without only "
        "also yet now about out up off over than then there here some any such"
    ),
}
"""Left out in the interface language only: `en` is a Swedish article and a Finnish negation."""

WISHES = {
    "fi": _set(
        "haluan haluaisin haluamme haluaisimme haluta tahdon tahtoisin etsin etsimme etsiä löytää löytyy löytyykö voi voin "
        "voinko voisin voisinko voiko saada saa saan saisin saako oppia opin oppisin opiskella opiskelen opiskelisin opetella "
        "opettelen tutustua liittyen liittyvä liittyvää liittyviä pitää pitäisi täytyy kannattaa kannattaako osata osaan "
        "osaisin tarvitsen tarvitsemme tarvitsisin tarvitaan tarvita apua apu auttaa kiinnostaa kiinnostaisi onko olisi "
        "olisiko tehdä tehdään teen tekee tekevät parantaa parempi paremmin hyvä hyvän hyviä hyvin uusi uuden uusia paljon "
        "vähän jotain jotakin jokin joku lisää aiheesta asiaa mieluiten helposti päästä ryhtyä tulla kiitos hei"
    ),
    "sv": _set(
        "vill skulle önskar söker söka hitta hittar kan kunna få lära lär studera studerar läsa behöver behöva borde måste "
        "ska gå går göra gör veta vet säger säga finns intresserad intresserar hjälp hjälpa hjälper förbättra ny nytt nya bra "
        "mycket lite mer något någon några bättre bäst själv gärna gällande angående tack hej"
    ),
    "en": _set(
        "want wants would like wish need needs looking look find finding can could should must will may might get getting "
        "learn learning study studying know knowing do does doing did make making take taking give giving have has had "
        "become becoming use using used help helping helps improve improving new good well better best much many more most "
        "little something anything things interested please"
    ),
}
"""How people ask, in the interface language, too: said of anything, they do not tell what."""

OF_EVERY_OFFERING = _set(
    "kurssi kurssit kurssia kurssin kursseja koulutus koulutusta koulutukset koulutuksia opinnot opintoja opinto "
    "osaamiskokonaisuus osaamiskokonaisuudet osaamiskokonaisuuksia pok mikrotutkinto mikrotutkintoja mikromeritti "
    "mikrosuoritus piensuoritus verkkokurssi kurs kurser kursen utbildning utbildningar studier mikromerit mikromeriter "
    "mikrokurs nätkurs course courses training trainings studies micro-credential micro-credentials microcredential "
    "microcredentials"
)
"""Asked of a catalogue of nothing else: they narrow nothing, whatever the language."""

MODES = {
    "online": _set("verkossa etänä etäopetus verkko-opetus online distans distansstudier nätet remotely"),
    "onsite": _set("lähiopetus lähiopetuksena paikan närundervisning onsite on-site"),
    "blended": _set("monimuoto monimuoto-opetus flerform flerformsstudier blended hybridi"),
}
"""A wish for a way of taking part: it moves offerings up, and leaves none out."""

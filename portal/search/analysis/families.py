"""Families of words that no rule of endings brings together: opettaa, opettaja, opetus; leda, ledare, ledarskap."""

from collections.abc import Mapping


def _by_word(families: str) -> Mapping[str, str]:
    """Families stand between semicolons; the first word of each is what all of them share."""
    return {word: family[0] for family in map(str.split, families.split(";")) for word in family}


FINNISH = _by_word("""
    opettaa opettaja opetus opettaminen; oppia oppija oppiminen oppi; johtaa johtaja johtaminen johtajuus;
    hoitaa hoitaja hoito hoitaminen; ohjata ohjaaja ohjaus ohjaaminen; myydä myyjä myynti myyminen;
    ostaa ostaja osto ostaminen; tutkia tutkija tutkimus tutkiminen; kirjoittaa kirjoittaja kirjoittaminen kirjoitus;
    lukea lukija lukeminen; laskea laskija laskenta laskeminen; rakentaa rakentaja rakentaminen rakennus;
    suunnitella suunnittelija suunnittelu suunnitteleminen suunnitelma; kehittää kehittäjä kehittäminen kehitys;
    viljellä viljelijä viljely viljeleminen; valmentaa valmentaja valmennus valmentaminen;
    kouluttaa kouluttaja koulutus kouluttaminen; viestiä viestijä viestintä viestiminen;
    tuottaa tuottaja tuotanto tuottaminen; siivota siivooja siivous siivoaminen; korjata korjaaja korjaus korjaaminen;
    asentaa asentaja asennus asentaminen; hitsata hitsaaja hitsaus hitsaaminen hitsari; kuvata kuvaaja kuvaus kuvaaminen;
    valokuvata valokuvaaja valokuvaus valokuvaaminen; tanssia tanssija tanssi tanssiminen; laulaa laulaja laulu laulaminen;
    soittaa soittaja soitto soittaminen; maalata maalari maalaus maalaaminen;
    piirtää piirtäjä piirtäminen piirros piirustus; neuvoa neuvoja neuvonta neuvominen;
    neuvotella neuvottelija neuvottelu neuvotteleminen; avustaa avustaja avustaminen; tulkata tulkki tulkkaus tulkkaaminen;
    kääntää kääntäjä kääntäminen käännös; mitata mittaaja mittaus mittaaminen;
    analysoida analyysi analysointi analyytikko analytiikka; hallita hallinta hallitseminen;
    kuntouttaa kuntoutus kuntouttaminen; metsästää metsästäjä metsästys metsästäminen;
    kalastaa kalastaja kalastus kalastaminen; leipoa leipuri leivonta leipominen; kokata kokki kokkaus kokkaaminen;
    ommella ompelija ompelu ompeleminen; neuloa neuloja neulonta neulominen neule; kutoa kutoja kudonta kutominen;
    virkata virkkaus virkkaaminen; nikkaroida nikkarointi nikkari; uida uimari uinti uiminen;
    juosta juoksija juoksu juokseminen; hiihtää hiihtäjä hiihto hiihtäminen; lentää lentäjä lento lentäminen;
    ratsastaa ratsastaja ratsastus ratsastaminen; purjehtia purjehtija purjehdus purjehtiminen;
    matkailla matkailija matkailu; kasvattaa kasvattaja kasvatus kasvattaminen;
    tarkastaa tarkastaja tarkastus tarkastaminen; valvoa valvoja valvonta valvominen;
    turva turvata turvallinen turvallisuus; kestävä kestävyys; saavutettava saavutettavuus; esteetön esteettömyys;
    osallinen osallisuus osallistaa osallistaminen; vaikuttaa vaikuttaja vaikuttaminen; esiintyä esiintyjä esiintyminen;
    puhua puhuja puhuminen puhe; kuunnella kuuntelija kuuntelu kuunteleminen;
    keskustella keskustelija keskustelu keskusteleminen; kohdata kohtaaminen; päättää päättäjä päättäminen päätös;
    hankkia hankinta hankkiminen; sijoittaa sijoittaja sijoitus sijoittaminen; verottaa vero verotus verottaja;
    vakuuttaa vakuutus; budjetti budjetoida budjetointi; ennustaa ennuste ennustaminen;
    fasilitoida fasilitaattori fasilitointi; digitalisoida digitalisaatio digitalisointi digitalisoituminen;
    automaatio automatisoida automatisointi automaattinen automatisaatio; robotti robotiikka robotisaatio;
    mallintaa mallinnus mallintaminen; testata testaaja testaus testaaminen; koodata koodaaja koodaus koodaaminen koodari;
    pelata pelaaja pelaaminen peli; muotoilla muotoilija muotoilu; lämmittää lämmitys lämmittäminen; jäähdyttää jäähdytys;
    kierrättää kierrätys kierrättäminen; säästää säästö säästäminen; lajitella lajittelu lajitteleminen;
    pakata pakkaaja pakkaus pakkaaminen; varasto varastoida varastointi; kuljettaa kuljettaja kuljetus kuljettaminen;
    huoltaa huolto huoltaminen; ajaa ajo ajaminen; puhdas puhtaus puhdistaa puhdistus; sairas sairaus sairastaa;
    terve terveys terveellinen; vanha vanhus vanhuus; ikääntyä ikääntyminen ikääntynyt iäkäs ikäihminen;
    nuori nuoriso nuoruus; lapsi lapsuus; stressi stressata stressaantua; palautua palautuminen; surra suru sureminen;
    ajatella ajattelu ajatteleminen; luova luovuus; vapaaehtoinen vapaaehtoisuus; yhteisö yhteisöllinen yhteisöllisyys;
    lääke lääkitä lääkitys lääkintä; ravinto ravita ravitsemus; liikkua liikunta liikkuminen;
    harjoitella harjoitus harjoittelu harjoitteleminen; opiskella opiskelija opiskelu opiskeleminen;
    mentori mentorointi mentoroida; tutor tutorointi tutoroida tutori; perehdyttää perehdyttäjä perehdytys perehdyttäminen;
    rekrytoida rekrytointi rekrytoija; delegoida delegointi; raportti raportoida raportointi;
    dokumentti dokumentoida dokumentointi dokumentaatio; tiedottaa tiedottaja tiedottaminen tiedotus tiedote;
    julkaista julkaisu julkaiseminen; äänestää äänestäjä äänestys äänestäminen; juridiikka juridinen juristi;
    psykologia psykologi psykologinen; sosiologia sosiologi sosiologinen; filosofia filosofi filosofinen;
    teologia teologi teologinen; biologia biologi biologinen; ekologia ekologinen ekologi; teknologia teknologinen;
    historia historiallinen historioitsija; matematiikka matemaattinen matemaatikko; fysiikka fysikaalinen fyysikko;
    kemia kemiallinen kemisti; politiikka poliittinen poliitikko; ergonomia ergonominen;
    motivaatio motivoida motivointi motivoituminen; pelastaa pelastaja pelastus pelastaminen; vartioida vartija vartiointi;
    ensiapu ensiauttaja; tarjoilla tarjoilija tarjoilu; verkostoitua verkosto verkostoituminen;
    sovitella sovittelija sovittelu; säveltää säveltäjä sävellys säveltäminen; editoida editointi leikkaus;
    äänittää äänitys äänittäminen; haastatella haastattelija haastattelu haastatteleminen; kysely kysyä kysymys;
    suojella suojelu suojeleminen; kartoittaa kartoittaja kartoitus kartoittaminen; laatu laadukas
""")

SWEDISH = _by_word("""
    leda ledare ledarskap ledning; lära lärare lärande inlärning; undervisa undervisning; utbilda utbildare utbildning;
    handleda handledare handledning; vårda vård vårdare; sälja säljare försäljning; köpa köpare köp;
    forska forskare forskning; skriva skrivande skrivning skribent; läsa läsare läsning;
    räkna räkning uträkning beräkna beräkning; bygga byggare byggande byggnad; planera planering planerare plan;
    utveckla utveckling utvecklare; odla odling odlare; träna tränare träning; kommunicera kommunikation kommunikatör;
    städa städning städare; reparera reparation reparatör; installera installation installatör; svetsa svetsning svetsare;
    fotografera fotograf fotografering fotografi foto; filma film filmning; dansa dans dansare; sjunga sång sångare;
    spela spel spelare; måla målning målare måleri; teckna teckning tecknare; förhandla förhandling förhandlare;
    tolka tolk tolkning; översätta översättning översättare; bedöma bedömning; mäta mätning mätare;
    analys analysera analytiker analytik; hantera hantering; styra styrning; rehabilitera rehabilitering; jaga jakt jägare;
    fiska fiske fiskare; baka bakning bagare bageri; sy sömnad sömmerska; sticka stickning; virka virkning;
    väva vävning väv vävare; simma simning simmare; springa löpning löpare; åka körning köra förare;
    företag företagare företagande företagsamhet; fostra fostran fostrare; granska granskning granskare;
    övervaka övervakning; säker säkerhet; trygg trygghet; hållbar hållbarhet; tillgänglig tillgänglighet;
    delaktig delaktighet; påverka påverkan påverkare; tala tal talare; lyssna lyssnande lyssnare; samtala samtal;
    möta möte; bemöta bemötande; besluta beslut beslutsfattande; upphandla upphandling; investera investering investerare;
    skatt beskatta beskattning; försäkra försäkring; budget budgetera budgetering; facilitera facilitering facilitator;
    digital digitalisera digitalisering; automation automatisera automatisering automatisk; robot robotik;
    visualisera visualisering; modell modellera modellering; test testa testning testare; koda kodning kod kodare;
    programmera programmering programmerare; formge formgivning formgivare; värme värma uppvärmning; kyla nedkylning;
    återvinna återvinning; spara sparande besparing; sortera sortering; lager lagra lagring;
    transport transportera transportör; underhålla underhåll; sjuk sjukdom; hälsa hälsosam; ung ungdom ungdomlig;
    barn barndom; åldras åldrande ålderdom; stress stressa stressad; återhämta återhämtning; sorg sörja; tänka tänkande;
    kreativ kreativitet; frivillig frivillighet; medicin medicinera medicinering; studera studerande student;
    mentor mentorskap; introducera introduktion; rekrytera rekrytering rekryterare; delegera delegering;
    rapport rapportera rapportering; dokument dokumentera dokumentation dokumentering; informera information informatör;
    publicera publicering publikation; rösta röstning; juridik jurist juridisk; psykologi psykolog psykologisk;
    sociologi sociolog sociologisk; filosofi filosof filosofisk; teologi teolog teologisk; biologi biolog biologisk;
    ekologi ekolog ekologisk; teknologi teknologisk; teknik teknisk tekniker; historia historisk historiker;
    matematik matematisk matematiker; fysik fysikalisk fysiker; kemi kemisk kemist; politik politisk politiker;
    ekonomi ekonomisk ekonom; hjälpa hjälp hjälpare; stöda stödja stöd; coacha coach coachning coaching;
    marknadsföra marknadsföring marknadsförare; bokföra bokföring bokförare; redovisa redovisning;
    snickra snickare snickeri snickring; mura murare murning; segla segling seglare; flyga flygning flygare;
    rida ridning ryttare; arbeta arbete arbetare; konstruera konstruktion konstruktör; producera produktion producent;
    administrera administration administratör; arkiv arkivera arkivering arkivarie; rädda räddning räddare;
    bevaka bevakning; servera servering servitör; medla medling medlare; komponera komposition kompositör;
    redigera redigering redaktör; intervjua intervju intervjuare; fråga frågor; skydda skydd; nätverk nätverka nätverkande;
    tillverka tillverkning tillverkare; hygien hygienisk; motivera motivation motivering
""")

ENGLISH = _by_word("""
    teach teacher teaching; lead leader leadership leading; manage manager management managerial; learn learner learning;
    nurse nursing; write writer writing; read reader reading; speak speaker speaking speech;
    sell seller selling sale sales; build builder building; farm farmer farming; bake baker baking bakery;
    cook cooking cookery; clean cleaner cleaning cleanliness; paint painter painting; draw drawing; sing singer singing;
    dance dancer dancing; swim swimmer swimming; sail sailor sailing; fish fishing fisher fishery; hunt hunter hunting;
    weld welder welding; drive driver driving; train trainer training; counsel counsellor counselling counselor counseling;
    supervise supervisor supervision supervisory; mentor mentoring mentorship;
    entrepreneur entrepreneurship entrepreneurial; research researcher;
    analyse analyze analysis analyst analytics analytical analyzing analysing; programming programmer program;
    photograph photographer photography photo; translate translator translation;
    interpret interpreter interpreting interpretation; negotiate negotiation negotiator;
    communicate communication communicator; marketing marketer; accounting accountant accountancy; bookkeeping bookkeeper;
    audit auditing auditor; engineer engineering; law lawyer; psychology psychologist psychological;
    sociology sociologist sociological; philosophy philosopher philosophical; theology theologian theological;
    biology biologist biological; ecology ecologist ecological; chemistry chemist chemical; physics physicist;
    mathematics mathematician mathematical maths math; history historian historical; politics political politician;
    economy economic economics economist; therapy therapist therapeutic; diet dietitian dietetics dietary dietician;
    nutrition nutritional nutritionist; medicine medical; pharmacy pharmacist pharmaceutical;
    sustain sustainable sustainability; accessible accessibility; safe safety; secure security;
    digital digitalisation digitalization digitise digitize; automation automate automatic automated;
    robot robotics robotic; code coding coder; test tester testing; develop developer development;
    design designer designing; journalism journalist; library librarian; garden gardener gardening;
    forest forestry forester; volunteer volunteering voluntary; care carer caring caregiver; health healthy; old elderly;
    young youth; child childhood; plan planner planning; advise adviser advisor advice advisory;
    recruit recruiter recruitment; employ employer employment employee; invest investor investment; insure insurance;
    procure procurement purchasing; logistics logistician; install installer installation installing; maintain maintenance;
    repair repairer repairing; inspect inspector inspection; measure measurement measuring; calculate calculation;
    evaluate evaluation evaluator; assess assessment assessor; facilitate facilitator facilitation;
    motivate motivation motivational; create creative creativity; think thinking thinker; improvise improvisation;
    perform performer performance; compose composer composition; produce producer production; edit editor editing;
    publish publisher publishing publication; record recording; interview interviewing interviewer;
    mediate mediation mediator; rehabilitate rehabilitation rehabilitative; rescue rescuer; guard guarding;
    protect protection; brew brewer brewing brewery; knit knitting; weave weaving weaver; sew sewing; embroider embroidery;
    ride riding rider; fly flying flight; grow growing grower; operate operator operation;
    administer administration administrator administrative; govern governance government;
    statistics statistical statistician
""")

FAMILIES = {"fi": frozenset(FINNISH.values()), "sv": frozenset(SWEDISH.values()), "en": frozenset(ENGLISH.values())}
"""What the families share, by language."""

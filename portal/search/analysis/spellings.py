"""British and American spellings of English words as one."""

import re


def _pairs(words: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in words.split())


_AMERICAN = _pairs("""
    colour:color labour:labor behaviour:behavior neighbour:neighbor neighbourhood:neighborhood favour:favor honour:honor
    flavour:flavor harbour:harbor humour:humor armour:armor odour:odor endeavour:endeavor tumour:tumor rumour:rumor
    behavioural:behavioral centre:center theatre:theater metre:meter litre:liter fibre:fiber kilometre:kilometer
    programme:program licence:license defence:defense offence:offense practise:practice catalogue:catalog grey:gray
    ageing:aging jewellery:jewelry counselling:counseling counsellor:counselor modelling:modeling labelling:labeling
    travelling:traveling traveller:traveler aluminium:aluminum paediatric:pediatric paediatrics:pediatrics
    anaesthesia:anesthesia anaesthetic:anesthetic gynaecology:gynecology orthopaedic:orthopedic haematology:hematology
    archaeology:archeology anaemia:anemia leukaemia:leukemia diarrhoea:diarrhea oestrogen:estrogen foetus:fetus
    mould:mold plough:plow ploughing:plowing skilful:skillful enrolment:enrollment fulfil:fulfill judgement:judgment
    woollen:woolen aeroplane:airplane cosy:cozy analyse:analyze catalyse:catalyze
    cancelling:canceling fuelling:fueling levelling:leveling signalling:signaling yoghurt:yogurt whisky:whiskey
    tyre:tire kerb:curb cheque:check pyjamas:pajamas sulphur:sulfur artefact:artifact draught:draft
""")
_ISE = re.compile(r"(?<=[a-z]{3})is(e|er|ing|ation|ational)$")
_NOT_ISE = re.compile(
    r"(?:exerc|enterpr|expert|adv|superv|prom|prec|prem|pract|franch|merchand|comprom|rev|improv|surpr|disgu|dev|desp|dem"
    r"|conc|no|ra|pra|cru|bru|tort|parad|treat|appra|chast|exc|circumc|inc|comb|tele?v|prov|re?pr|telev|advert|cerem)is"
)


def one_spelling(word: str) -> str:
    """`organisation` → `organization`, `labour` → `labor`."""
    if word in _AMERICAN:
        return _AMERICAN[word]
    return word if _NOT_ISE.match(word) else _ISE.sub(r"iz\1", word)

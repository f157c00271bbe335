"""Provinces, territories and states (ISO 3166-2): their names in English and French, and how people write them."""

from functools import cache

from directory.words import fold

# code: English name, French name, other ways to write it (besides the two letters of the code).
_TABLE = {
    "CA-AB": ("Alberta", "Alberta", "alta"),
    "CA-BC": ("British Columbia", "Colombie-Britannique", "cb"),
    "CA-MB": ("Manitoba", "Manitoba", "man"),
    "CA-NB": ("New Brunswick", "Nouveau-Brunswick", ""),
    "CA-NL": (
        "Newfoundland and Labrador",
        "Terre-Neuve-et-Labrador",
        "nfld|nf|tnl|newfoundland|newfoundland labrador|terre-neuve|labrador",
    ),
    "CA-NS": ("Nova Scotia", "Nouvelle-Écosse", "ne"),
    "CA-NT": (
        "Northwest Territories",
        "Territoires du Nord-Ouest",
        "nwt|tno|northwest territory|territoires nord-ouest",
    ),
    "CA-NU": ("Nunavut", "Nunavut", "nunavut territory|territoire du nunavut"),
    "CA-ON": ("Ontario", "Ontario", "ont"),
    "CA-PE": ("Prince Edward Island", "Île-du-Prince-Édouard", "pei|ipe"),
    "CA-QC": ("Quebec", "Québec", "que|pq|province of quebec|province de quebec"),
    "CA-SK": ("Saskatchewan", "Saskatchewan", "sask"),
    "CA-YT": ("Yukon", "Yukon", "yk|yukon territory|territoire du yukon"),
    "US-AK": ("Alaska", "Alaska", ""),
    "US-AL": ("Alabama", "Alabama", "ala"),
    "US-AR": ("Arkansas", "Arkansas", "ark"),
    "US-AS": ("American Samoa", "Samoa américaines", ""),
    "US-AZ": ("Arizona", "Arizona", "ariz"),
    "US-CA": ("California", "Californie", "calif"),
    "US-CO": ("Colorado", "Colorado", "colo"),
    "US-CT": ("Connecticut", "Connecticut", "conn"),
    "US-DC": ("District of Columbia", "District de Columbia", "district de colombie"),
    "US-DE": ("Delaware", "Delaware", "del"),
    "US-FL": ("Florida", "Floride", "fla"),
    "US-GA": ("Georgia", "Géorgie", ""),
    "US-GU": ("Guam", "Guam", ""),
    "US-HI": ("Hawaii", "Hawaï", ""),
    "US-IA": ("Iowa", "Iowa", ""),
    "US-ID": ("Idaho", "Idaho", ""),
    "US-IL": ("Illinois", "Illinois", "ill"),
    "US-IN": ("Indiana", "Indiana", "ind"),
    "US-KS": ("Kansas", "Kansas", "kan|kans"),
    "US-KY": ("Kentucky", "Kentucky", ""),
    "US-LA": ("Louisiana", "Louisiane", ""),
    "US-MA": ("Massachusetts", "Massachusetts", "mass"),
    "US-MD": ("Maryland", "Maryland", ""),
    "US-ME": ("Maine", "Maine", ""),
    "US-MI": ("Michigan", "Michigan", "mich"),
    "US-MN": ("Minnesota", "Minnesota", "minn"),
    "US-MO": ("Missouri", "Missouri", ""),
    "US-MP": ("Northern Mariana Islands", "Îles Mariannes du Nord", ""),
    "US-MS": ("Mississippi", "Mississippi", "miss"),
    "US-MT": ("Montana", "Montana", ""),
    "US-NC": ("North Carolina", "Caroline du Nord", "n carolina"),
    "US-ND": ("North Dakota", "Dakota du Nord", "n dakota|n dak"),
    "US-NE": ("Nebraska", "Nebraska", "neb|nebr"),
    "US-NH": ("New Hampshire", "New Hampshire", ""),
    "US-NJ": ("New Jersey", "New Jersey", ""),
    "US-NM": ("New Mexico", "Nouveau-Mexique", "n mex"),
    "US-NV": ("Nevada", "Nevada", "nev"),
    "US-NY": ("New York", "New York", "new york state|état de new york"),
    "US-OH": ("Ohio", "Ohio", ""),
    "US-OK": ("Oklahoma", "Oklahoma", "okla"),
    "US-OR": ("Oregon", "Oregon", "ore"),
    "US-PA": ("Pennsylvania", "Pennsylvanie", "penn|penna"),
    "US-PR": ("Puerto Rico", "Porto Rico", ""),
    "US-RI": ("Rhode Island", "Rhode Island", ""),
    "US-SC": ("South Carolina", "Caroline du Sud", "s carolina"),
    "US-SD": ("South Dakota", "Dakota du Sud", "s dakota|s dak"),
    "US-TN": ("Tennessee", "Tennessee", "tenn"),
    "US-TX": ("Texas", "Texas", "tex"),
    "US-UT": ("Utah", "Utah", ""),
    "US-VA": ("Virginia", "Virginie", ""),
    "US-VI": ("U.S. Virgin Islands", "Îles Vierges américaines", "virgin islands"),
    "US-VT": ("Vermont", "Vermont", ""),
    "US-WA": ("Washington", "Washington", "washington state|état de washington"),
    "US-WI": ("Wisconsin", "Wisconsin", "wis|wisc"),
    "US-WV": ("West Virginia", "Virginie-Occidentale", "w virginia|w va"),
    "US-WY": ("Wyoming", "Wyoming", "wyo"),
}
REGIONS = frozenset(_TABLE)
PROVINCES = frozenset(code for code in _TABLE if code.startswith("CA-"))
STATES = REGIONS - PROVINCES
COUNTRIES = {
    **dict.fromkeys(("canada",), PROVINCES),
    **dict.fromkeys(
        ("us", "usa", "unitedstates", "unitedstatesofamerica", "etatsunis", "etatsunisdamerique", "eu", "eua"), STATES
    ),
}


def region_name(code: str, language: str) -> str:
    """What a region is called: "Quebec" in English, "Québec" in French."""
    return _TABLE[code][language == "fr"]


@cache
def regions_by_spelling() -> dict[str, tuple[str, ...]]:
    """Folded and joined spelling → the regions it may mean, the likelier first: {"ne": ("US-NE", "CA-NS")}."""
    found: dict[str, tuple[str, ...]] = {}
    for code, (english, french, others) in _TABLE.items():
        for spelling in (code[3:], english, french, *others.split("|")):
            key = fold(spelling.replace("'", "")).replace(" ", "")
            if key and code not in found.get(key, ()):
                found[key] = (code, *found.get(key, ())) if key == code[3:].lower() else (*found.get(key, ()), code)
    return found


def regions_beginning(prefix: str) -> frozenset[str]:
    """The regions one of whose spellings begins with a folded and joined prefix; all of them for an empty one."""
    return frozenset(c for key, codes in regions_by_spelling().items() if key.startswith(prefix) for c in codes)

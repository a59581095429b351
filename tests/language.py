"""What is said on pages and in files, sentence by sentence: who is who, and how it reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

# --- blocks and sentences -------------------------------------------------------------------------

_SILENT = frozenset({"script", "style", "svg", "template", "nav", "title"})
_BLOCKS = frozenset(
    {"dd", "dt", "figcaption", "h1", "h2", "h3", "h4", "li", "p", "pre", "summary", "td", "th"}
)
_VOID = frozenset({"base", "br", "hr", "img", "input", "link", "meta", "source", "wbr"})
# What is not the page's own text: where you are, what changes the page, what a heading links to.
_NOT_TEXT = frozenset({
    "hb-back", "hb-contents", "hb-crumb", "hb-foot", "hb-journey", "hb-print", "headerlink",
    "md-content__button",
})  # fmt: skip


@dataclass(frozen=True)
class Block:
    """One paragraph, list item, cell or heading of an article.

    Attributes:
        tag: of the element.
        text: what it says.
        under: what stands over it: the column's heading of a cell, the term of a definition; else "".
        row: what stands before a cell: the first cell of its row; else "".
    """

    tag: str
    text: str
    under: str = ""
    row: str = ""

    @property
    def sentences(self) -> list[str]:
        """What it says, cut at full stops; a line of its own counts as one, such as those of a message."""
        lines = self.text.split("\n") if self.tag == "pre" else [self.text]
        cut = [one for line in lines for one in re.split(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“(]?[A-Z0-9])", line)]
        cut = [one.strip() for one in cut if re.search(r"\w", one)]
        return [f"{self.row}: {one}" for one in cut] if self.row else cut


class _Blocks(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Block] = []
        self._open: list[tuple[str, str]] = []
        self._texts: list[tuple[str, list[str]]] = []
        self._columns: list[str] = []
        self._column = 0
        self._row = ""
        self._term = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "span"):
            self._apart()
        if tag in _VOID:
            return
        self._open.append((tag, dict(attrs).get("class") or ""))
        if tag == "tr":
            self._column, self._row = 0, ""
        if tag == "thead":
            self._columns = []
        if tag in _BLOCKS or tag in ("ul", "ol"):
            self._end()  # a list in a list item, a paragraph in a cell: what came before is a block
        if tag in _BLOCKS:
            self._texts.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self._apart()
        if tag in _BLOCKS and self._texts:
            self._end()
            self._texts.pop()
        if tag in ("td", "th"):
            self._column += 1
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = {tag for tag, _ in self._open}
        styles = {style for _, styles in self._open for style in styles.split()}
        if self._texts and "article" in inside and not inside & _SILENT and not styles & _NOT_TEXT:
            self._texts[-1][1].append(data)

    def _apart(self) -> None:
        """Keep labels and lines apart from the words beside them, as they are on the page."""
        if self._texts:
            self._texts[-1][1].append(" ")

    def _end(self) -> None:
        """Keep what the innermost open block has said so far."""
        if not self._texts:
            return
        tag, parts = self._texts[-1]
        text = "".join(parts).strip()
        text = text if tag == "pre" else re.sub(r" (?=[.,;:!?)])", "", " ".join(text.split()))
        parts.clear()
        if tag == "th":
            self._columns.append(text)
        if tag == "dt":
            self._term = text
        if text:
            self.found.append(Block(tag, text, self._over(tag), self._row if tag == "td" else ""))
        if tag == "td" and self._column == 0:
            self._row = text

    def _over(self, tag: str) -> str:
        if tag == "td":
            return self._columns[self._column] if self._column < len(self._columns) else ""
        return self._term if tag == "dd" else ""


def blocks(html: str) -> list[Block]:
    """Give the blocks of a page's article in their order."""
    return _Blocks(html).found


def words(text: str) -> int:
    """Count the words as a reader does: “don't” and “five-minute” are one each."""
    return len(re.findall(r"\w[\w'’.:/-]*", text))


def average(sentences: list[str]) -> float:
    """Give the words of a sentence, on average."""
    return sum(map(words, sentences)) / max(len(sentences), 1)


# --- who is who -----------------------------------------------------------------------------------

_PEOPLE = (
    "(?:colleague|employee|staff|people|person|manager|partner|worker|professional|member|team member)s?"
)
# The words that patterns are made of: a name in capitals stands for one of these.
_WORDS = {
    "SENIOR": r"(?:(?:most |more |very )?(?:senior|older|higher-ranking|high-ranking|seasoned|experienced) "
    rf"(?:leaders?|executives?|officers?|figures?|{_PEOPLE})|(?:managing |executive )?directors?|executives?"
    r"|the (?:more )?senior(?: one| of you| of the two)?|leaders?|boss(?:es)?|ceos?"
    r"|chief [a-z ]{2,20}officers?|vice presidents?|board members?|heads? of (?!the)[a-z]+|department heads?"
    r"|(?:general|top) managers?|people at the top|colleagues? with (?:more experience|a higher post))",
    "JUNIOR": r"(?:(?:most |more |very )?(?:junior|younger|young|early-career|newer|less experienced) "
    rf"(?:analysts?|engineers?|nurses?|{_PEOPLE})|the (?:more )?junior(?: one| of you| of the two)?"
    r"|new(?:er)? (?:starter|joiner|hire|recruit)s?|newcomers?|apprentices?|graduates?|trainees?|interns?"
    r"|beginners?|\d\d-year-olds?|juniors|(?:colleagues?|people|staff) (?:early in (?:their|a) career"
    r"|with less experience))",
    # Not a mentor's trust, and not the circle of mentors.
    "MENTOR": r"mentors?(?!['\w-]| circle)",
    "MENTEE": r"mentees?(?!['\w-])",
    "THE": r"(?:the|your|our|my|his|her|their)",
    # An article, and up to two words that say nobody else: “our two keen mentors”.
    "A": r"(?:(?:an?|the|your|our|my|his|her|their|its|one|two|each|every|some|many|most|any|another|both) )?"
    r"(?:(?!not |never |no |than |for |from |with |to |of |and |or |by |in |on |at |who |that |whose |whom "
    r"|as |mentor|mentee|senior |junior |less |is |are |now )[\w-]+ ){0,2}?",
    "BE": r"(?:is|are|am|was|were|be|been|becomes?|became|remains?|stays?|makes?|means|plays?"
    r"|(?:acts?|serves?|works?|signs? up|joins?|comes?|takes? part|starts?|is known|are known) as"
    r"|(?:is|are|be|gets?|was|were) (?:called|named|made|asked to be|(?:invited|chosen|picked|matched) as))",
    # What may stand between somebody and what they are or do.
    "MAY": r"(?:,? ?\b(?:who|that|which|will|would|can|could|may|might|should|must|to|do|does|has|have|had|is"
    r"|are|be|been|was|were|being|gets?|wants?|likes?|agrees?|willing|able|ready|started|begins?|and|also"
    r"|usually|often|always|normally|typically|mostly|then|here|now|there|all|both|therefore|personally"
    r"|asked|invited|patiently|kindly|quietly|regularly|each|every|once|a|week|month)\b)*,? ",
    "TEACH": r"(?:teach(?:es|ing)?|taught|mentor(?:s|ed|ing)?|coach(?:es|ed|ing)?|tutor(?:s|ed|ing)?"
    r"|train(?:s|ed|ing)?|instruct(?:s|ed|ing)?|guid(?:es?|ed|ing)|advis(?:es?|ed|ing))",
    "TAUGHT": r"(?:taught|mentored|coached|tutored|trained|instructed|guided|advised)",
    "LEARN": r"learn(?:s|ed|t|ing)?",
    # Up to four words of what is taught.
    "WHAT": r"(?:(?!mentor|mentee|senior|junior|and|from)[\w'-]+ ){0,4}?",
    "END": r"(?=[,.;:!?)\"]| and\b| while\b| but\b|$)",
    # Some words of one clause that speak of nobody else, and that neither ask nor tell.
    "ON": r"(?:(?!mentor|mentee|senior|junior|leader|director|\b(?:that|whether|when|because|while|why|how"
    r"|where|whom|not|never|say|says|asks?|tells?|knows?)\b)[^.;:!?]){0,60}?",
}
# To be read twice: WRONG is senior where ROLE is mentor, and junior where ROLE is mentee.
_NAMED_WRONGLY = {
    "is the": r"WRONGMAYBE (?:then |also |often |usually |therefore )?AROLE",
    "is the, of the role": r"ROLE(?: and \w+)?MAYBE (?:usually |often |always |normally )?AWRONG",
    "is the, further on": r"WRONG\bON\b(?:you|he|she|they|i|we)MAYBE AROLE",
    "who is somewhere": r"WRONG (?:at|in|from|of|with) [\w' ]{3,30}?MAYBE AROLE",
    "as": r"WRONG WHATas (?:THE |an? )?(?:\w+ )?ROLEEND",
    "as, turned": r"as (?:THE |an? )?ROLE,? (?:\w+ ){0,3}?(?:invite|want|choose|pick|need|look for|seek|ask)"
    r" AWRONG",
    "from among": r"ROLE (?:come|are drawn|are chosen|are picked|are recruited) from"
    r" (?:among |the ranks of )?AWRONG",
    "a role for": r"role of (?:an? |the )?ROLE (?:is for|goes to|belongs to|falls to) AWRONG",
    "put beside": r"ROLE, (?:an?|THE|usually|often|normally|mostly|all) AWRONGEND(?! (?:and|or)\b)",
    "put beside, without a verb": r"the ROLE (?:an?|THE) WRONGEND",
    "put beside, who": r"ROLE,? (?:usually |often )?AWRONG,? (?:who|that|with)\b",
    "as a label": r"ROLE(?: is| are)? ?(?:\(|=|[:–—-] ) ?AWRONG",
    "as a label, turned": r"WRONG ?(?:\(|=|[–—-] ) ?AROLE",
    "both at once": r"(?:he|she|who|i|you) (?:is|am|are) AWRONG and THE ROLEEND",
    "all of them": r"ROLE,? (?:all of (?:them|whom)|most of (?:them|whom)|all)(?: are)? AWRONG",
    "as, put behind": r"WRONG, as (?:THE |an? )?ROLE,",
    "as a door": r"ROLE i am AWRONG",
    "put behind": r"WRONG,? THE ROLE(?:[,.;)]|$| who| which)",
}
_WRONG = {
    "a senior mentor": r"(?<!less )(?:senior|executive|experienced|seasoned|older|high-ranking|higher-ranking"
    r"|director|leader|ceo)[ -]MENTOR",
    "a mentor-director": r"mentor[- ](?:director|leader|executive)s?\b",
    "a junior mentee": r"(?<!less )(?:junior|younger|young|early-career|inexperienced|graduate|apprentice"
    r"|trainee)[ -]MENTEE",
    "the mentor is senior": r"MENTOR,?MAYBE (?:\w+ )?(?:more |much |very )?senior\b",
    "the mentee is junior": r"MENTEE,?MAYBE (?:\w+ )?(?:more |much |very )?junior\b",
    "the mentor has rank": r"MENTOR(?:,? who)?(?: still| usually)? (?:holds?|ha(?:s|ve))"
    r" (?:(?:an?|the) )?(?:more |most )?(?:senior|higher) (?:post|grade|rank|position)s?\b",
    "the mentee has none": r"MENTEE(?:,? who)?(?: still| usually)? (?:holds?|ha(?:s|ve))"
    r" (?:(?:an?|the) )?(?:more |most )?(?:junior|lower) (?:post|grade|rank|position)s?\b",
    "ranks compared": r"(?:MENTORMAY(?:the )?more|MENTEEMAY(?:the )?less) (?:experience|seniority) than"
    r"|MENTORMAYBE (?:someone|somebody|people) (?:from|in|on) (?:the )?"
    r"(?:executive|leadership|management|board)",
    "the mentor has power": r"MENTOR(?: still)? (?:has|have|keeps?|holds?) (?:the )?"
    r"(?:more|a senior person's) power\b",
    "a senior's mentee": r"SENIOR(?:'s|') (?:new |own |first |former )?MENTEE|MENTEE (?:of|to) ASENIOR",
    "a junior's mentor": r"JUNIOR(?:'s|') (?:new |own |first |former )?MENTOR|MENTOR (?:of|for) AJUNIOR"
    r"|MENTOR to (?:THE |an? )?JUNIOR",
    "seniors teach": r"SENIORMAYTEACH A(?:JUNIOR|MENTEE)",
    "mentors teach juniors": r"MENTORMAYTEACH AJUNIOR",
    "taught by seniors": r"(?:JUNIOR|MENTEE)MAYTAUGHT WHATby ASENIOR",
    "juniors taught by mentors": r"JUNIORMAYTAUGHT WHATby AMENTOR",
    "seniors pass on": r"SENIORMAYpass(?:es)? on [\w' ]{0,30}?to AJUNIOR",
    "seniors who teach": r"SENIORMAY(?:teach(?:es)?|coach(?:es)?|mentors?)END",
    "seniors, and they teach": r"SENIOR,? and (?:i|you|we|they) (?:teach|mentor|coach)\b",
    "juniors who learn": r"JUNIORMAYlearns?END|JUNIOR,? and (?:i|you|we|they) learn\b",
    "learning from seniors": r"(?:JUNIOR|MENTEE)MAYLEARN WHATfrom ASENIOR",
    "juniors learn from mentors": r"JUNIORMAYLEARN WHATfrom AMENTOR",
    "the one who": r"(?:SENIOR|MENTEE)MAYBE the ones? who (?:teach|coach|lead|mentor)"
    r"|(?:JUNIOR|MENTOR)MAYBE the ones? who learn",
    "mentees teach": r"MENTEEMAY(?:(?:teach(?:es|ing)?|coach(?:es|ing)?)END"
    r"|TEACH (?!by\b)A(?:MENTOR|SENIOR))",
    "your mentee teaches": r"your MENTEEMAY(?:teach(?:es)?|coach(?:es)?)\b"
    r"|(?<!who )\b(?:teach|coach) your MENTOR",
    "mentors taught": r"MENTORMAYTAUGHT WHATby A(?:MENTEE|SENIOR)",
    "mentors learn": r"MENTOR,? (?:who |and )?learns?END|MENTORMAYLEARN WHATfrom A(?:MENTEE|SENIOR)",
    "learning from your mentee": r"(?:learn|hear|get) [\w ]{0,25}?from your MENTEE",
    "mentees lead": r"MENTEE(?: \w+)? (?:leads?|runs?) (?:each|every|the|your|our|all) session",
}


def _made(pattern: str, **meanings: str) -> re.Pattern[str]:
    """Put the words into a pattern; some of them stand for others."""
    named = re.compile("|".join(sorted((*_WORDS, "WRONG", "ROLE"), key=len, reverse=True)))

    def word(match: re.Match[str]) -> str:
        return named.sub(word, _WORDS[meanings.get(match[0], match[0])])

    return re.compile(rf"\b(?:{named.sub(word, pattern)})")


@cache
def rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give the rules by name: none may match a sentence."""
    both = ({"WRONG": "SENIOR", "ROLE": "MENTOR"}, {"WRONG": "JUNIOR", "ROLE": "MENTEE"})
    twice = [(name, _made(one, **way)) for name, one in _NAMED_WRONGLY.items() for way in both]
    return (*twice, *((name, _made(one)) for name, one in _WRONG.items()))


def swapped_roles(sentence: str) -> str:
    """Name the rule by which a sentence calls the senior the mentor, or the junior the mentee; else ""."""
    plain = " ".join(sentence.lower().replace("’", "'").replace("*", "").split())
    return next((f"{name}: {found[0]}" for name, rule in rules() if (found := rule.search(plain))), "")

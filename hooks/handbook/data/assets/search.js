// What people type -> pages. Parts of data call handbookSearch; the dialog's script calls handbookSearch.start.
(function () {
"use strict";

// How much a word counts where it stands: in a page's title, what else people call it, where it belongs,
// a heading, a text.
var TITLE = 0, ALSO = 1, WHERE = 2, HEADING = 3, TEXT = 4;
var COUNTS = [5, 4, 1.2, 2.5, 1];
var WORD = /[\p{L}\p{N}\p{M}]+(?:&[\p{L}\p{N}]+)*/gu;
// Writing that parts no words by spaces.
var UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

var nearest, fold, about;
var fields = [], sizes = [0, 0, 0, 0, 0], numbers = [0, 0, 0, 0, 0];
var words = new Map(); // each with [field, how often it stands there] for every field
var known = new Map(); // what is meant by a term, worked out once
var pages = new Map();

function folded(text) {
  return fold(text).replace(/ς/g, "σ").replace(/\u0640/g, "");
}

function tokens(text) {
  return folded(text).match(WORD) || [];
}

function put(page, section, kind, text, anchor) {
  var found = tokens(text), times = new Map();
  if (!found.length) return;
  var field = { page: page, section: section, kind: kind, anchor: anchor, size: found.length };
  field.text = " " + found.join(" ") + " ";
  found.forEach(function (word) { times.set(word, (times.get(word) || 0) + 1); });
  times.forEach(function (count, word) {
    if (!words.has(word)) words.set(word, []);
    words.get(word).push([field, count]);
  });
  fields.push(field);
  sizes[kind] += field.size;
  numbers[kind] += 1;
}

// What else people call a page of a kind: phrases, each perhaps with the anchor of the section that is meant.
function called(kind, last) {
  var found = [];
  Object.keys(about.also).forEach(function (name) {
    var parts = name.split("#"), page = parts[0].replace(/\./g, "/");
    if (!kind || (page !== kind && page !== kind + "/" + last)) return;
    about.also[name].split(",").forEach(function (phrase) { found.push([phrase, parts[1]]); });
  });
  return found;
}

window.handbookSearch = function (part, entries, more) {
  about = more || about;
  entries.forEach(function (entry) {
    var url = entry[0];
    var page = {
      part: part, url: url, title: entry[1], where: entry[2].replace(entry[1], "").replace(/^ – /, ""),
      kind: entry[3], over: entry[4], weight: entry[5],
      sections: entry[6].map(function (one) { return typeof one === "number" ? about.shared[one] : one; }),
    };
    if (pages.has(url)) fields.forEach(function (field) { field.gone = field.gone || field.page.url === url; });
    pages.set(url, page);
    put(page, null, TITLE, page.title);
    put(page, null, WHERE, page.where);
    called(entry[3], url.split("/").slice(-2)[0]).forEach(function (one) {
      put(page, null, ALSO, one[0], one[1]);
    });
    page.sections.forEach(function (section) {
      put(page, section, HEADING, section[1]);
      put(page, section, TEXT, section[2]);
    });
  });
  known.clear();
};

// --- what a term may mean ---

function likeness(term, word) {
  var same = 0, least, most;
  if (term === word) return 1;
  if (UNSPACED.test(term) && word.includes(term)) return 0.9;
  while (same < term.length && term[same] === word[same]) same += 1;
  if (same === term.length) return same > 2 ? 0.5 + 0.4 * same / word.length : same === 2 ? 0.3 : 0;
  least = Math.min(term.length, word.length) - same;
  most = Math.max(term.length, word.length) - same;
  if (same >= 4 && least <= 1 && most <= 3) return 0.75; // forms of one word: leave, leaving
  return same >= 6 && most <= 4 ? 0.6 : 0;
}

// How many letters are wrong, missing, too many or in the wrong order; more than `most` are too many.
function slips(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  var last, row = [], next, i, j;
  for (j = 0; j <= other.length; j += 1) row[j] = j;
  for (i = 1; i <= one.length; i += 1) {
    next = [i];
    for (j = 1; j <= other.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        next[j] = Math.min(next[j], last[j - 2] + 1);
      }
    }
    last = row;
    row = next;
  }
  return row[other.length];
}

// Where two words stand side by side: "sign up" and "sign-up" for "signup".
function sideBySide(left, right) {
  if (!words.has(left) || !words.has(right)) return [];
  var rarer = words.get(left).length < words.get(right).length ? left : right;
  return words.get(rarer).filter(function (one) { return one[0].text.includes(" " + left + " " + right + " "); });
}

// The words that are meant, each with how sure that is and where it stands.
function meant(term) {
  if (known.has(term)) return known.get(term);
  var found = [], i, allowed = term.length < 4 ? 0 : term.length < 8 ? 1 : 2;
  words.forEach(function (places, word) {
    var like = likeness(term, word);
    if (like) found.push({ word: word, like: like, places: places });
  });
  for (i = 1; i < term.length && term.length > 3; i += 1) {
    var places = sideBySide(term.slice(0, i), term.slice(i));
    if (places.length) found.push({ word: term.slice(0, i), second: term.slice(i), like: 0.95, places: places });
  }
  if (allowed && !found.length) {
    words.forEach(function (places, word) {
      var wrong = slips(term, word, allowed);
      if (wrong <= allowed) found.push({ word: word, like: wrong === 1 ? 0.6 : 0.45, places: places });
    });
  }
  known.set(term, found);
  return found;
}

// --- ranking ---

function rarity(all, having) {
  return Math.log(1 + (all - having + 0.5) / (having + 0.5));
}

// For one term: how much each field says of it, and on how many pages it stands.
function weighed(alternatives) {
  var best = new Map(), having = [0, 0, 0, 0, 0], on = new Set();
  alternatives.forEach(function (one) {
    one.places.forEach(function (place) {
      var field = place[0];
      if (field.gone) return;
      var usual = sizes[field.kind] / numbers[field.kind];
      var often = place[1] * 2.2 / (place[1] + 1.2 * (0.4 + 0.6 * field.size / usual));
      if (!best.has(field) && one.like > 0.55) having[field.kind] += 1;
      if (one.like > 0.55) on.add(field.page);
      best.set(field, Math.max(best.get(field) || 0, one.like * often));
    });
  });
  best.forEach(function (value, field) {
    best.set(field, value * COUNTS[field.kind] * rarity(numbers[field.kind], having[field.kind]));
  });
  return { fields: best, rarity: rarity(pages.size, on.size) };
}

function sum(values) {
  return values.reduce(function (all, one) { return all + (one || 0); }, 0);
}

// What one page says of all terms: its worth, its best section, and whether its title says them.
function judged(page, found, terms, asked) {
  var phrase = " " + terms.join(" ") + " ", whole = terms.join("");
  var title = [], covered = [], where = [], also = 0, named = 0, anchor, sections = new Map();
  found.forEach(function (values, field) {
    var worth = sum(values), said = field.text.split(" ").join("");
    var is = said === whole, isIn = terms.length > 1 && field.text.includes(phrase);
    values.forEach(function (value, number) { covered[number] = covered[number] || value; });
    if (field.kind === TITLE) title = values;
    if (field.kind === WHERE) where = values;
    if (field.kind === ALSO) {
      worth *= values.filter(Boolean).length / field.size;
      worth += is ? 30 : whole.length > 3 && said.startsWith(whole) ? 12 : 0;
      if (worth > also) anchor = field.anchor;
      also = Math.max(also, worth);
    }
    if (field.kind === TITLE) named = Math.max(named, is ? 30 : isIn ? 8 : 0);
    if (!field.section) return;
    var one = sections.get(field.section) || { section: field.section, values: [], extra: 0 };
    values.forEach(function (value, number) { one.values[number] = Math.max(one.values[number] || 0, value); });
    one.extra += field.kind === HEADING ? (is ? 12 : isIn ? 5 : 0) : isIn ? 2 + worth / 3 : 0;
    sections.set(field.section, one);
  });
  var ranked = Array.from(sections.values()).map(function (one) {
    var share = one.values.filter(Boolean).length / terms.length;
    return { section: one.section, worth: sum(one.values) * (0.5 + share / 2) + one.extra };
  }).sort(function (a, b) { return b.worth - a.worth; });
  var first = ranked.length ? ranked[0].worth : 0;
  var rest = Math.min(first, sum(ranked.slice(1).map(function (one) { return one.worth; }))) * 0.1;
  var cover = sum(asked.map(function (one, number) { return covered[number] ? one.rarity : 0; })) /
    sum(asked.map(function (one) { return one.rarity; }));
  var name = named >= 12 || also >= 12 || title.filter(Boolean).length === terms.length;
  var bare = (sum(title) + sum(where) + first + rest) * cover * cover;
  var weight = page.weight * (page.over ? 0.5 : 1) * (page.part === nearest ? 1.25 : 1);
  var meantBy = also > first && page.sections.find(function (one) { return one[0] && one[0] === anchor; });
  return {
    page: page, bare: bare, worth: (bare + (also + named) * cover * cover) * weight,
    section: meantBy || first && ranked[0].section,
    titled: title.filter(Boolean).length, named: name, top: name && !meantBy,
  };
}

function program(page) {
  return page.url.split("/").slice(0, 2).join("/");
}

// What is over comes after all that goes on in the same program, but for what its title alone says.
function inOrder(hits) {
  hits.sort(function (a, b) { return b.worth - a.worth || (a.page.url < b.page.url ? -1 : 1); });
  hits.filter(function (hit) { return hit.page.over; }).forEach(function (hit) {
    var last = hits.map(function (one) {
      return /^programs\/[^/]+\/[^/]+\//.test(one.page.url) && /^cohort/.test(one.page.kind) && !one.page.over &&
        program(one.page) === program(hit.page) && one.titled >= hit.titled;
    }).lastIndexOf(true);
    var at = hits.indexOf(hit);
    if (last < at) return;
    hits.splice(at, 1);
    hits.splice(last, 0, hit);
  });
  return hits;
}

// The same page of several programs is one hit.
function together(hits) {
  var first = new Map();
  return hits.filter(function (hit) {
    var key = hit.page.kind + " " + hit.page.title, one = first.get(key);
    if (!hit.page.kind || !hit.page.where || /^cohort/.test(hit.page.kind)) return true;
    if (!one) first.set(key, hit);
    else one.twins = (one.twins || []).concat(hit);
    return !one;
  });
}

function search(text) {
  var terms = tokens(text).slice(0, 12), marks = new Set();
  var asked = terms.map(function (term, number) {
    var alternatives = meant(term).slice();
    [[term, terms[number + 1]], [terms[number - 1], term]].forEach(function (pair) {
      var joined = pair[0] && pair[1] && pair.join("");
      if (!words.has(joined)) return;
      alternatives.push({ word: joined, like: 0.95, places: words.get(joined) }); // "e-mail" for "email"
    });
    var one = weighed(alternatives);
    one.words = alternatives;
    return one;
  });
  var most = Math.max.apply(null, asked.map(function (one) { return one.rarity; }));
  var byPage = new Map();
  asked.forEach(function (one, number) {
    if (one.rarity > most / 3) one.words.forEach(function (word) {
      marks.add(word.word);
      if (word.second) marks.add(word.second);
    });
    one.fields.forEach(function (value, field) {
      value *= 0.3 + 0.7 * one.rarity / most; // what every page says tells little, even in a title
      if (!byPage.has(field.page)) byPage.set(field.page, new Map());
      var found = byPage.get(field.page);
      if (!found.has(field)) found.set(field, []);
      found.get(field)[number] = value;
    });
  });
  var hits = Array.from(byPage, function (pair) { return judged(pair[0], pair[1], terms, asked); });
  var best = Math.max.apply(null, hits.map(function (hit) { return hit.bare; }));
  hits = hits.filter(function (hit) { return hit.named || hit.bare > best / 8; });
  var loose = terms.filter(function (term) { return UNSPACED.test(term); });
  return { hits: together(inOrder(hits)), marks: marks, loose: loose };
}

// --- what is shown ---

function spanOf(name, text, found) {
  var span = document.createElement("span"), from = 0;
  span.className = "hb-search__" + name;
  span.dir = "auto";
  function mark(begin, end) {
    var marked = document.createElement("mark");
    marked.textContent = text.slice(begin, end);
    span.append(text.slice(from, begin), marked);
    from = end;
  }
  Array.from(text.matchAll(WORD)).forEach(function (match) {
    if (match[0].split(/&/).concat(match[0]).map(folded).some(function (one) { return found.marks.has(one); })) {
      mark(match.index, match.index + match[0].length);
      return;
    }
    found.loose.forEach(function (term) {
      var at = match[0].indexOf(term);
      if (at >= 0 && match.index + at >= from) mark(match.index + at, match.index + at + term.length);
    });
  });
  span.append(text.slice(from));
  return span;
}

// A piece of a text in which most of the words stand that were looked for.
function excerpt(text, found) {
  var plainText = text.replace(/\n/g, " · ").replace(/([.!?:;,…]) · /g, "$1 ");
  var places = Array.from(plainText.matchAll(WORD)).filter(function (match) {
    return found.marks.has(folded(match[0]));
  });
  var begin = 0, most = 0;
  places.forEach(function (first) {
    var near = places.filter(function (one) { return one.index >= first.index && one.index < first.index + 140; });
    var different = new Set(near.map(function (one) { return folded(one[0]); })).size;
    if (different > most) {
      most = different;
      begin = first.index;
    }
  });
  begin = begin < 40 ? 0 : plainText.lastIndexOf(" ", begin - 30) + 1;
  var piece = plainText.slice(begin, begin + 180);
  if (begin + 180 < plainText.length) piece = piece.replace(/\s\S*$/, "") + " …";
  return (begin ? "… " : "") + piece;
}

window.handbookSearch.start = function (dialog, base, given) {
  var said = dialog.dataset;
  var input = dialog.querySelector("input"), list = dialog.querySelector("ol");
  var status = dialog.querySelector("[role=status]"), help = dialog.querySelector(".hb-search__help");
  var more = dialog.querySelector(".hb-search__more"), others = dialog.querySelector(".hb-search__others");
  var forms = new Intl.PluralRules(document.documentElement.lang || "en");
  var found, shown, pause, waiting = [];
  fold = given.fold;

  function part(name) {
    return given.load(new URL("search/" + name + ".js", base));
  }

  // A folder shows its page only where a server looks for it.
  function addressOf(hit) {
    var anchor = hit.section && hit.section[0] && !hit.top ? "#" + hit.section[0] : "";
    return new URL(hit.page.url + (location.protocol === "file:" ? "index.html" : "") + anchor, base).href;
  }

  function row(hit) {
    var item = document.createElement("li"), link = document.createElement("a");
    var section = hit.section;
    link.href = addressOf(hit);
    link.className = "hb-search__hit";
    link.append(spanOf("title", hit.page.title, found));
    if (hit.page.where) link.append(" ", spanOf("where", hit.page.where, found));
    if (section && section[1]) link.append(" ", spanOf("section", section[1], found));
    var text = (hit.section || hit.page.sections.find(function (one) { return one[2]; }) || ["", "", ""])[2];
    if (text) link.append(" ", spanOf("text", excerpt(text, found), found));
    item.append(link);
    var line = document.createElement("p");
    line.className = "hb-search__also";
    line.append(said.also_in);
    (hit.twins || []).forEach(function (twin) {
      var other = document.createElement("a");
      other.href = addressOf(twin);
      other.append(spanOf("where", twin.page.where, found));
      line.append(" ", other);
    });
    if (hit.twins) item.append(line);
    return item;
  }

  function show(count) {
    found.hits.slice(shown, count).forEach(function (hit) { list.append(row(hit)); });
    shown = Math.min(count, found.hits.length);
    more.hidden = shown === found.hits.length;
  }

  function none() {
    var parts = said.ask.split("{contact}"), link = document.createElement("a");
    help.textContent = said.hint;
    if (!about.ask || !about.ask.length) return;
    link.textContent = about.ask[0];
    if (about.ask[1]) link.href = about.ask[1];
    help.append(" ", parts[0], link, parts[1] || "");
  }

  function answer() {
    var asked = input.value.trim(), count;
    list.replaceChildren();
    found = asked ? search(asked) : { hits: [] };
    count = found.hits.length;
    shown = 0;
    show(10);
    help.hidden = count > 0;
    if (!count) none();
    others.hidden = !asked || !waiting.length;
    list.dataset.asked = asked;
    clearTimeout(pause);
    pause = setTimeout(function () {
      var form = forms.select(count);
      form = said["found" + form[0].toUpperCase() + form.slice(1)] || said.foundOther;
      form = form.replace("{n}", count.toLocaleString(document.documentElement.lang));
      status.textContent = !asked ? "" : count ? form : said.none;
    }, 400);
  }

  var typed;
  input.addEventListener("input", function () {
    clearTimeout(typed);
    typed = setTimeout(answer, 60);
  });
  more.addEventListener("click", function () {
    var next = shown;
    show(shown + 10);
    list.children[next].firstChild.focus();
  });
  others.addEventListener("click", function () {
    var left = waiting;
    waiting = [];
    input.focus();
    Promise.all(left.map(function (one) { return part("programs/" + one[0]); })).then(answer);
  });
  dialog.addEventListener("keydown", function (event) {
    var links = Array.from(list.querySelectorAll("a")), at = links.indexOf(document.activeElement);
    var step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || !links.length || (at < 0 && step < 0)) return;
    event.preventDefault();
    (links[at + step] || (at + step < 0 ? input : links[at])).focus();
  });
  input.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.isComposing) return;
    clearTimeout(typed);
    answer();
    if (list.firstChild) list.firstChild.firstChild.click();
  });

  // The reader's own program first, then others as long as all is light enough; of the rest the people.
  return part("site").then(function () {
    var here = location.pathname.slice(base.pathname.length).match(/^programs\/([^/]+)\//);
    var first = [here && decodeURIComponent(here[1]), given.mine];
    nearest = "programs/" + (first[0] || first[1]);
    var left = 150 - about.programs.length, order = about.programs.filter(function (one) { return one[1]; });
    function place(one) {
      return (first.indexOf(one[0]) + 3) % 3; // not named: 2
    }
    order.sort(function (a, b) { return place(a) - place(b); });
    waiting = order.filter(function (one, number) {
      left -= one[1];
      return number && left < 0;
    });
    var now = order.filter(function (one) { return waiting.indexOf(one) < 0; });
    var parts = now.map(function (one) { return part("programs/" + one[0]); });
    waiting.forEach(function (one) {
      handbookSearch("people", about.people.filter(function (page) {
        return page[0].startsWith("programs/" + one[0] + "/");
      }));
    });
    if (waiting.length > 20) waiting = [];
    return Promise.all(parts);
  }).then(answer);
};
})();

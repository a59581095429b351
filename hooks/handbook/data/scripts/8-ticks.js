// Checklists that can be ticked. Which items are is kept in this browser alone, for this handbook alone, as numbers
// made of their words: an item that says something else later is a new one.
var ticks = {
  key: function () { return me.key().replace("handbook-me", "handbook-ticks"); },
  all: function () {
    try {
      var kept = JSON.parse(localStorage.getItem(ticks.key()));
      return kept && typeof kept === "object" ? kept : {};
    } catch (refused) { return {}; }
  },
  here: function () {
    var kept = ticks.all()[location.pathname];
    return Array.isArray(kept) ? kept : [];
  },
  keep: function (numbers) {
    var kept = ticks.all();
    if (numbers.length) kept[location.pathname] = numbers;
    else delete kept[location.pathname];
    try {
      if (Object.keys(kept).length) localStorage.setItem(ticks.key(), JSON.stringify(kept));
      else localStorage.removeItem(ticks.key());
    } catch (refused) { return; } // a browser that keeps nothing: the ticks last as long as the page
  },
  forget: function () {
    try { localStorage.removeItem(ticks.key()); } catch (refused) { return; }
  },
};

function numberOf(text) {
  var number = 5381;
  for (var at = 0; at < text.length; at += 1) number = (number * 33 + text.charCodeAt(at)) % 4294967296;
  return number.toString(36);
}

function makeBox(item, index, list) {
  var label = document.createElement("label");
  var box = document.createElement("input");
  box.type = "checkbox";
  box.autocomplete = "off"; // what is ticked is ours to remember
  box.value = numberOf(words(item));
  box.checked = ticks.here().indexOf(box.value) >= 0;
  label.append(...item.childNodes);
  item.append(box, label);
  box.id = label.htmlFor = "tick-" + list + "-" + index;
}

// A line below each list: how much is done, and a button that forgets.
function makeTicks(list, number) {
  list.querySelectorAll(":scope > ul > li").forEach(function (item, index) { makeBox(item, index, number); });
  var boxes = list.querySelectorAll("input");
  var line = document.createElement("p");
  var told = document.createElement("span");
  var button = document.createElement("button");
  line.className = "hb-ticks";
  told.setAttribute("role", "status");
  button.type = "button";
  button.textContent = list.dataset.forget;
  line.append(told, " ", button);
  function show() {
    var done = list.querySelectorAll("input:checked").length;
    told.textContent = list.dataset.done.replace("{n}", done).replace("{all}", boxes.length);
    button.hidden = !done;
  }
  list.addEventListener("change", function () {
    var here = new Set();
    each(".hb-checklist input:checked", function (box) { here.add(box.value); });
    ticks.keep([...here]);
    show();
  });
  button.addEventListener("click", function () {
    ticks.forget();
    each(".hb-checklist input", function (box) { box.checked = false; });
    document.dispatchEvent(new Event("handbook-ticks"));
    told.textContent = list.dataset.gone;
    boxes[0].focus(); // the button is hidden now
  });
  document.addEventListener("handbook-ticks", show);
  list.append(line);
  show();
  list.classList.add("hb-checklist--ticked");
}

// A link to a heading that is folded opens what stands below it.
function unfold() {
  var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (var one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
  if (target && target.closest("summary")) target.scrollIntoView();
}

// The way to one's own pairing, where this device knows it: `data-me-mine` is program/cohort, `data-pairings` those to see.
function leadToMine(line) {
  function show() {
    var parts = me.get().split("/");
    var mine = parts.slice(0, 2).join("/") === line.dataset.meMine && line.dataset.pairings.split(" ").indexOf(parts[3] || "-") >= 0;
    var link = line.querySelector("a");
    line.dataset.all = line.dataset.all || link.getAttribute("href");
    if (mine) link.setAttribute("href", line.dataset.all + parts[3] + "/");
    line.hidden = !mine;
  }
  document.addEventListener("handbook-me", show);
  show();
}

ready(function () {
  each(".hb-checklist[data-done]", makeTicks);
  each("[data-me-mine]", leadToMine);
  window.addEventListener("hashchange", unfold);
  unfold();
});

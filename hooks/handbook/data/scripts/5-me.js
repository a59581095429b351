// Who the reader is: program/cohort/role, and perhaps /pairing. Kept for this handbook alone, in this browser.
var me = {
  key: function () {
    var home = document.querySelector("a.md-logo");
    return "handbook-me " + (home ? new URL(home.href).pathname : "/");
  },
  get: function () {
    try { return localStorage.getItem(me.key()) || ""; } catch (refused) { return ""; }
  },
  set: function (value) {
    try {
      if (value) localStorage.setItem(me.key(), value);
      else localStorage.removeItem(me.key());
    } catch (refused) { return; } // a browser that keeps nothing: all stays as it is without a script
  },
};

function makeMeButton(button) {
  var remember = button.textContent;
  var told = button.parentElement.querySelector("[role=status]");
  // Also who said on a pairing's page which one is theirs is remembered in this role.
  function isMine() {
    return (me.get() + "/").startsWith(button.dataset.me + "/");
  }
  function show() {
    var mine = isMine();
    button.textContent = mine ? button.dataset.forget : remember;
    told.textContent = mine ? told.dataset.said : "";
  }
  button.addEventListener("click", function () {
    me.set(isMine() ? "" : button.dataset.me);
    document.dispatchEvent(new Event("handbook-me"));
    if (!me.get()) told.textContent = told.dataset.gone;
  });
  document.addEventListener("handbook-me", show);
  button.parentElement.hidden = false;
  show();
}

// On the first page: what is next for the one whom this device remembers, above all else.
function openWithMe(here) {
  var form = document.querySelector("[data-me-form]");
  var told = form && form.querySelector("[role=status]");
  var ask = form && form.closest("details");
  function show() {
    var parts = me.get().split("/");
    var known = parts.length > 2 ? document.querySelector('[data-now=""]') : null; // one card for all cohorts
    var now = known || document.querySelector('[data-now="' + CSS.escape(parts.slice(0, 3).join("/")) + '"]');
    if (known && !parts.slice(0, 3).every(function (part) { return /^[a-z0-9-]+$/.test(part); })) now = null;
    if (now && now === known) known.querySelector(".hb-me__page").href = "programs/" + parts[0] + "/roles/" + parts[2] + "/";
    document.querySelectorAll("[data-now]").forEach(function (card) { card.hidden = card !== now; });
    here.hidden = !now;
    if (ask) ask.hidden = !!now;
    var doors = document.querySelector("[data-me-doors]"); // whoever is known needs them last
    if (doors) document.querySelector(now ? "[data-me-below]" : "[data-me-above]").append(doors);
    if (!now) return;
    here.append(now);
    var mine = now.querySelector(".hb-me__mine");
    if (!mine) return;
    mine.hidden = now.dataset.pairings.split(" ").indexOf(parts[3] || "-") < 0;
    var link = mine.querySelector("a");
    link.dataset.all = link.dataset.all || link.getAttribute("href");
    link.setAttribute("href", link.dataset.all + parts[3] + "/");
  }
  if (form) form.addEventListener("submit", function (event) {
    event.preventDefault();
    me.set(form.elements.cohort.value + "/" + form.elements.role.value);
    show();
    told.textContent = "";
    here.querySelector("[data-now]:not([hidden]) button").focus(); // those before it are hidden
  });
  document.querySelectorAll(".hb-me__change").forEach(function (button) {
    button.addEventListener("click", function () {
      me.set("");
      show();
      if (!form) return;
      ask.open = true;
      form.elements.role.focus();
      told.textContent = told.dataset.gone;
    });
  });
  show();
}

ready(function () {
  each("button[data-me]", makeMeButton);
  each("[data-me-here]", openWithMe);
});

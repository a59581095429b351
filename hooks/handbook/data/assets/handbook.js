// Small things that the theme leaves out: a note on a page that was built long ago, a menu button that a keyboard
// reaches, names for what has none, a filter for long lists, and who somebody is, remembered on this device alone.
(function () {
  "use strict";

  function noteAge(built) {
    var days = (Date.now() - Date.parse(built.dataset.built + "T00:00:00Z")) / 86400000;
    if (days < 4) return; // more than three whole days lie between
    var note = document.createElement("p");
    note.className = "hb-stale";
    note.setAttribute("role", "status");
    note.textContent = built.dataset.stale;
    built.before(note);
  }

  function makeButton(label, toggle, name) {
    function tell() {
      label.setAttribute("aria-expanded", String(toggle.checked));
    }
    label.setAttribute("role", "button");
    label.setAttribute("tabindex", "0");
    label.setAttribute("aria-label", name);
    label.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      label.click();
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !toggle.checked) return;
      toggle.click();
      label.focus();
    });
    toggle.addEventListener("change", tell);
    tell();
  }

  function nameArrow(label) {
    var link = label.parentElement.querySelector("a");
    if (label.textContent.trim() || !link) return;
    label.setAttribute("aria-label", link.textContent.trim());
    label.setAttribute("role", "button");
  }

  function nameCopyButtons() {
    document.querySelectorAll("pre[data-copy-name] > .md-code__nav:not([role])").forEach(function (nav) {
      nav.setAttribute("role", "none");
      nav.querySelectorAll("button").forEach(function (button) {
        button.title = nav.parentElement.dataset.copyName;
        button.setAttribute("aria-label", button.title);
      });
    });
  }

  // The theme makes the buttons later, each in its own time.
  function watchCopyButtons() {
    var dialog = document.querySelector(".md-dialog");
    if (dialog) dialog.setAttribute("role", "status");
    nameCopyButtons();
    var content = document.querySelector(".md-content");
    if (content) new MutationObserver(nameCopyButtons).observe(content, { childList: true, subtree: true });
  }

  function words(element) {
    return element.textContent.replace(/\s+/g, " ").trim();
  }

  // Letters that no rule of Unicode parts from their stroke, or in two: as the commands read them.
  var LETTERS = {
    ł: "l", ø: "o", đ: "d", ð: "d", ħ: "h", ŧ: "t", ı: "i", æ: "ae", œ: "oe", þ: "th", ß: "ss",
  };

  // Compares letters as people type them: without accents, in lower case.
  function plain(text) {
    return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
      .replace(/[łøđðħŧıæœþß]/g, function (letter) { return LETTERS[letter]; });
  }

  function says(card, selector, value) {
    return !value || Array.from(card.querySelectorAll(selector)).some(function (one) { return words(one) === value; });
  }

  // A form that narrows down the cards of its page; without a script all of them are shown.
  function makeFilter(form) {
    var cards = document.querySelectorAll("." + form.dataset.filters);
    var told = "strong, .hb-pairing__unit, .hb-tag, .hb-card__text"; // not the words of labels and links
    var found = form.querySelector("[role=status]");
    var reset = form.querySelector("[type=reset]");
    function chosen(name) {
      return form.elements[name] ? form.elements[name].value : "";
    }
    function filter() {
      var looked = plain(chosen("words")).split(/\s+/).filter(Boolean);
      var left = 0;
      cards.forEach(function (card) {
        var text = plain(Array.from(card.querySelectorAll(told)).map(words).join(" "));
        var fits = looked.every(function (word) { return text.includes(word); }) &&
          says(card, ".hb-pairing__unit", chosen("unit")) && says(card, ".hb-tag", chosen("topic"));
        card.hidden = !fits;
        left += fits ? 1 : 0;
      });
      reset.hidden = !looked.length && !chosen("unit") && !chosen("topic");
      return left;
    }
    // Said once somebody stops typing, and never before they began.
    var pause;
    function tell(left) {
      clearTimeout(pause);
      pause = setTimeout(function () {
        var said = left ? form.dataset.found.replace("{n}", left) : form.dataset.none;
        if (found.textContent !== said) found.textContent = said;
      }, 400);
    }
    form.addEventListener("input", function () { tell(filter()); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () {
      setTimeout(function () { tell(filter()); }); // when the fields are empty again
      form.elements.words.focus(); // the button goes
    });
    form.hidden = false;
    window.addEventListener("pageshow", filter); // a browser keeps what was chosen when somebody comes back
  }

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
    function show() {
      var parts = me.get().split("/");
      var now = document.querySelector('[data-now="' + CSS.escape(parts.slice(0, 3).join("/")) + '"]');
      document.querySelectorAll("[data-now]").forEach(function (card) { card.hidden = card !== now; });
      here.hidden = !now;
      if (form) form.hidden = !!now;
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
        form.elements.role.focus();
        told.textContent = told.dataset.gone;
      });
    });
    show();
  }

  document.addEventListener("DOMContentLoaded", function () {
    watchCopyButtons();
    document.querySelectorAll("form[data-filters]").forEach(makeFilter);
    document.querySelectorAll("button[data-me]").forEach(makeMeButton);
    document.querySelectorAll("[data-me-here]").forEach(openWithMe);
    var built = document.querySelector(".hb-built");
    if (!built) return;
    noteAge(built);
    var toggle = document.getElementById("__drawer");
    var label = document.querySelector("label.md-header__button[for=__drawer]");
    if (toggle && label) makeButton(label, toggle, built.dataset.menu);
    document.querySelectorAll(".md-nav__container > label.md-nav__link").forEach(nameArrow);
    var search = document.querySelector(".md-search[role=dialog]");
    if (search) search.setAttribute("aria-label", built.dataset.search);
  });
})();

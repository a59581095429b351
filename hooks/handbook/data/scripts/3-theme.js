// What stands round a page: theme/partials. Without this script all of it works but the colours.

// The drawer keeps the focus: whatever is not in it cannot be reached while it is open.
function makeDrawer(menu) {
  var rest = ".md-skip, .md-banner, .hb-head, .hb-notice, .md-content, .hb-toc, .md-footer";
  var opener = document.querySelector("[popovertarget=menu]");
  if (!menu.showPopover || !opener) return;
  menu.addEventListener("beforetoggle", function (event) {
    var opens = event.newState === "open";
    each(rest, function (part) { part.inert = opens; }); // before the browser gives the focus back
    opener.setAttribute("aria-expanded", String(opens));
  });
  menu.addEventListener("toggle", function (event) {
    var focused = document.activeElement;
    if (event.newState === "open") menu.querySelector("button").focus();
    else if (opener.checkVisibility() && (focused === document.body || menu.contains(focused))) opener.focus();
  });
  menu.addEventListener("keydown", function (event) {
    if (event.key !== "Tab" || !menu.matches(":popover-open")) return;
    var stops = Array.from(menu.querySelectorAll("a, button, summary")).filter(function (one) { return one.checkVisibility(); });
    var ends = event.shiftKey ? [stops[0], stops[stops.length - 1]] : [stops[stops.length - 1], stops[0]];
    if (document.activeElement !== ends[0]) return;
    event.preventDefault();
    ends[1].focus();
  });
  menu.addEventListener("click", function (event) {
    if (event.target.closest("a") && menu.matches(":popover-open")) menu.hidePopover(); // also to a part of this page
  });
  opener.setAttribute("aria-expanded", "false");
  window.matchMedia("(min-width: 76.25em)").addEventListener("change", function (wide) {
    if (wide.matches && menu.matches(":popover-open")) menu.hidePopover();
  });
}

// Light or dark, kept on the device as the theme's own script does.
function makePalette(button) {
  var body = document.body;
  var key = new URL(body.dataset.base.replace(/\/?$/, "/"), location.href).pathname + ".__palette";
  button.addEventListener("click", function () {
    var scheme = body.dataset.mdColorScheme === "slate" ? "default" : "slate";
    body.dataset.mdColorScheme = scheme;
    try { localStorage.setItem(key, JSON.stringify({ color: { scheme: scheme } })); } catch (refused) { return; }
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function (dark) {
    try { if (localStorage.getItem(key)) return; } catch (refused) { /* it keeps nothing */ }
    body.dataset.mdColorScheme = dark.matches ? "slate" : "default";
  });
}

function makeCopy(text) {
  if (!navigator.clipboard) return; // a browser that copies for nobody here
  var button = document.createElement("button");
  var body = document.body.dataset;
  button.type = "button";
  button.className = "hb-copy";
  button.textContent = body.copy;
  button.title = text.dataset.copyName;
  button.setAttribute("aria-label", button.title);
  button.addEventListener("click", function () {
    navigator.clipboard.writeText(text.querySelector("code").textContent.replace(/\n$/, "")).then(function () {
      button.textContent = body.copied;
      said(body.copied);
      setTimeout(function () { button.textContent = body.copy; }, 2000);
    });
  });
  text.prepend(button); // words flow round it
}

// Tells readers of the screen what has happened.
function said(what) {
  var place = document.getElementById("said");
  if (!place) return;
  place.textContent = "";
  setTimeout(function () { place.textContent = what; }, 100);
}

// A table that scrolls can be reached by a keyboard.
function reachTables() {
  each(".md-typeset table", function (table) {
    if (table.scrollWidth > table.clientWidth + 1) table.tabIndex = 0;
    else table.removeAttribute("tabindex");
  });
}

// The list of contents says where one is.
function followContents(list) {
  var links = Array.from(list.querySelectorAll("a"));
  var headings = links.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
  function follow() {
    var last = -1;
    headings.forEach(function (heading, index) {
      if (heading && heading.getBoundingClientRect().top < 120) last = index;
    });
    links.forEach(function (link, index) {
      if (index === last) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
  document.addEventListener("scroll", function () { requestAnimationFrame(follow); }, { passive: true });
  follow();
}

// What a link leads to, and what is printed, is not folded away.
function unfold() {
  var target = document.getElementById(decodeURIComponent(location.hash.slice(1)) || "-");
  for (var box = target && target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  if (target && location.hash) target.scrollIntoView();
}

function unfoldForPaper() {
  each(".md-content details:not([open])", function (box) { box.open = box.dataset.folded = true; });
}

function foldAgain() {
  each("details[data-folded]", function (box) {
    box.open = false;
    delete box.dataset.folded;
  });
}

ready(function () {
  each(".hb-menu", makeDrawer);
  each(".hb-palette", makePalette);
  each("pre[data-copy-name]", makeCopy);
  each(".hb-toc nav", followContents);
  reachTables();
  window.addEventListener("resize", reachTables);
  if (document.querySelector("details :target, details:target")) unfold();
  window.addEventListener("hashchange", unfold);
  window.addEventListener("beforeprint", unfoldForPaper);
  window.addEventListener("afterprint", foldAgain);
});

// What the theme leaves out: a menu button that a keyboard reaches, and names for what has none.
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

ready(function () {
  watchCopyButtons();
  var built = document.querySelector(".hb-built");
  if (!built) return;
  var toggle = document.getElementById("__drawer");
  var label = document.querySelector("label.md-header__button[for=__drawer]");
  if (toggle && label) makeButton(label, toggle, built.dataset.menu);
  each(".md-nav__container > label.md-nav__link", nameArrow);
  var search = document.querySelector(".md-search[role=dialog]");
  if (search) search.setAttribute("aria-label", built.dataset.search);
});

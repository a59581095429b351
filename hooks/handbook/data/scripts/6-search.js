// The search's dialog. What searches, and what it knows, is fetched when somebody opens it, and not before.
function loaded(address) {
  return new Promise(function (done, failed) {
    var script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
}

function makeSearch(dialog) {
  var base = new URL(dialog.dataset.base.replace(/\/?$/, "/"), location.href);
  var begun;
  function open() {
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").focus();
    begun = begun || loaded(new URL("assets/handbook/search.js", base)).then(function () {
      return handbookSearch.start(dialog, base, { fold: plain, load: loaded, mine: me.get().split("/")[0] });
    }).catch(function () {
      dialog.querySelector("[role=status]").textContent = dialog.dataset.failed;
      begun = null;
    });
  }
  each(".hb-search__open", function (button) {
    button.hidden = false;
    button.addEventListener("click", open);
  });
  document.addEventListener("keydown", function (event) {
    var combined = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    var typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (!combined && (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey)) return;
    event.preventDefault();
    open();
  });
  dialog.addEventListener("click", function (event) {
    if (event.target === dialog || event.target.closest("a, .hb-search__close")) dialog.close(); // beside it, too
  });
}

ready(function () {
  var dialog = document.querySelector("dialog.hb-search");
  if (dialog) makeSearch(dialog);
});

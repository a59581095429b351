// Says so when a page was built more than three days ago: its dates and states may then be out of date.
(function () {
  function check() {
    var built = document.querySelector(".hb-built");
    if (!built || built.dataset.checked) return;
    built.dataset.checked = "yes";
    var age = (Date.now() - Date.parse(built.dataset.built + "T00:00:00Z")) / 86400000;
    if (age <= 4) return;
    var note = document.createElement("p");
    note.className = "hb-stale";
    note.setAttribute("role", "status");
    note.textContent = built.dataset.stale;
    built.before(note);
  }
  document.addEventListener("DOMContentLoaded", check);
})();

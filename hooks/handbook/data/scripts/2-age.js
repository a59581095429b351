// A note on a page that was built long ago.
function noteAge(built) {
  var days = (Date.now() - Date.parse(built.dataset.built + "T00:00:00Z")) / 86400000;
  if (days < 4) return; // more than three whole days lie between
  var note = document.createElement("p");
  note.className = "hb-stale";
  note.setAttribute("role", "status");
  note.textContent = built.dataset.stale;
  built.before(note);
}

ready(function () {
  each(".hb-built", noteAge);
});

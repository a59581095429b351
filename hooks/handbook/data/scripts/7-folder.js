// A site opened from its folder: no server names the page of a folder, so links do.
function nameIndex(link) {
  var target = new URL(link.href, location.href);
  if (target.protocol !== "file:" || !target.pathname.endsWith("/")) return;
  target.pathname += "index.html";
  link.href = target.href;
}

if (location.protocol === "file:") {
  document.documentElement.dataset.folder = "";
  ready(function () { each("a[href]", nameIndex); });
  // A script may have changed a link since.
  ["click", "auxclick"].forEach(function (event) {
    document.addEventListener(event, function (happened) {
      var link = happened.target.closest("a[href]");
      if (link) nameIndex(link);
    }, true);
  });
}

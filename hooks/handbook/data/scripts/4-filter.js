function says(card, selector, value) {
  return !value || Array.from(card.querySelectorAll(selector)).some(function (one) { return words(one) === value; });
}

// What narrows down the cards of its page; without a script all of them are shown.
function makeFilter(form) {
  var cards = document.querySelectorAll("." + form.dataset.filters);
  var told = "strong, .hb-pairing__unit, .hb-tag, .hb-card__text"; // not the words of labels and links
  var found = form.querySelector("[role=status]");
  // What each card says is read once: a hundred of them are searched with every letter.
  var said = Array.from(cards, function (card) {
    return plain(Array.from(card.querySelectorAll(told)).map(words).join(" "));
  });
  var reset = form.querySelector("button");
  function chosen(name) {
    var field = form.querySelector("[name=" + name + "]");
    return field ? field.value : "";
  }
  function filter() {
    var looked = plain(chosen("words")).split(/\s+/).filter(Boolean);
    var left = 0;
    cards.forEach(function (card, at) {
      var text = said[at];
      var fits = looked.every(function (word) { return text.includes(word); }) &&
        says(card, ".hb-pairing__unit", chosen("unit")) && says(card, ".hb-tag", chosen("topic"));
      card.hidden = !fits;
      left += fits ? 1 : 0;
    });
    var narrowed = chosen("unit") || chosen("topic");
    if (narrowed) form.querySelector("details").open = true; // also when a browser kept it
    reset.hidden = !looked.length && !narrowed;
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
  reset.addEventListener("click", function () {
    form.querySelectorAll("[name]").forEach(function (field) { field.value = ""; });
    tell(filter());
    form.querySelector("input").focus(); // the button goes
  });
  form.hidden = false;
  window.addEventListener("pageshow", filter); // a browser keeps what was chosen when somebody comes back
}

ready(function () {
  each("[data-filters]", makeFilter);
});

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

ready(function () {
  each("form[data-filters]", makeFilter);
});

// The files of this folder make one script, in their order and in one scope.

// Does something when the page is whole.
function ready(act) {
  document.addEventListener("DOMContentLoaded", act);
}

function each(selector, act) {
  document.querySelectorAll(selector).forEach(act);
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

// A button to print the page, where paper is meant; without a script it would do nothing.
ready(function () {
  each("button[data-print]", function (button) {
    button.addEventListener("click", function () { window.print(); });
    button.hidden = false;
  });
});

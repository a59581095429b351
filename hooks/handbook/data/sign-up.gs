// Makes a sign-up form in your Google account. Paste all of this into an empty project at script.google.com, choose
// Run, and allow it to make forms. The log then shows two links: the first is for people who sign up.

const ITEMS = {
  text: (form) => form.addTextItem(),
  paragraph: (form) => form.addParagraphTextItem(),
  choice: (form) => form.addMultipleChoiceItem(),
  checkboxes: (form) => form.addCheckboxItem(),
  list: (form) => form.addListItem(),
};

function makeSignUpForm() {
  const form = FormApp.create(SIGN_UP.title).setDescription(SIGN_UP.description);
  SIGN_UP.questions.forEach((question) => {
    const item = ITEMS[question.kind](form);
    item.setTitle(question.title).setHelpText(question.help).setRequired(question.required);
    if (question.choices.length) item.setChoiceValues(question.choices);
    if (question.field === "email") {
      item.setValidation(FormApp.createTextValidation().requireTextIsEmail().build());
    }
  });
  Logger.log("For people who sign up: " + form.getPublishedUrl());
  Logger.log("For you alone, to change the form: " + form.getEditUrl());
}


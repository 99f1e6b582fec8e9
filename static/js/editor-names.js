// Gives each rich text editor the name and the language of the field that it stands for.

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const { dom } = editor.view;
  dom.setAttribute("aria-label", textarea.labels[0].textContent.trim().replace(/:$/, ""));
  dom.lang = textarea.lang;
  dom.spellcheck = true;
});

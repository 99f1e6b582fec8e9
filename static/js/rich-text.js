// The editor of long texts: it says which field it is and speaks the reader's language; what is
// pasted comes clean from the server, which reads other programs' HTML; links are looked up there.

import { Link as PlainLink } from "django-prose-editor/editor";

import { element, suggested } from "./suggestions.js";

const PATIENCE = 5000; // milliseconds, as is the next
const PAUSE = 200;
const FEWEST_LETTERS = 2;
const LIKE_ADDRESS = /^\/|[:@]|\.\S/;

const textareaOf = (editor) => editor.view.dom.closest(".prose-editor").querySelector("textarea");
const wordsOf = (textarea) => JSON.parse(textarea.dataset.words);
const nameOf = (textarea) => textarea.labels[0].textContent.trim().replace(/:$/, "");

async function ask(url, question, { elements }) {
  const answer = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(question),
    headers: { "X-CSRFToken": elements.csrfmiddlewaretoken.value, "X-Requested-With": "fetch" },
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return answer.json();
}

// The style policy empties styles as HTML is parsed, and with them what is bold in Google Docs and a
// list in Word: so it is sent as it is. Pictures in it are only heavy.
async function paste(event, editor, textarea) {
  const html = event.clipboardData.getData("text/html").replace(/\bsrc="data:[^"]*"/g, "");
  if (!html || html.includes("data-pm-slice")) return; // of this editor itself
  const text = event.clipboardData.getData("text/plain");
  event.preventDefault();
  event.stopImmediatePropagation();
  const { form } = textarea;
  form.inert = true; // until there is an answer, nothing is typed or sent
  const answer = await ask(textarea.dataset.pasted, { html }, form).catch(() => undefined);
  form.inert = false;
  editor.view.focus();
  if (!answer) editor.view.pasteText(text);
  else if (answer.html) editor.view.pasteHTML(answer.html);
}

async function pagesFor(words, textarea) {
  const response = await fetch(`${textarea.dataset.pages}?${new URLSearchParams({ q: words })}`);
  if (!response.ok) return [];
  const { names, kinds } = await response.json();
  return suggested(words, names, Object.keys(kinds)).flatMap(([, found]) =>
    found.map(({ name: [, address, name, , place] }) => ({
      address: new URL(address, response.url).pathname,
      name,
      place,
    })),
  );
}

function openDialog(editor) {
  const textarea = textareaOf(editor);
  const words = wordsOf(textarea);
  const fault = element("p", { id: "link-fault", role: "alert" });
  const found = element("ul", { "aria-label": words.pages, "aria-live": "polite" });
  const field = element("input", { id: "link-address", name: "address", autocomplete: "off", "aria-describedby": fault.id });
  field.value = editor.getAttributes("link").href ?? "";
  const cancel = element("button", { type: "button", class: "button" }, words.cancel);
  const form = element("form", {},
    element("h2", { id: "link-title" }, `${words.link}: ${nameOf(textarea)}`),
    element("label", { for: field.id }, words.address), field, fault, found,
    element("div", {}, element("button", { class: "button default" }, words.set), cancel));
  const dialog = element("dialog", { class: "link-dialog", "aria-labelledby": "link-title" }, form);

  const choice = ({ address, name, place }) => {
    const button = element("button", { type: "button" }, name, element("small", {}, place));
    button.addEventListener("click", () => {
      field.value = address;
      form.requestSubmit();
    });
    return element("li", {}, button);
  };
  let pausing;
  field.addEventListener("input", () => {
    fault.textContent = "";
    clearTimeout(pausing);
    pausing = setTimeout(async () => {
      const typed = field.value.trim();
      const isSearch = typed.length >= FEWEST_LETTERS && !LIKE_ADDRESS.test(typed);
      const pages = isSearch ? await pagesFor(typed, textarea).catch(() => []) : [];
      if (typed !== field.value.trim()) return; // more has been typed
      found.replaceChildren(...pages.map(choice));
      if (isSearch && !pages.length) found.append(element("li", {}, words.nothing));
    }, PAUSE);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const link = editor.chain().focus().extendMarkRange("link");
    if (!field.value.trim()) {
      dialog.close();
      return link.unsetLink().run();
    }
    const unanswered = { fault: words.unanswered };
    const answer = await ask(textarea.dataset.link, { address: field.value }, textarea.form).catch(() => unanswered);
    fault.textContent = answer.fault ?? "";
    if (answer.fault) return field.focus();
    dialog.close();
    link.setMark("link", { href: answer.href }).run();
  });
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    editor.view.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

export const Link = PlainLink.extend({
  addCommands() {
    return {
      ...this.parent(),
      addLink: () => ({ editor }) => {
        if (!editor.state.selection.empty || editor.isActive("link")) openDialog(editor);
      },
    };
  },

  // All buttons are there when those of the links are added.
  addMenuItems(storage) {
    this.parent(storage);
    const textarea = this.editor.options.element.querySelector("textarea");
    const words = wordsOf(textarea);
    for (const [name, { button, option }] of Object.entries(storage._definedItems)) {
      button.title = words[name];
      button.setAttribute("aria-label", words[name]);
      if (option) option.textContent = words[name];
    }
    queueMicrotask(() => { // when the bar that holds them is there too
      storage.dom.setAttribute("role", "toolbar");
      storage.dom.setAttribute("aria-label", nameOf(textarea));
    });
  },
});

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const { dom } = editor.view;
  dom.setAttribute("aria-label", nameOf(textarea));
  dom.lang = textarea.lang;
  dom.spellcheck = true;
  dom.addEventListener("paste", (event) => paste(event, editor, textarea), true);
});

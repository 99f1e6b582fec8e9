// Keeps what is typed into a form of the admin until it is saved, and sends it from within the page.

import { fieldsOf, fill } from "./form-fields.js";

const KEPT = 7 * 24 * 3600e3; // milliseconds, as are the next two
const EVERY = 500;
const PATIENCE = 300e3; // many photos take it

const store = (() => {
  try {
    return localStorage;
  } catch {
    return {}; // the browser keeps nothing: the page does
  }
})();
const kept = (start) => Object.keys(store).filter((key) => key.startsWith(start)).sort();

// Whoever is logged in finds nothing of another person, and nothing is left after a log-out.
const { content: person } = document.querySelector("meta[name=person]");
const mine = `typed ${person} `;
for (const key of kept("typed "))
  if ((person && !key.startsWith(mine)) || JSON.parse(store[key]).moment < Date.now() - KEPT) delete store[key];

const byId = (id) => (id ? document.getElementById(id) : null);
const offered = document.querySelector("[data-offer]");
const form = offered?.closest("form");

const filesOf = (field) => [...field.files].map(({ name }) => name);
const fileFields = () => [...form.querySelectorAll("[type=file]")];
const state = () => JSON.stringify({ fields: fieldsOf(form), files: fileFields().flatMap(filesOf) });

let before, last, slot;
const start = () => (slot = `${mine}${location.pathname} ${new Date().toISOString()}`); // one a page: tabs differ

function keep() {
  const now = state();
  if (now === last) return;
  last = now;
  if (now === before) delete store[slot];
  else
    try {
      store[slot] = JSON.stringify({ moment: Date.now(), ...JSON.parse(now) });
    } catch {} // no room: the page asks before it is left
}

function offer() {
  const key = kept(`${mine}${location.pathname} `).findLast((key) => key !== slot);
  offered.hidden = !key;
  if (!key) return;
  const { moment, fields, files } = JSON.parse(store[key]);
  const style = { dateStyle: "long", timeStyle: "short" };
  offered.querySelector("time").textContent = new Date(moment).toLocaleString(document.documentElement.lang, style);
  offered.onclick = ({ target: { value } }) => {
    if (!value) return;
    if (value === "back") {
      keep();
      if (last !== before) start(); // what has been typed by now is offered in turn
      fill(form, fields);
      keep();
      const again = document.querySelector("[data-files]");
      again.hidden = !files.length;
      again.querySelector("span").textContent = files.join(", ");
    }
    delete store[key];
    offer();
  };
}

// The place below the form where it says what came of sending it.
const told = document.querySelector("[data-told]");

function tell(name) {
  for (const text of told.querySelectorAll("p")) text.hidden = text.dataset.about !== name;
  told.hidden = !name;
  told.querySelector("button").hidden = name === "sending";
  told.querySelector("a").hidden = !["session", "other"].includes(name);
  if (!name) return;
  told.focus();
  told.scrollIntoView({ block: "nearest" });
}

const parse = (text) => new DOMParser().parseFromString(text, "text/html");
const ask = (url) => fetch(url, { headers: { "X-Requested-With": "fetch" }, signal: AbortSignal.timeout(PATIENCE) });

// Sends what is typed, and shows how much has gone: photos take their time.
const post = (body) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", location.href);
    request.setRequestHeader("X-Requested-With", "fetch");
    request.timeout = PATIENCE;
    request.upload.onprogress = ({ loaded, total }) => (told.querySelector("progress").value = loaded / total);
    request.onload = () => resolve(request);
    request.onerror = request.ontimeout = reject;
    request.send(body);
  });

// Sends the form; returns what there is to tell.
async function send(submitter, isSecond = false) {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  const answer = await post(data);
  if (answer.status === 403 && !isSecond) {
    // The token is that of a session before: take another, if this person is logged in again.
    const page = await ask(told.querySelector("a").href);
    if (page.status === 401) return "session";
    if (!page.ok) return "server";
    const fresh = parse(await page.text());
    if (fresh.querySelector("meta[name=person]")?.content !== person) return "other";
    form.elements.csrfmiddlewaretoken.value = fresh.querySelector("[name=csrfmiddlewaretoken]").value;
    return send(submitter, true);
  }
  if (answer.status === 401) return "session";
  if (answer.status >= 500) return "server";
  if (answer.status >= 300) return "refused";
  if (answer.status === 204) {
    saved();
    location.assign(answer.getResponseHeader("Location"));
    return "sending";
  }
  return show(parse(answer.responseText));
}

function saved() {
  before = last = state();
  delete store[slot];
}

// Shows what a form that was refused says, on the form as it stands: it holds the files, too.
function show(page) {
  const popup = page.getElementById("django-admin-popup-response-constants");
  if (popup) {
    saved();
    const script = document.createElement("script");
    for (const { name, value } of popup.attributes) script.setAttribute(name, value);
    document.body.append(script);
    return "sending";
  }
  const answer = page.getElementById(form.id);
  if (!answer) return "server";
  const top = form.querySelector(":scope > div");
  const outdated = ".errornote, .errorlist, .row-form-errors, .draft, .overtaken, .still-chosen";
  for (const old of form.querySelectorAll(outdated)) old.remove();
  for (const old of form.querySelectorAll(".errors")) old.classList.remove("errors");
  for (const list of page.querySelectorAll(".messagelist")) byId("content").before(list);
  for (const kind of [".errornote", ".draft, .overtaken"]) top.before(...answer.querySelectorAll(kind));
  for (const list of answer.querySelectorAll(".errorlist")) place(list, top);
  for (const field of answer.elements)
    for (const name of ["aria-invalid", "aria-describedby"]) {
      const value = field.getAttribute(name);
      if (value) byId(field.id)?.setAttribute(name, value);
      else byId(field.id)?.removeAttribute(name);
    }
  fill(form, fieldsOf(answer).filter(([name]) => !name.startsWith("_")));
  for (const field of fileFields().filter(({ files }) => files.length)) {
    const note = Object.assign(document.createElement("div"), { className: "help still-chosen" });
    note.textContent = `${offered.dataset.chosen} ${filesOf(field).join(", ")}`;
    (field.closest(".flex-container") ?? field).after(note);
    field.addEventListener("change", () => note.remove(), { once: true });
  }
  document.title = page.title;
  before = ""; // what was refused is not saved, whatever is done to it
  return "";
}

// Puts errors where they stand in the answer: at a field, a part, all parts of a kind or the form.
function place(list, top) {
  const id = list.id.replace(/_error$/, "");
  const field = byId(id) ?? byId(id && `${id}_0`); // the first box of a moment
  const box = field?.closest("td, .fieldBox, .form-row");
  const row = list.closest(".row-form-errors");
  const part = list.closest(".inline-related[id], .inline-group");
  box?.classList.add("errors");
  if (box?.matches(".fieldBox")) box.before(list);
  else if (box) box.prepend(list);
  else if (row) byId(row.nextElementSibling.id)?.before(row);
  else if (part) byId(part.id)?.querySelector("h3, h2").after(list);
  else top.before(list);
}

function begin() {
  form.autocomplete = "off"; // or the browser fills in the half of it when somebody comes back
  before = last = document.querySelector(".errornote") ? "" : state();
  start();
  offer();
  setInterval(keep, EVERY); // what scripts fill in tells nobody
  addEventListener("pagehide", keep);
  addEventListener("beforeunload", (event) => state() !== before && event.preventDefault());
  form.addEventListener("click", (event) => {
    const field = event.target.matches(".faults a") && byId(event.target.hash.slice(1));
    const editor = field && field.closest(".prose-editor")?.querySelector(".tiptap");
    if (!editor) return;
    event.preventDefault(); // its own field is hidden
    editor.focus();
  });
  let pressed;
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.formTarget) return; // what is typed is shown in a tab of its own
    event.preventDefault();
    if (form.inert) return;
    keep();
    pressed = event.submitter;
    document.querySelector(".messagelist")?.remove(); // it tells of what was saved before
    form.inert = true; // until there is an answer, nothing more is typed or sent
    tell("sending");
    const name = await send(pressed).catch(() => "network");
    form.inert = name === "sending";
    tell(name);
    if (!name) form.querySelector(".faults").focus();
  });
  told.querySelector("button").addEventListener("click", () => form.requestSubmit(pressed));
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    form.inert = false;
    tell("");
  });
}

// When the other modules have set what they set.
if (form) addEventListener("DOMContentLoaded", begin);

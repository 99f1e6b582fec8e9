// Reads what is typed into a form of the admin, and fills a form with it.

const CHOICES = ["checkbox", "radio"];
const isTyped = ({ name, type }) =>
  name && !["file", "submit", "button"].includes(type) && !/^csrf|__prefix__/.test(name);

// What a form holds: names, values and, of what is chosen from a list, how it reads there.
export const fieldsOf = (form) =>
  [...form.elements].filter(isTyped).flatMap((field) => {
    if (field.options) return [...field.selectedOptions].map(({ value, text }) => [field.name, value, text]);
    return CHOICES.includes(field.type) && !field.checked ? [] : [[field.name, field.value]];
  });

function put(field, wanted) {
  const values = wanted.map(([, value]) => value);
  if (CHOICES.includes(field.type)) {
    if (field.checked === values.includes(field.value)) return;
    field.checked = !field.checked;
  } else if (field.options) {
    if (String([...field.selectedOptions].map(({ value }) => value)) === String(values)) return;
    for (const [, value, text] of wanted)
      if (![...field.options].some((option) => option.value === value)) field.add(new Option(text, value));
    for (const option of field.options) option.selected = values.includes(option.value);
  } else {
    if (!values.length || values[0] === field.value) return;
    [field.value] = values;
    // An element of Tiptap knows its editor.
    field.closest(".prose-editor")?.querySelector(".tiptap").editor.commands.setContent(field.value);
  }
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
}

// Fills a form with what another, or this one at another time, holds; adds the parts that it needs.
export function fill(form, fields) {
  for (const [name, value] of fields.filter(([name]) => name.endsWith("-TOTAL_FORMS"))) {
    const total = form.elements[name];
    const add = total?.closest(".inline-group").querySelector(".add-row a");
    for (let missing = add ? value - total.value : 0; missing > 0; missing--) add.click();
  }
  for (const field of [...form.elements].filter(isTyped))
    put(field, fields.filter(([name]) => name === field.name));
}

// Names each list that is searched as its field is named: Select2 tells its value alone.

function name() {
  for (const box of document.querySelectorAll(".select2-selection:not([aria-label])")) {
    const field = box.closest(".select2").previousElementSibling;
    const label = field.getAttribute("aria-label") ?? field.labels[0]?.textContent.trim().replace(/:$/, "");
    if (!label) continue;
    box.id = `${field.id}-box`;
    box.setAttribute("aria-label", label);
    box.setAttribute("aria-labelledby", `${box.id} ${box.getAttribute("aria-labelledby")}`);
    // Inside it there is text, not one more control.
    for (const role of ["role", "aria-readonly"]) box.firstElementChild.removeAttribute(role);
  }
}

django.jQuery(name); // when all that it had to do before is done
document.addEventListener("formset:added", name);

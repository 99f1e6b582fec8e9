// Takes several photos at once, one to a part of the form, and shows what was chosen. Large ones are
// made smaller before they are sent: the server would, and many go at once.

const LARGE = 2e6; // bytes
const LONGEST = 2400; // pixels, as the server keeps them
const SHOWN = 192; // pixels

function drawn(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = Object.assign(document.createElement("canvas"), { className: "photo", width, height });
  canvas.getContext("2d").drawImage(picture, 0, 0, width, height);
  return canvas;
}

function give(field, file) {
  const chosen = new DataTransfer();
  chosen.items.add(file);
  field.files = chosen.files;
}

async function smaller(file, picture) {
  const blob = await new Promise((resolve) => drawn(picture, LONGEST).toBlob(resolve, "image/jpeg", 0.92));
  return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
}

// Shows a photo beside its field, if this browser reads it; if not, the server says what it is.
async function show(field) {
  const [file] = field.files;
  const row = field.closest(".form-row");
  row.querySelector("canvas")?.remove();
  const picture = file && (await createImageBitmap(file).catch(() => null));
  if (!picture || field.files[0] !== file) return;
  const isTaken = field.accept.includes(file.type);
  if (!isTaken || (file.size > LARGE && file.type === "image/jpeg")) give(field, await smaller(file, picture));
  row.append(drawn(picture, SHOWN));
  picture.close();
}

for (const group of document.querySelectorAll(".inline-group:has([data-several])")) {
  const { accept, dataset } = group.querySelector("[data-several]");
  const several = Object.assign(document.createElement("input"), { type: "file", multiple: true, accept });
  const label = Object.assign(document.createElement("label"), { className: "several", textContent: dataset.several });
  label.append(several);
  group.querySelector("h2").after(label);

  several.addEventListener("change", async () => {
    const files = [...several.files];
    several.value = "";
    for (const file of files) {
      group.querySelector(".add-row a").click();
      const field = [...group.querySelectorAll(".inline-related:not(.empty-form) [type=file]")].at(-1);
      give(field, file);
      await show(field);
    }
  });
  group.addEventListener("change", ({ target }) => target.matches("[data-several]") && show(target));
}

// Says under a text how long it is and how long it should be at most.

for (const text of document.querySelectorAll("textarea[data-most]")) {
  const count = document.createElement("div");
  count.className = "help letter-count";
  text.after(count);
  const tell = () => {
    const length = text.value.trim().length;
    count.textContent = `${length} / ${text.dataset.most}`;
    count.classList.toggle("too-long", length > Number(text.dataset.most));
  };
  text.addEventListener("input", tell);
  tell();
}

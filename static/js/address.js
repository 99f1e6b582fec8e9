// The address keeps what a reload, the back button and the other language must not lose:
// the filters in its query, the map's view in its fragment.

export function rewrite({ search = location.search, hash = location.hash }, { push = false } = {}) {
  history[push ? "pushState" : "replaceState"](null, "", location.pathname + search + hash);
  for (const link of document.querySelectorAll(".language-switch a")) {
    link.search = search;
    link.hash = hash;
  }
}

// Returns the whole address of a page; on a disk nothing but its name leads from a folder to its page.
export function pageAt(address, start) {
  const url = new URL(address, start);
  if (url.protocol === "file:") url.pathname = url.pathname.replace(/\/$/, "/index.html");
  return url;
}

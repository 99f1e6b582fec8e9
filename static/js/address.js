// The address keeps what a reload, the back button and the other language must not lose:
// the filters in its query, the map's view in its fragment.

export function rewrite({ search = location.search, hash = location.hash }, { push = false } = {}) {
  history[push ? "pushState" : "replaceState"](null, "", location.pathname + search + hash);
  for (const link of document.querySelectorAll(".language-switch a")) {
    link.search = search;
    link.hash = hash;
  }
}

// Where an archive is opened from a disk, neither modules nor fetch load. This classic script runs the
// modules of the page as functions, and hands them files of the archive: cities/archive/disk.py writes both.

if (location.protocol === "file:") {
  const MOST_FRAMES = 6; // pages read at once
  const { src } = document.currentScript;
  const waiting = new Map(); // by address: who hears what a script hands over
  const turns = [];
  let frames = 0;

  window.fromDisk = (data) => waiting.get(document.currentScript.src)(data);

  const load = (address) =>
    new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src: address });
      waiting.set(script.src, resolve);
      script.addEventListener("error", () => reject(new Error(`${address} is not there`)));
      document.head.append(script);
      script.addEventListener("load", () => script.remove());
    });

  // Reads another page in a frame, where it tells itself.
  const read = async (address) => {
    if (frames >= MOST_FRAMES) await new Promise((resolve) => turns.push(resolve));
    frames++;
    const frame = Object.assign(document.createElement("iframe"), { src: address, hidden: true });
    const text = await new Promise((resolve) => {
      addEventListener("message", function hear({ source, data }) {
        if (source !== frame.contentWindow) return;
        removeEventListener("message", hear);
        resolve(data);
      });
      frame.addEventListener("load", () => setTimeout(resolve, 500)); // a page that is not there tells nothing
      document.documentElement.append(frame);
    });
    frame.remove();
    frames--;
    turns.shift()?.();
    return text;
  };

  const fetch = async (address) => {
    const { origin, protocol, pathname } = new URL(address, location);
    const url = `${protocol}//${pathname}`;
    const data = await (pathname.endsWith(".html") ? read(url) : load(`${url}.js`));
    return { ok: data !== undefined, url, json: async () => data, text: async () => data };
  };

  // A <use> does not reach into another file either: what it shows comes into this page.
  const draw = async () => {
    const uses = [...document.querySelectorAll("use[href*='.svg#']")];
    if (!uses.length) return;
    const [file] = uses[0].href.baseVal.split("#");
    const drawing = new DOMParser().parseFromString(await (await fetch(file)).text(), "image/svg+xml").documentElement;
    for (const part of drawing.querySelectorAll("[id]")) part.id = `base-${part.id}`;
    const shelf = document.querySelector("svg").cloneNode();
    shelf.append(document.importNode(drawing, true));
    document.body.append(shelf);
    for (const use of uses) use.setAttribute("href", `#base-${use.href.baseVal.split("#")[1]}`);
  };

  const start = async () => {
    const functions = await load(new URL("modules.js", src));
    const running = {};
    const need = (name) => (running[name] ??= functions[name.replace("./", "")](need, fetch));
    for (const { src } of document.querySelectorAll("script[type=module]")) need(src.split("/").at(-1));
  };

  if (parent !== window) parent.postMessage(document.documentElement.outerHTML, "*");
  else {
    draw();
    start();
  }
}

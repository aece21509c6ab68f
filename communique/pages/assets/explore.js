const WIDE = matchMedia("(min-width: 60rem)");
const place = (id) => document.getElementById(id);
const release = new Release(JSON.parse(place("data").textContent));
const names = ["tabs", "about", "warning", "search", "filters", "count", "nothing", "download", "clear", "scroll"];
const more = ["caption", "head", "body", "pager", "previous", "next", "range", "detail"];
const places = Object.fromEntries([...names, ...more].map((name) => [name, place(name)]));
const browser = new Browser(release, places);

/** Show what the address names: a row by its id, a table by its name, else the first table. */
function follow() {
  let wanted = "";
  try {
    wanted = decodeURIComponent(location.hash.slice(1));
  } catch {
    wanted = location.hash.slice(1);
  }
  const found = release.find(wanted);
  if (found) {
    browser.pick(found.table);
    browser.mark(wanted, found.row);
    open(detail(release, found));
    return;
  }
  browser.pick(release.byName.get(wanted) ?? browser.table ?? release.tables[0]);
  browser.mark(null, null);
  if (wanted && !release.byName.has(wanted)) open(unknown(wanted));
  else close();
}

function unknown(id) {
  const words = `No row on this page has the id ${visible(id)}. Releases with very many rows have only a part of them here; all are in the Parquet files beside it.`;
  return [element("h2", { id: "row-title", tabindex: "-1" }, "Not here"), element("p", {}, words)];
}

function open(content) {
  const shut = element("button", { type: "button", class: "shut" }, "Close");
  shut.addEventListener("click", back);
  places.detail.replaceChildren(shut, ...content.filter(Boolean));
  places.detail.hidden = false;
  places.detail.scrollTop = 0;
  place("row-title").focus({ preventScroll: true });
  if (!WIDE.matches) places.detail.scrollIntoView();
}

function close() {
  places.detail.hidden = true;
  places.detail.replaceChildren();
}

/** Shut the row and go on where it stands in the table. */
function back() {
  const at = Array.from(places.body.rows).findIndex((row) => row.hasAttribute("aria-current"));
  history.pushState(null, "", rowAddress(browser.table.name));
  close();
  browser.mark(null, null);
  places.body.rows[at]?.querySelector("a").focus();
}

places.search.addEventListener("input", () => {
  browser.words = places.search.value;
  browser.update();
});
places.clear.addEventListener("click", () => browser.clear());
places.previous.addEventListener("click", () => browser.turn(-1));
places.next.addEventListener("click", () => browser.turn(1));
places.download.addEventListener("click", () => {
  download(`${release.dataset}-${release.version}-${browser.table.name}.csv`, csv(browser.table, browser.rows));
});
places.detail.addEventListener("keydown", (event) => {
  if (event.key === "Escape") back();
});
place("narrow").open = WIDE.matches;
makeRowsUsable(places.body);
addEventListener("hashchange", follow);
follow();

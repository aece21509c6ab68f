const PAGE = 50;

/** What is looked at: a table, words, filters, an order, a page of rows. */
class Browser {
  constructor(release, places) {
    this.release = release;
    this.places = places;
    this.opened = null;
  }

  pick(table) {
    if (this.table === table) return;
    this.table = table;
    this.filters = new Map(table.filters.map((name) => [name, ""]));
    this.words = "";
    this.sorted = null;
    this.places.search.value = "";
    this._describe();
    this._offerFilters();
    this.update();
    (window.requestIdleCallback ?? setTimeout)(() => table.columnsSearched.forEach((column) => column.searched));
  }

  /** Find and order the rows anew and show the first of them. */
  update() {
    const found = matching(this.table, this.words, this.filters);
    this.rows = ordered(found, this.sorted && this.table.byName.get(this.sorted.name), this.sorted?.descending);
    this.first = 0;
    const { held, rows } = this.table;
    const of = this.rows.length === held ? "" : ` of ${NUMBERS.format(held)}`;
    const elsewhere = rows === held ? "" : ` on this page; the table has ${NUMBERS.format(rows)}`;
    const noun = this.rows.length === 1 && !of ? "row" : "rows";
    this.places.count.textContent = `${NUMBERS.format(this.rows.length)}${of} ${noun}${elsewhere}`;
    this.places.nothing.hidden = this.rows.length > 0;
    this.places.download.disabled = this.rows.length === 0;
    this.show();
  }

  show() {
    this.places.head.replaceChildren(this._head());
    const end = Math.min(this.first + PAGE, this.rows.length);
    this.places.body.replaceChildren(...Array.from(this.rows.slice(this.first, end), (row) => this._row(row)));
    this.places.range.textContent = this.rows.length ? `${this.first + 1}–${end} of ${this.rows.length}` : "";
    this.places.previous.disabled = this.first === 0;
    this.places.next.disabled = end >= this.rows.length;
    this.places.pager.hidden = this.rows.length <= PAGE;
  }

  turn(pages) {
    this.first += pages * PAGE;
    this.show();
    this.places.scroll.scrollTop = 0;
    this.places.body.querySelector("a")?.focus();
  }

  /** Show the page that has the row, and mark it there. */
  mark(id, row) {
    this.opened = id;
    if (row !== null) {
      if (!this.rows.includes(row)) this.clear();
      this.first = Math.floor(this.rows.indexOf(row) / PAGE) * PAGE;
    }
    this.show();
    const marked = this.places.body.querySelector("[aria-current]");
    const { scroll } = this.places;
    if (marked && (marked.offsetTop < scroll.scrollTop || marked.offsetTop > scroll.scrollTop + scroll.clientHeight - 60)) {
      scroll.scrollTop = marked.offsetTop - 60;
    }
  }

  clear() {
    this.words = this.places.search.value = "";
    for (const name of this.filters.keys()) this.filters.set(name, "");
    this._offerFilters();
    this.update();
  }

  _describe() {
    for (const link of this.places.tabs.querySelectorAll("a")) {
      if (link.hash === rowAddress(this.table.name)) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    this.places.about.replaceChildren(...prose(this.table.description));
    this.places.warning.replaceChildren(...prose(this.table.warning));
    this.places.caption.textContent = this.table.title;
  }

  _offerFilters() {
    this.places.filters.replaceChildren(
      ...[...this.filters.keys()].map((name) => element("label", {}, label(name), this._filter(name))),
    );
  }

  _filter(name) {
    const column = this.table.byName.get(name);
    const made = isListed(column)
      ? element("select", { name }, new Option("any", ""), ...options(column).map(option))
      : element("input", { name, type: "search", placeholder: "words in it" });
    made.value = this.filters.get(name);
    made.addEventListener("input", () => {
      this.filters.set(name, made.value);
      this.update();
    });
    return made;
  }

  _head() {
    const columns = [this.table.byName.get(this.table.key), ...this.table.columnsShown];
    return element("tr", {}, ...columns.map((column) => this._heading(column)));
  }

  _heading(column) {
    const isSorted = this.sorted?.name === column.name;
    const direction = isSorted ? (this.sorted.descending ? "descending" : "ascending") : null;
    const button = element("button", { type: "button", title: unquoted(column.description) }, label(column.name));
    button.append(element("span", { "aria-hidden": "true" }, isSorted ? (this.sorted.descending ? " ▼" : " ▲") : ""));
    button.addEventListener("click", () => {
      this.sorted = { name: column.name, descending: isSorted && !this.sorted.descending };
      this.update();
      this.places.head.querySelector("[aria-sort] button").focus();
    });
    return element("th", { scope: "col", "aria-sort": direction, class: column.kind }, button);
  }

  _row(row) {
    const id = this.table.id(row);
    const link = element("a", { href: rowAddress(id) }, visible(id));
    const cells = this.table.columnsShown.map((column) =>
      element("td", { class: column.kind }, element("bdi", {}, shown(column.at(row)))),
    );
    const attributes = { "aria-current": id === this.opened ? "true" : null };
    return element("tr", attributes, element("th", { scope: "row", class: "id" }, link), ...cells);
  }
}

/** A column's name in words. */
const label = (name) => name.replaceAll("_", " ");

function option({ key, value, rows }) {
  return new Option(`${value === null ? "none" : shown(value)} (${NUMBERS.format(rows)})`, key);
}

/** Arrow keys go from row to row, a click anywhere in a row opens it. */
function makeRowsUsable(body) {
  body.addEventListener("keydown", (event) => {
    const row = event.target.closest("tr");
    const to = { ArrowDown: row?.nextElementSibling, ArrowUp: row?.previousElementSibling }[event.key];
    if (!to) return;
    event.preventDefault();
    to.querySelector("a").focus();
  });
  body.addEventListener("click", (event) => {
    if (event.target.closest("a") || String(getSelection())) return;
    event.target.closest("tr")?.querySelector("a").click();
  });
}

/** One column: `values` are distinct, `codes` say which of them a row has (-1: none); null codes: one value a row. */
class Column {
  constructor(about, values, codes) {
    Object.assign(this, about);
    this.values = values;
    this.codes = codes;
  }

  code(row) {
    return this.codes === null ? row : this.codes[row];
  }

  at(row) {
    const code = this.code(row);
    return code < 0 ? null : this.values[code];
  }

  /** The values as a search reads them: numbers without commas. */
  get searched() {
    const words = (value) => (typeof value === "number" ? String(value) : folded(shown(value)));
    this._searched ??= this.values.map((value) => (value === null ? "" : words(value)));
    return this._searched;
  }

  /** The place of each value in the order of the column. */
  get ranks() {
    if (!this._ranks) {
      const order = this.values.map((_, code) => code).sort((a, b) => compare(this.values[a], this.values[b]));
      this._ranks = new Int32Array(order.length);
      order.forEach((code, rank) => (this._ranks[code] = this.values[code] === null ? -1 : rank));
    }
    return this._ranks;
  }

  rank(row) {
    const code = this.code(row);
    return code < 0 ? -1 : this.ranks[code];
  }
}

const COLLATOR = new Intl.Collator("en", { numeric: true });

function compare(a, b) {
  if (a === null || b === null) return (a === null) - (b === null);
  return typeof a === "number" ? a - b : COLLATOR.compare(shown(a), shown(b));
}

const OFFSETS = ["char_start", "char_end", "sentence_start", "sentence_end"];

class Table {
  constructor(about, sentences) {
    Object.assign(this, about);
    this.columns = about.columns.map((column) =>
      column.sentence
        ? new Column(column, sentences[column.sentence], about.sentence)
        : new Column(column, column.values, column.codes),
    );
    this.byName = new Map(this.columns.map((column) => [column.name, column]));
    this.columnsSearched = this.columns.filter((column) => !OFFSETS.includes(column.name));
    this.columnsShown = about.shown.map((name) => this.byName.get(name));
  }

  value(row, name) {
    return this.byName.get(name)?.at(row) ?? null;
  }

  id(row) {
    return this.value(row, this.key);
  }

  /** The row in a few words. */
  summary(row) {
    const words = this.columnsShown.map((column) => column.at(row)).filter((value) => value !== null && value !== "");
    return words.map(shown).join(" · ");
  }
}

/** All tables of the page, its sentences, and where each row stands. */
class Release {
  constructor(content) {
    this.version = content.version;
    this.dataset = content.dataset;
    this.sentences = content.sentences;
    this.tables = content.tables.map((table) => new Table(table, content.sentences));
    this.byName = new Map(this.tables.map((table) => [table.name, table]));
  }

  /** The table and number of the row with this id. */
  find(id) {
    if (!this._places) {
      this._places = new Map();
      for (const table of this.tables) {
        for (let row = 0; row < table.held; row++) this._places.set(table.id(row), { table, row });
      }
    }
    return this._places.get(id) ?? null;
  }

  /** The rows of all tables that come from one sentence. */
  inSentence(code) {
    this._bySentence ??= this._grouped((table) => (row) => (table.sentence ? [table.sentence[row]] : []));
    return this._bySentence.get(code) ?? [];
  }

  /** The rows of all tables that refer to an article or actor. */
  referringTo(id) {
    this._byReference ??= this._grouped((table) => {
      const columns = table.columns.filter((column) => column.refers);
      return (row) => new Set(columns.flatMap((column) => column.at(row) ?? []));
    });
    return this._byReference.get(id) ?? [];
  }

  _grouped(keysOf) {
    const groups = new Map();
    for (const table of this.tables) {
      const keys = keysOf(table);
      for (let row = 0; row < table.held; row++) {
        for (const key of keys(row)) {
          if (!groups.has(key)) groups.set(key, []);
          groups.get(key).push({ table, row });
        }
      }
    }
    return groups;
  }
}

/** Most values that a filter lists; with more it takes words. */
const MOST_LISTED = 300;

/** The rows of a table in which every word stands somewhere and every filter holds, as an array of row numbers. */
function matching(table, words, filters) {
  const parts = folded(visible(words)).split(/\s+/).filter(Boolean);
  const wanted = [...filters].filter(([, value]) => value !== "");
  const tests = [
    ...parts.map((word) => anywhere(table, withoutCommas(word))),
    ...wanted.map(([name, value]) => holds(table, table.byName.get(name), value)),
  ];
  const rows = Int32Array.from({ length: table.held }, (_, row) => row);
  return tests.reduce((left, passed) => left.filter((row) => passed[row]), rows);
}

const withoutCommas = (word) => (/^\d{1,3}(,\d{3})+$/.test(word) ? word.replaceAll(",", "") : word);

/** 1 for each row in which the word stands in any column. */
function anywhere(table, word) {
  const passed = new Uint8Array(table.held);
  for (const column of table.columnsSearched) pass(passed, column, (code) => column.searched[code].includes(word));
  return passed;
}

/** 1 for each row that has the value, given as JSON; in lists among others; in columns of many values as words in it. */
function holds(table, column, wanted) {
  const passed = new Uint8Array(table.held);
  if (!isListed(column)) pass(passed, column, (code) => column.searched[code].includes(folded(wanted)));
  else if (wanted === "null") passed.forEach((_, row) => (passed[row] = column.at(row) === null));
  else pass(passed, column, (code) => [column.values[code]].flat().some((item) => JSON.stringify(item) === wanted));
  return passed;
}

/** Set the rows whose value, by its code, is a good one. */
function pass(passed, column, isGood) {
  const good = Uint8Array.from(column.values, (_, code) => isGood(code));
  if (!good.includes(1)) return;
  for (let row = 0; row < passed.length; row++) passed[row] |= good[column.code(row)];
}

const isListed = (column) => options(column).length <= MOST_LISTED;

/** The values of a column with the number of their rows, in the order of their words; nulls last. */
function options(column) {
  if (!column._options) {
    const counts = new Map();
    const rows = column.codes === null ? column.values.length : column.codes.length;
    for (let row = 0; row < rows; row++) {
      const value = column.at(row);
      for (const item of Array.isArray(value) ? value : [value]) {
        const key = JSON.stringify(item);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    const entries = [...counts].map(([key, rows]) => ({ key, value: JSON.parse(key), rows }));
    column._options = entries.sort((a, b) => compare(a.value, b.value));
  }
  return column._options;
}

/** The rows in the order of a column; those without a value last either way. */
function ordered(rows, column, descending) {
  if (!column) return rows;
  const keys = new Int32Array(rows.length ? rows[rows.length - 1] + 1 : 0);
  for (const row of rows) {
    const rank = column.rank(row);
    keys[row] = rank < 0 ? column.values.length : descending ? -rank : rank;
  }
  return rows.slice().sort((a, b) => keys[a] - keys[b] || a - b);
}

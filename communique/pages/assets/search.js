/** Most values that a filter lists; with more it takes words. */
const MOST_LISTED = 300;

/** The rows of a table in which every word stands somewhere and every filter holds, as an array of row numbers. */
function matching(table, words, filters) {
  const tests = [
    ...folded(visible(words)).split(/\s+/).filter(Boolean).map((word) => anywhere(table, withoutCommas(word))),
    ...[...filters].filter(([, wanted]) => wanted !== "").map(([name, wanted]) => holds(table.byName.get(name), wanted)),
  ];
  const found = new Int32Array(table.held);
  let size = 0;
  for (let row = 0; row < table.held; row++) {
    if (tests.every((test) => test(row))) found[size++] = row;
  }
  return found.subarray(0, size);
}

const withoutCommas = (word) => (/^\d{1,3}(,\d{3})+$/.test(word) ? word.replaceAll(",", "") : word);

function anywhere(table, word) {
  const hits = table.columnsSearched.map((column) => [column, column.searched.map((text) => text.includes(word))]);
  const useful = hits.filter(([, hit]) => hit.includes(true));
  return (row) => useful.some(([column, hit]) => hit[column.code(row)]);
}

/** Whether a row has the value wanted, as JSON; in lists among others; in columns of many values as words in it. */
function holds(column, wanted) {
  const hit = isListed(column)
    ? column.values.map((value) => (Array.isArray(value) ? value : [value]).some((item) => JSON.stringify(item) === wanted))
    : column.searched.map((text) => text.includes(folded(wanted)));
  return wanted === "null" ? (row) => column.at(row) === null : (row) => hit[column.code(row)] === true;
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
  const sign = descending ? -1 : 1;
  const last = column.values.length;
  const keys = new Map();
  for (const row of rows) {
    const rank = column.rank(row);
    keys.set(row, rank < 0 ? last : sign * rank);
  }
  return Int32Array.from(rows).sort((a, b) => keys.get(a) - keys.get(b) || a - b);
}

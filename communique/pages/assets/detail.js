const MOST_LINKS = 12;
const PLACE = ["article_id", ...OFFSETS];

/** What is known of one row: its sentence with the words marked, its values, its neighbours, its article. */
function detail(release, { table, row }) {
  const article = release.find(table.value(row, "article_id"));
  return [
    element("h2", { id: "row-title", tabindex: "-1" }, element("bdi", {}, visible(table.id(row)))),
    element("p", { class: "quiet" }, `${table.title}, release ${release.version}`),
    ...sentence(release, table, row),
    article && table.name !== "articles" ? source(article) : ownSource(table, row),
    ...values(table, row),
    ...neighbours(release, table, row),
    ...references(release, table, row),
    ...citing(release, table, row, article),
  ];
}

function sentence(release, table, row) {
  if (!table.sentence) return [];
  const code = table.sentence[row];
  const text = release.sentences.text[code];
  const start = table.value(row, "char_start") - release.sentences.start[code];
  const end = table.value(row, "char_end") - release.sentences.start[code];
  if (text === null) {
    return [
      element("p", { class: "quiet" }, "The release does not have the sentence of this mention: no other table has a row from it. "),
      element("p", { class: "quiet" }, element("code", {}, `communique why ${visible(table.id(row))}`), " shows it where the articles are at hand."),
    ];
  }
  const characters = Array.from(text);
  const part = (from, to) => visible(characters.slice(from, to).join(""));
  return [
    element(
      "blockquote",
      {},
      element("bdi", {}, part(0, start), element("mark", {}, part(start, end)), part(end)),
    ),
  ];
}

function source({ table, row }) {
  const title = table.value(row, "title");
  const address = webAddress(table.value(row, "source_url"));
  const words = shown(title ?? table.id(row));
  const link = address
    ? element("a", { href: address, rel: "noopener noreferrer external" }, words)
    : element("bdi", {}, words);
  const rest = ["publisher", "published"].map((name) => table.value(row, name)).filter(Boolean).map(visible);
  return element(
    "p",
    { class: "source" },
    "From ",
    link,
    rest.length ? `, ${rest.join(", ")}` : "",
    ". ",
    element("a", { href: rowAddress(table.id(row)) }, "All rows of this article"),
  );
}

function ownSource(table, row) {
  const address = table.name === "articles" ? webAddress(table.value(row, "source_url")) : null;
  return address && element("p", { class: "source" }, element("a", { href: address, rel: "noopener noreferrer external" }, "Read it at its publisher"));
}

function values(table, row) {
  const isFilled = (column) => ![null, ""].includes(column.at(row)) && column.at(row).length !== 0;
  const told = table.columns.filter((column) => ![table.key, "evidence", ...PLACE].includes(column.name));
  const empty = told.filter((column) => !isFilled(column));
  const listed = (columns) => element("dl", {}, ...columns.flatMap((column) => value(column, column.at(row))));
  const span = table.columns.filter((column) => PLACE.includes(column.name));
  return [
    element("h3", {}, "Values"),
    listed(told.filter(isFilled)),
    empty.length ? element("p", { class: "quiet" }, `Empty: ${empty.map((column) => label(column.name)).join(", ")}.`) : null,
    table.sentence ? element("details", {}, element("summary", {}, "Where it stands in the article"), listed(span)) : null,
  ];
}

function value(column, content) {
  const items = Array.isArray(content) ? content : [content];
  const parts = items.flatMap((item, index) => [
    index ? ", " : "",
    column.refers ? element("a", { href: rowAddress(item) }, visible(item)) : element("bdi", {}, shown(item)),
  ]);
  const unit = column.kind === "number" && column.unit ? ` ${unquoted(column.unit)}` : "";
  return [
    element("dt", { title: unquoted(column.description) }, label(column.name)),
    element("dd", {}, ...parts, unit ? element("span", { class: "quiet" }, unit) : null),
  ];
}

function neighbours(release, table, row) {
  if (!table.sentence) return [];
  const others = release.inSentence(table.sentence[row]).filter((place) => place.table !== table || place.row !== row);
  return others.length ? [element("h3", {}, "Other rows of this sentence"), links(others)] : [];
}

function references(release, table, row) {
  if (table.sentence) return [];
  const groups = Map.groupBy(release.referringTo(table.id(row)), (place) => place.table);
  return [...groups].flatMap(([other, places]) => [
    element("h3", {}, `${other.title}: ${count(places.length, "row", "rows")}`),
    links(places),
  ]);
}

function links(places) {
  const items = places.map(({ table, row }) =>
    element(
      "li",
      {},
      element("a", { href: rowAddress(table.id(row)) }, visible(table.id(row))),
      " ",
      element("bdi", {}, table.summary(row)),
    ),
  );
  const first = element("ul", { class: "rows" }, ...items.slice(0, MOST_LINKS));
  if (items.length <= MOST_LINKS) return first;
  const more = items.slice(MOST_LINKS);
  return element(
    "div",
    {},
    first,
    element("details", {}, element("summary", {}, `${more.length} more`), element("ul", { class: "rows" }, ...more)),
  );
}

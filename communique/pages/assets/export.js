/** The row as a reference in a text. */
function citation(release, table, row, article) {
  const from = article ?? { table, row };
  const [title, publisher, published, address] = ["title", "publisher", "published", "source_url"].map((name) =>
    from.table.value(from.row, name),
  );
  const code = table.sentence?.[row];
  const words = code === undefined ? null : release.sentences.text[code];
  const quoted = words === null ? "" : ` “${words}”`;
  const where = [title && `“${title}”`, publisher, published, address].filter(Boolean).join(", ");
  const record = `${release.dataset} ${release.version}, ${table.name}, ${table.id(row)}.`;
  return visible(`${quoted ? `${quoted.trim()} ` : ""}${where ? `${where}. ` : ""}In: ${record}`);
}

function citing(release, table, row, article) {
  const text = element("textarea", { readonly: true, rows: "4", "aria-label": "Citation" });
  text.value = citation(release, table, row, article);
  const said = element("span", { role: "status" });
  const copy = element("button", { type: "button", class: "copy" }, "Copy as citation");
  copy.addEventListener("click", () => copyFrom(text, said));
  return [element("h3", {}, "Citation"), text, element("p", {}, copy, " ", said)];
}

/** To the clipboard; where the browser forbids it the text is selected for the reader to copy. */
async function copyFrom(text, said) {
  try {
    await navigator.clipboard.writeText(text.value);
    said.textContent = "Copied.";
  } catch {
    text.focus();
    text.select();
    said.textContent = "Selected: copy it with the keyboard.";
  }
}

/** The rows with all columns, as RFC 4180 has it, in UTF-8 with a mark that spreadsheets look for. */
function csv(table, rows) {
  const lines = [table.columns.map((column) => column.name)];
  for (const row of rows) lines.push(table.columns.map((column) => cell(column.at(row))));
  return `\ufeff${lines.map((line) => line.map(quoted).join(",")).join("\r\n")}\r\n`;
}

/** The value as text; text that a spreadsheet would run as a formula gets an apostrophe before it. */
function cell(value) {
  if (value === null) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = Array.isArray(value) ? value.join("; ") : value;
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** Control characters but tab and newline, and those that turn or break the line; `words.py` has the same. */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const NOTHING = "–";
const NUMBERS = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 4 });

/** The text with every character of UNSEEN spelled out, as `[U+202E]`. */
function visible(text) {
  return String(text).replace(UNSEEN, (character) => {
    return `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}

/** A value of a table as a person reads it. */
function shown(value) {
  if (value === null || value === undefined) return NOTHING;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return NUMBERS.format(value);
  if (Array.isArray(value)) return value.length ? value.map(visible).join(", ") : NOTHING;
  return visible(value);
}

/** The text in small letters without accents, so that a search for Shinzo finds Shinzō. */
function folded(text) {
  const plain = /^[\0-\x7f]*$/.test(text) ? text : text.normalize("NFD").replace(/\p{M}/gu, "");
  return plain.toLowerCase();
}

function count(number, one, many) {
  return `${NUMBERS.format(number)} ${number === 1 ? one : many}`;
}

/** An element with attributes and children; text is text, never markup. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** The address of a publisher's page; null unless it is one that a browser may follow. */
function webAddress(text) {
  try {
    const address = new URL(text);
    return ["http:", "https:"].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

/** Words in which names of columns stand between backticks. */
function prose(text) {
  return text.split("`").map((part, index) => (index % 2 ? element("code", {}, visible(part)) : visible(part)));
}

const unquoted = (text) => text.replaceAll("`", "");

const rowAddress = (id) => `#${encodeURIComponent(id)}`;

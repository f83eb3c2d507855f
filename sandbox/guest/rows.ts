// Rows in the guest: frozen, flat, plain. Each has its JSON text, made once, so that a result that
// consists of rows costs no serialising.

export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;

/** Every row of a table is a key here; '' until its text is asked for. */
const texts = new WeakMap<object, string>();

/**
 * A frozen plain copy of what a tool hands over, which might be anything: own columns only, each a
 * JSON value without parts.
 */
export function copyRow(source: object): Row {
  const copy = { ...source } as Record<string, unknown>;
  // The copy inherits nothing that can be enumerated, and this loop makes no list of keys.
  // oxlint-disable-next-line eslint/guard-for-in
  for (const column in copy) {
    const value = copy[column];
    const type = typeof value;
    if (type === 'string' || type === 'boolean' || value === null) continue;
    if (type !== 'number' || !Number.isFinite(value)) throw new TypeError('a column is no flat JSON value');
  }
  return adoptRow(copy as Row);
}

/** Freezes a row that came from JSON text. */
export function adoptRow(row: Row): Row {
  texts.set(row, '');
  return Object.freeze(row);
}

/** JSON text of a row, or undefined when the object is no row of a table. */
export function rowText(value: object): string | undefined {
  const text = texts.get(value);
  if (text !== '') return text;
  const made = JSON.stringify(value);
  texts.set(value, made);
  return made;
}

/** Whether two rows have the same columns with the same values. */
export function sameRow(one: Row, other: Row): boolean {
  if (one === other) return true;
  const [text = '', otherText = ''] = [rowText(one), rowText(other)];
  // Texts of one length may tell the same columns in another order.
  if (text === otherText || text.length !== otherText.length) return text === otherText;
  const columns = Object.keys(one);
  if (columns.length !== Object.keys(other).length) return false;
  return columns.every((column) => Object.hasOwn(other, column) && one[column] === other[column]);
}

// A table as emitted code sees it: reads, and writes through put, add and remove alone. Rows are
// frozen; a write replaces a row. `where` on a reference uses an index.

export interface Table<Row extends object, Key extends keyof Row = never> {
  get(id: string | null): Row | undefined;
  /** The row, which a reference promises to be there. */
  must(id: string): Row;
  /** All rows in order of insertion; a replaced row keeps its place. */
  all(): readonly Row[];
  /** The rows whose column equals the value, in order of insertion. */
  where<Column extends keyof Row>(column: Column, value: Row[Column]): readonly Row[];
  /** Replaces a row that is there. */
  put(row: Row): Row;
  /** Adds a row under a new seeded id. */
  add(fields: Omit<Row, Key>): Row;
  remove(id: string): void;
}

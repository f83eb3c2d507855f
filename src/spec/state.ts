// The state of a world: rows by entity, in insertion order. Rows hold ids for references.

export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;

export interface State {
  /** The virtual clock, as 2025-06-02T09:00Z. */
  readonly now: string;
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  /** How many rows of each entity were ever created: the ordinal of the next id. */
  readonly created: Readonly<Record<string, number>>;
}

// A checked decision table.
import type { Type } from './model.js';

/** A decision table: the first row whose cells all hold says what comes out. Every case has one. */
export interface Table {
  readonly name: string;
  readonly doc: string;
  readonly inputs: readonly { readonly name: string; readonly type: Type }[];
  readonly gives: Type;
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly cells: readonly Cell[]; // one for each input
  readonly gives: Atom;
}

/** A value of a table: an enum's member, a whole number, true or false. */
export type Atom = string | number | boolean;

/** What a cell asks of its input. */
export type Cell =
  | { readonly kind: 'any' }
  | { readonly kind: 'values'; readonly of: readonly Atom[] }
  | { readonly kind: 'limit'; readonly op: '<' | '<=' | '>' | '>='; readonly value: number }
  | { readonly kind: 'range'; readonly from: number; readonly to: number }; // both counted

// Arguments in code: their text, what stands for one that is left out, and what ends the call at once.
import type { Entity, Field, Param } from '../spec/model.js';
import { quote } from './code.js';
import type { Doc } from './layout.js';
import type { Block } from './scope.js';

/** What is returned when no row has the id, whose text in code is given, and when two lines are the same. */
export interface Early {
  readonly missing: (entity: Entity, id: string) => Doc;
  readonly same: (refusal: { readonly code: string; readonly message: string }) => Doc;
}

/** What a value that is left out is. */
export function fallback(field: Field): string {
  const value = field.default ?? null;
  return typeof value === 'string' ? quote(value) : String(value);
}

/** The text of an argument. */
export function argument(param: Param, block: Block): string {
  block.needs.args = true;
  return `args.${param.name}`;
}

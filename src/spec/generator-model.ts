// What a generator of seed values is, once read. generator.ts reads them, draw-value.ts runs them.
import { fail, type Issue, type Result } from '../core/result.js';
import type { Column } from './model.js';
import type { Value } from './state.js';

/** A source of values for one column. `capacity` is how many distinct ones it can give. */
export type Generator = { readonly capacity: number } & (
  | { readonly kind: 'int'; readonly low: number; readonly high: number; readonly step: number }
  | {
      readonly kind: 'date'; // minutes from the clock; `step` in minutes where one was given
      readonly low: number;
      readonly high: number;
      readonly time: boolean;
      readonly step?: number;
    }
  | {
      readonly kind: 'after'; // minutes from another column of the row
      readonly column: string;
      readonly low: number;
      readonly high: number;
      readonly time: boolean;
    }
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'pick'; readonly of: readonly Value[] }
  | {
      readonly kind: 'beside'; // what stands at the same place as another column's choice
      readonly column: string;
      readonly values: readonly (readonly [Value, Value])[];
    }
  | { readonly kind: 'words'; readonly low: number; readonly high: number }
  | { readonly kind: 'bool'; readonly chance: number }
  | { readonly kind: 'faker'; readonly path: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'cases'; readonly cases: readonly Case[]; readonly otherwise: Generator }
);

/** `returned, lost => date:-9d..0d`: the generator for rows whose column has one of the values. */
export interface Case {
  readonly column: string;
  readonly values: readonly Value[];
  readonly generator: Generator;
}

/** What a generator has to know of its column. */
export type GeneratedColumn = Pick<Column, 'type' | 'attr'> &
  Partial<Pick<Column, 'pattern' | 'min' | 'max'>>;

export type Sibling = Pick<Column, 'attr' | 'column' | 'role' | 'type' | 'gen'>;
export type Parsed = Result<Generator>;

/** The pattern with its places filled: # a digit, ? a capital letter. */
export function patternValue(pattern: string, next: () => number): string {
  return pattern
    .replaceAll('#', () => String(Math.floor(next() * 10)))
    .replaceAll('?', () => String.fromCodePoint(65 + Math.floor(next() * 26)));
}

export function patternCapacity(pattern: string): number {
  return Array.from(pattern).reduce((total, at) => total * (at === '#' ? 10 : at === '?' ? 26 : 1), 1);
}

export function bad(
  message: string,
  hint?: string,
): { readonly ok: false; readonly error: readonly Issue[] } {
  return fail([hint === undefined ? { path: '', message } : { path: '', message, hint }]);
}

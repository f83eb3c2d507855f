// Where an expression stands in emitted code, and what is known there.
import type { Expr } from '../spec/model.js';
import { call, levels, type Code } from './code.js';
import { insideCallback, type Facts } from './facts.js';
import { guest, type Block } from './scope.js';

/** A condition, and what follows from it. */
export interface Condition extends Code {
  readonly whenTrue: Facts;
  readonly whenFalse: Facts;
  /** Its outcome, where what is known settles it. */
  readonly decided?: boolean;
}

export interface Place {
  readonly block: Block;
  /** What is known here, also from the conditions to the left in the same expression. */
  readonly facts: Facts;
  /** Variables that are parameters of the callbacks around it. */
  readonly inner: ReadonlySet<string>;
  /** Whether it is evaluated whenever its statement is. */
  readonly certain: boolean;
  /** What writes the parts of an expression. */
  readonly write: {
    readonly value: (expr: Expr, place: Place) => Code;
    readonly condition: (expr: Expr, place: Place, wanted: boolean) => Condition;
  };
}

/** The place in front of the statement: nothing is known there of what the statement itself tests. */
export function inFront(place: Place): Place {
  return { ...place, facts: place.block.facts, inner: new Set() };
}

/** The place inside a callback whose parameter is the variable. */
export function callbackPlace(place: Place, variable: string): Place {
  const inner = new Set([...place.inner, variable]);
  return { ...place, facts: insideCallback(place.facts), inner, certain: false };
}

/** Whether the constant, or property of one, is known not to be null. */
export function isKnown(text: string, place: Place): boolean {
  return place.facts.get(text)?.present === true;
}

/** A nullable value that the checker proved to be there: wrapped where TypeScript does not see it. */
export function provenCode(code: Code, place: Place): Code {
  if (code.reference !== undefined && isKnown(code.reference, place)) return code;
  return call(guest(place.block, 'present'), [code]);
}

export function orNull(code: Code): Code {
  const doc = [code.doc, ' ?? null'];
  return { doc, level: levels.nullish, op: '??', parts: [doc] };
}

// What a condition says of the rows that it chose: `first(Hold h where h.status == 'waiting')` waits,
// and an event that asks for it needs no check.
import type { Expr } from '../spec/model.js';
import { condition } from './expression-text.js';
import { both, factOf, noFacts, type Facts } from './facts.js';
import { innerBlock, rowVariable, type Block } from './scope.js';
import { entityOf } from './type-text.js';

interface Choice {
  readonly variable: string;
  readonly variableType: Expr['type'];
  readonly where?: Expr;
}

/** Adds to what is known in the block: the constant holds a row that was chosen like that. */
export function learnChosen(choice: Choice, constant: string, block: Block): void {
  if (choice.where === undefined) return;
  const trial = innerBlock(block, noFacts);
  // The block holds the rows of a line already.
  if (choice.variableType.kind === 'row') {
    const entity = entityOf(block.file.domain, choice.variableType.entity);
    trial.variables.set(choice.variable, rowVariable(entity, constant));
  } else if (choice.variableType.kind !== 'record') return;
  const { whenTrue } = condition(choice.where, trial);
  // TypeScript does not see through the callback: that a value is there stays to be shown to it.
  const values = [...whenTrue].flatMap(([text, fact]) =>
    text.startsWith(`${constant}.`) && fact.values !== undefined
      ? [[text, factOf(false, fact.values)] as const]
      : [],
  );
  block.facts = both(block.facts, new Map(values) satisfies Facts);
}

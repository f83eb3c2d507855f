// What an expression looks at: columns of rows, and whole tables where it counts or searches.
// Columns are named `Entity.column`; `Entity.*` stands for which rows there are.
import { partsOf } from '../spec/mention.js';
import type { Expr } from '../spec/model.js';

/** The columns and tables that an expression reads. */
export function readsOf(expr: Expr): ReadonlySet<string> {
  const reads = new Set<string>();
  collect(expr, reads);
  return reads;
}

/** The columns and tables that any of the expressions reads. */
export function readsOfAll(exprs: readonly Expr[]): ReadonlySet<string> {
  const reads = new Set<string>();
  for (const expr of exprs) collect(expr, reads);
  return reads;
}

function collect(expr: Expr, reads: Set<string>): void {
  if (expr.kind === 'member' && expr.of.type.kind === 'row' && expr.attr !== 'id') {
    reads.add(`${expr.of.type.entity}.${expr.column}`);
  }
  if (expr.kind === 'aggregate' && 'entity' in expr.source) reads.add(`${expr.source.entity}.*`);
  for (const part of partsOf(expr)) collect(part, reads);
}

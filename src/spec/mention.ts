// Looking into typed expressions: the parts of one, and whether it speaks of a variable.
import type { Expr } from './model.js';

/** The direct parts of an expression. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
    case 'now':
    case 'variable':
      return [];
    case 'member':
    case 'unary':
      return [expr.of];
    case 'binary':
      return [expr.left, expr.right];
    case 'math':
    case 'table':
      return expr.args;
    case 'aggregate':
      return [
        ...('list' in expr.source ? [expr.source.list] : []),
        ...(expr.where === undefined ? [] : [expr.where]),
        ...(expr.body === undefined ? [] : [expr.body]),
      ];
  }
}

/** Whether the expression reads the variable. */
export function mentions(expr: Expr, variable: string): boolean {
  if (expr.kind === 'variable') return expr.name === variable;
  return partsOf(expr).some((part) => mentions(part, variable));
}

// The parts of an expression, and the expression with another part.
import type { Expr } from '../spec/model.js';

type Rebuild = (child: Expr) => Expr;

/** The parts of an expression, each with how the whole is made with another part in its place. */
export function children(expr: Expr): readonly (readonly [Expr, Rebuild])[] {
  switch (expr.kind) {
    case 'member':
    case 'unary':
      return [[expr.of, (of) => ({ ...expr, of })]];
    case 'binary':
      return [
        [expr.left, (left) => ({ ...expr, left })],
        [expr.right, (right) => ({ ...expr, right })],
      ];
    case 'math':
      return expr.args.map((arg, at) => [arg, (other) => ({ ...expr, args: expr.args.with(at, other) })]);
    case 'table':
      return expr.args.map((arg, at) => [arg, (other) => ({ ...expr, args: expr.args.with(at, other) })]);
    case 'aggregate': {
      const { source, where, body } = expr;
      const parts: (readonly [Expr, Rebuild])[] = [];
      if ('list' in source) parts.push([source.list, (list) => ({ ...expr, source: { list } })]);
      if (where !== undefined) parts.push([where, (other) => ({ ...expr, where: other })]);
      if (body !== undefined) parts.push([body, (other) => ({ ...expr, body: other })]);
      return parts;
    }
    default:
      return [];
  }
}

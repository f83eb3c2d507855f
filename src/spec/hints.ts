// What a condition says before any row is looked at: equalities that narrow which rows an aggregate
// has to see. A state may use them as an index, an agent as the arguments of a read.
import { partsOf } from './mention.js';
import type { Expr } from './model.js';

type Member = Extract<Expr, { kind: 'member' }>;
type Condition = { readonly variable: string; readonly where?: Expr };

/** A conjunct `v.column == <expr without v>`. A reference says whose rows are meant. */
export interface Hint {
  readonly column: string;
  readonly value: Expr;
  readonly isReference: boolean;
}

const found = new WeakMap<Condition, readonly Hint[]>();

/** The conjuncts of a condition that can be evaluated before any row is chosen. */
export function equalities(over: Condition): readonly Hint[] {
  const known = found.get(over);
  if (known !== undefined) return known;
  const hints = findEqualities(over);
  found.set(over, hints);
  return hints;
}

function findEqualities(over: Condition): readonly Hint[] {
  return conjuncts(over.where).flatMap((part) => {
    const found = sides(part, over.variable);
    // A value that an earlier conjunct proved present may be null out here.
    if (found === undefined || mentions(found.value, (inner) => 'present' in inner)) return [];
    const { column, type } = found.member;
    return [{ column, value: found.value, isReference: type.kind === 'row' }];
  });
}

/** Whether the expression or a part of it satisfies the test. */
export function mentions(expr: Expr, test: (expr: Expr) => boolean): boolean {
  return test(expr) || partsOf(expr).some((part) => mentions(part, test));
}

/** The two sides of `v.column == <expr without v>`, whichever way round it is written. */
function sides(part: Expr, variable: string): { readonly member: Member; readonly value: Expr } | undefined {
  if (part.kind !== 'binary' || part.op !== '==') return undefined;
  const isVariable = (expr: Expr): boolean => expr.kind === 'variable' && expr.name === variable;
  for (const [member, value] of [
    [part.left, part.right],
    [part.right, part.left],
  ] as const) {
    if (member.kind === 'member' && isVariable(member.of) && !mentions(value, isVariable)) {
      return { member, value };
    }
  }
  return undefined;
}

function conjuncts(where: Expr | undefined): readonly Expr[] {
  if (where === undefined) return [];
  if (where.kind !== 'binary' || where.op !== 'and') return [where];
  return [...conjuncts(where.left), ...conjuncts(where.right)];
}

// Flow facts: which nullable paths are proven to be there. Conditions add facts; a `set` takes
// away those that it may have made untrue, also through another name of the same row.
import type { Expr } from './model.js';

/** A path: its text, and the attribute that each step reads. */
interface ProvenPath {
  readonly key: string;
  readonly steps: readonly { readonly entity: string; readonly attr: string }[];
}

export type Facts = ReadonlyMap<string, ProvenPath>;

export const noFacts: Facts = new Map();

/** The path of `loan.copy.book` or `line.model`; undefined for what is no path from a variable. */
export function pathOf(expr: Expr): ProvenPath | undefined {
  if (expr.kind === 'variable') return { key: expr.name, steps: [] };
  if (expr.kind !== 'member') return undefined;
  const base = pathOf(expr.of);
  // Nothing writes a line item: its fields are no steps that a write could turn.
  if (expr.of.type.kind === 'record') return base && { ...base, key: `${base.key}.${expr.attr}` };
  if (expr.of.type.kind !== 'row') return undefined;
  const step = { entity: expr.of.type.entity, attr: expr.attr };
  return base && { key: `${base.key}.${expr.attr}`, steps: [...base.steps, step] };
}

/** What is proven to be there when the condition came out as `truth`. */
export function factsOf(condition: Expr, truth: boolean): Facts {
  if (condition.kind === 'unary' && condition.op === 'not') return factsOf(condition.of, !truth);
  if (condition.kind !== 'binary') return noFacts;
  const { op, left, right } = condition;
  if (op === 'and' || op === 'or') {
    const sides = [factsOf(left, truth), factsOf(right, truth)] as const;
    return (op === 'and') === truth ? union(...sides) : intersection(...sides);
  }
  if (op !== '==' && op !== '!=') return noFacts;
  const same = (op === '==') === truth;
  const proven = [provenBy(left, right, same), provenBy(right, left, same)].filter(
    (path) => path !== undefined,
  );
  return new Map(proven.map((path) => [path.key, path]));
}

// x != null, or x == y where y is never null
function provenBy(expr: Expr, other: Expr, same: boolean): ProvenPath | undefined {
  if (expr.type.nullable !== true) return undefined;
  const shown = other.type.kind === 'null' ? !same : same && other.type.nullable !== true;
  return shown ? pathOf(expr) : undefined;
}

export function union(left: Facts, right: Facts): Facts {
  return new Map([...left, ...right]);
}

export function intersection(left: Facts, right: Facts): Facts {
  return new Map([...left].filter(([key]) => right.has(key)));
}

/** The facts that outlive a write of `entity.attr`; one that ends in it only if what was written is not null. */
export function afterWrite(facts: Facts, entity: string, attr: string, writtenNull: boolean): Facts {
  const outlives = ({ steps }: ProvenPath): boolean =>
    steps.every((step, index) => {
      const written = step.entity === entity && step.attr === attr;
      return !written || (index === steps.length - 1 && !writtenNull);
    });
  return new Map([...facts].filter(([, path]) => outlives(path)));
}

// Which states a row can be in when a fire is reached: requires, branches, loops and `first` may have
// fixed its status on the way. A refusal that they rule out is not a declared one.
import type { Expr, SpecTool, Statement } from '../spec/model.js';

type Fire = Extract<Statement, { kind: 'fire' }>;

/** The states among `states` in which the row of a fire can be, as far as the conditions before it say. */
export function possibleStates(tool: SpecTool, fire: Fire, states: readonly string[]): readonly string[] {
  const facts = [
    ...tool.requires.flatMap(({ holds }) => conjuncts(holds)),
    ...factsTo(tool.body, fire),
    ...sourceFacts(tool, fire.row),
  ];
  const row = rowKey(fire.row);
  return states.filter((state) => facts.every((fact) => allows(fact, row, state)));
}

/** What holds where the statement stands, from the blocks around it. Null when it is not in there. */
function factsTo(body: readonly Statement[], wanted: Statement): readonly Expr[] {
  for (const statement of body) {
    if (statement.kind === 'if') {
      if (contains(statement.then, wanted)) {
        return [...conjuncts(statement.condition), ...factsTo(statement.then, wanted)];
      }
      if (contains(statement.else, wanted)) return factsTo(statement.else, wanted);
    }
    if (statement.kind === 'each' && contains(statement.do, wanted)) {
      const where = statement.where === undefined ? [] : conjuncts(statement.where);
      return [...where, ...factsTo(statement.do, wanted)];
    }
  }
  return [];
}

/** `first(Hold h where h.status == 'waiting' …)`: what its condition says of the row it gives. */
function sourceFacts(tool: SpecTool, row: Expr): readonly Expr[] {
  if (row.kind !== 'variable') return [];
  const meaning = tool.lets.find(({ name }) => name === row.name)?.value;
  if (meaning?.kind !== 'aggregate' || meaning.fn !== 'first' || meaning.where === undefined) return [];
  return conjuncts(renamed(meaning.where, meaning.variable, row.name));
}

function renamed(expr: Expr, from: string, to: string): Expr {
  return JSON.parse(
    JSON.stringify(expr, (_, value: unknown) => {
      const node = value as { kind?: unknown; name?: unknown } | null;
      return typeof node === 'object' && node?.kind === 'variable' && node.name === from
        ? { ...node, name: to }
        : value;
    }),
  ) as Expr;
}

function allows(fact: Expr, row: string, state: string): boolean {
  if (fact.kind !== 'binary') return true;
  if (fact.op === 'or') return allows(fact.left, row, state) || allows(fact.right, row, state);
  if (fact.op === 'and') return allows(fact.left, row, state) && allows(fact.right, row, state);
  if (fact.op !== '==' && fact.op !== '!=') return true;
  for (const [side, other] of [
    [fact.left, fact.right],
    [fact.right, fact.left],
  ] as const) {
    if (side.kind !== 'member' || side.column !== 'status' || other.kind !== 'literal') continue;
    if (rowKey(side.of) === row) return (other.value === state) === (fact.op === '==');
  }
  return true;
}

/** Names a path without its types and proofs: loan.copy. */
function rowKey(expr: Expr): string {
  if (expr.kind === 'variable') return expr.name;
  return expr.kind === 'member' ? `${rowKey(expr.of)}.${expr.column}` : `?${JSON.stringify(expr)}`;
}

function conjuncts(expr: Expr): readonly Expr[] {
  if (expr.kind !== 'binary' || expr.op !== 'and') return [expr];
  return [...conjuncts(expr.left), ...conjuncts(expr.right)];
}

function contains(body: readonly Statement[], wanted: Statement): boolean {
  return body.some(
    (statement) =>
      statement === wanted ||
      (statement.kind === 'if' && (contains(statement.then, wanted) || contains(statement.else, wanted))) ||
      (statement.kind === 'each' && contains(statement.do, wanted)),
  );
}

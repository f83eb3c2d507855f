// The rows of decision tables as goals: each row is to be the one that counts in some case, of
// whatever asks the table. Rows that a call can never come to, by its literals, by the bounds of what
// it passes or by what is required before, are no goals of that call.
import { decide } from '../spec/decide.js';
import type { Domain, Expr, Param } from '../spec/model.js';
import { possibleRows, rowCondition, type TableCall } from '../spec/table-rows.js';
import type { GoalOutcome } from './case.js';
import { tablesIn } from './force-row.js';
import type { Entities } from './variants.js';

interface RowGoal {
  readonly id: string;
  readonly call: TableCall;
  readonly row: number;
}

/** What is known where an expression stands. */
interface Surroundings {
  readonly entities: Entities;
  readonly params?: readonly Param[];
  readonly given?: readonly Expr[];
}

/** The rows that the tables in an expression can come to. */
export function tableRowGoals(expr: Expr, place: string, around: Surroundings): readonly RowGoal[] {
  return tablesIn(expr).flatMap((call, index) => {
    const given = [...(around.given ?? []), ...call.args.flatMap((arg) => boundsOf(arg, around))];
    return possibleRows(call)
      .filter((row) => isOpen(call, row, given))
      .map((row) => ({ id: `${rowName(call.table.name, row)} at ${place}.${index}`, call, row }));
  });
}

function isOpen({ table, args }: TableCall, index: number, given: readonly Expr[]): boolean {
  const row = table.rows[index];
  const condition = row && rowCondition(row, args);
  return condition === undefined || decide(condition, given) !== 'never';
}

/** The bounds of a parameter or a column, as conditions. */
function boundsOf(arg: Expr, { params = [], entities }: Surroundings): readonly Expr[] {
  const { min, max } = boundsFor(arg, params, entities) ?? {};
  const compare = (op: '>=' | '<=', value: number): Expr => {
    const right: Expr = { kind: 'literal', value, type: arg.type };
    return { kind: 'binary', op, left: arg, right, type: { kind: 'bool' } };
  };
  return [
    ...(min === undefined ? [] : [compare('>=', min)]),
    ...(max === undefined ? [] : [compare('<=', max)]),
  ];
}

function boundsFor(
  arg: Expr,
  params: readonly Param[],
  entities: Entities,
): { readonly min?: number; readonly max?: number } | undefined {
  if (arg.kind === 'variable') return params.find(({ binds }) => binds === arg.name);
  if (arg.kind !== 'member' || arg.of.type.kind !== 'row') return undefined;
  return entities.get(arg.of.type.entity)?.columns.find(({ column }) => column === arg.column);
}

function rowName(table: string, row: number): string {
  return `table ${table} row ${row + 1}`;
}

/** Each row once, over all that ask its table. */
export function tableGoals({ tables }: Domain, found: readonly GoalOutcome[]): GoalOutcome[] {
  const names = tables.flatMap(({ name, rows }) => rows.map((_, index) => rowName(name, index)));
  return names.flatMap((name): GoalOutcome[] => {
    const goals = found.filter(({ id }) => id.includes(`: ${name} at `));
    if (goals.length === 0) return [];
    const reached = goals.some((goal) => goal.reached);
    return [{ id: `${name} once`, kind: 'branch', required: true, reached }];
  });
}

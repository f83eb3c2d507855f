// Goals of single statements: each edge of a machine and each forbidden one, each value that another
// row may hold already, each row that may still be in use.
import type { Expr, SpecTool, Statement } from '../spec/model.js';
import { isRow } from '../spec/runtime.js';
import { allowFire, eventOf, satisfyRequires, uniqueWrites, walk } from './approach.js';
import { assign } from './force.js';
import { refusedWith, succeeded, type Attempt, type Goal } from './goal.js';
import { possibleStates } from './implied.js';
import { valueAt, type Site } from './site.js';
import type { Entities } from './variants.js';

/** Goals of a statement: edges and forbidden edges of a fire, values taken, rows in use. */
export function statementGoals(
  tool: SpecTool,
  statement: Statement,
  index: number,
  entities: Entities,
): Goal[] {
  const reach = (site: Site): void => {
    satisfyRequires(site, tool);
    walk(site, tool.body, statement);
  };
  const place = `${statement.kind} ${index}`;
  switch (statement.kind) {
    case 'fire':
      return fireGoals(tool, statement, place, entities, reach);
    case 'delete':
      return inUseGoals(tool, statement, place, entities, reach);
    case 'set':
    case 'create':
      return takenColumns(statement, entities).map(({ entity, column, attr }) => {
        const code = `${attr.toUpperCase()}_TAKEN`;
        return {
          id: `refuse ${code} ${place}`,
          kind: 'refusal',
          required: true,
          aim: (site) => {
            reach(site);
            const write = uniqueWrites(site, statement).find((one) => one.column === column);
            const taken = site.draft.rows(entity, []).map((row) => row[column] ?? null);
            if (write !== undefined && taken.length > 0) assign(site, write.value, site.rng.pick(taken));
            satisfyRequires(site, tool);
          },
          met: refusedWith(code),
        };
      });
    default:
      return [];
  }
}

function fireGoals(
  tool: SpecTool,
  statement: Extract<Statement, { kind: 'fire' }>,
  place: string,
  entities: Entities,
  reach: (site: Site) => void,
): Goal[] {
  const { machine } = entities.get(statement.entity) ?? {};
  const event = machine?.events.find((one) => one.name === statement.event);
  if (machine === undefined || event === undefined) return [];
  const statusIs = (site: Site, state: string): boolean => {
    const row = valueAt(site, statement.row);
    return row !== undefined && isRow(row) && site.draft.get(row.entity, row.id)?.['status'] === state;
  };
  const refused = refusedWith(event.code, event.message);
  const possible = possibleStates(tool, statement, machine.states);
  const forbidden = possible.filter((state) => !event.from.includes(state));
  const start = (site: Site, states: readonly string[]): void => {
    reach(site);
    allowFire(site, statement, states);
    satisfyRequires(site, tool);
  };
  return [
    ...event.from
      .filter((state) => possible.includes(state))
      .map((state): Goal => ({
        id: `edge ${statement.entity}.${event.name} from ${state} ${place}`,
        kind: 'edge',
        required: true,
        aim: (site) => {
          start(site, [state]);
          walk(site, tool.body, null);
          allowFire(site, statement, [state]);
        },
        met: (attempt) => succeeded(attempt) && statusIs(attempt.site, state) && fired(attempt, statement),
      })),
    ...(forbidden.length === 0
      ? []
      : [
          {
            id: `refuse ${event.code} ${place}`,
            kind: 'refusal',
            required: true,
            aim: (site: Site) => start(site, forbidden),
            met: refused,
          } as const,
        ]),
    ...forbidden.map((state): Goal => ({
      id: `forbidden ${statement.entity}.${event.name} from ${state} ${place}`,
      kind: 'edge',
      required: false,
      aim: (site) => start(site, [state]),
      met: (attempt) => refused(attempt) && statusIs(attempt.site, state),
    })),
  ];
}

function fired(attempt: Attempt, statement: Extract<Statement, { kind: 'fire' }>): boolean {
  const row = valueAt(attempt.site, statement.row);
  if (row === undefined || !isRow(row)) return false;
  const { key = '' } = attempt.site.draft.ground.entities.get(row.entity) ?? {};
  const after = attempt.after.tables[row.entity]?.find((one) => one[key] === row.id);
  return after === undefined || after['status'] === eventOf(attempt.site, statement)?.to;
}

/** A row in use: by whatever it may be, and by one row alone through each column that may refer to it. */
function inUseGoals(
  tool: SpecTool,
  statement: Extract<Statement, { kind: 'delete' }>,
  place: string,
  entities: Entities,
  reach: (site: Site) => void,
): Goal[] {
  const references = [...entities.values()].flatMap(({ name, columns }) =>
    columns
      .filter(({ type }) => type.kind === 'row' && type.entity === statement.entity)
      .map(({ column }): Reference => ({ from: name, column })),
  );
  if (references.length === 0) return [];
  const code = `${entities.get(statement.entity)?.snake.toUpperCase() ?? ''}_IN_USE`;
  const refused = refusedWith(code);
  const aimAt =
    (those: readonly Reference[]) =>
    (site: Site): void => {
      reach(site);
      const row = valueAt(site, statement.row);
      const { from, column } = site.rng.pick(those);
      const ids = site.draft.ids(from);
      if (row !== undefined && isRow(row) && ids.length > 0) {
        site.draft.set(from, site.rng.pick(ids), column, row.id);
      }
      satisfyRequires(site, tool);
    };
  const referring = (site: Site): readonly Reference[] => {
    const row = valueAt(site, statement.row);
    if (row === undefined || !isRow(row)) return [];
    return references.flatMap((one) =>
      site.draft
        .rows(one.from, [])
        .filter((other) => other[one.column] === row.id)
        .map(() => one),
    );
  };
  return [
    { id: `refuse ${code} ${place}`, kind: 'refusal', required: true, aim: aimAt(references), met: refused },
    ...references.map((only): Goal => ({
      id: `in use by one ${only.from}.${only.column} ${place}`,
      kind: 'boundary',
      required: false,
      aim: aimAt([only]),
      met: (attempt) => {
        const found = referring(attempt.site);
        return refused(attempt) && found.length === 1 && found[0] === only;
      },
    })),
  ];
}

/** A column of an entity that refers to rows. */
interface Reference {
  readonly from: string;
  readonly column: string;
}

function takenColumns(
  statement: Extract<Statement, { kind: 'set' | 'create' }>,
  entities: Entities,
): readonly { entity: string; column: string; attr: string }[] {
  const written: readonly (readonly [string, string, Expr])[] =
    statement.kind === 'set'
      ? statement.assignments.map((one) => [one.entity, one.column, one.value])
      : Object.entries(statement.values).map(([column, value]) => [statement.entity, column, value]);
  return written.flatMap(([entity, name, value]) => {
    const column = entities.get(entity)?.columns.find((one) => one.column === name);
    const never = value.kind === 'literal' && value.value === null;
    return column?.unique && !never ? [{ entity, column: name, attr: column.attr }] : [];
  });
}

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
    case 'delete': {
      const referred = [...entities.values()].some(({ columns }) =>
        columns.some(({ type }) => type.kind === 'row' && type.entity === statement.entity),
      );
      if (!referred) return [];
      const code = `${entities.get(statement.entity)?.snake.toUpperCase() ?? ''}_IN_USE`;
      const aim = (site: Site): void => {
        reach(site);
        refer(site, statement.entity, valueAt(site, statement.row));
        satisfyRequires(site, tool);
      };
      return [
        { id: `refuse ${code} ${place}`, kind: 'refusal', required: true, aim, met: refusedWith(code) },
      ];
    }
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

/** Lets some row refer to the given one. */
function refer(site: Site, entity: string, row: unknown): void {
  const id = typeof row === 'object' && row !== null && 'id' in row ? String(row.id) : undefined;
  if (id === undefined) return;
  const references = site.draft.ground.domain.entities.flatMap((other) =>
    other.columns
      .filter((column) => column.type.kind === 'row' && column.type.entity === entity)
      .map((column) => ({ from: other.name, column: column.column })),
  );
  if (references.length === 0) return;
  const { from, column } = site.rng.pick(references);
  const ids = site.draft.ids(from);
  if (ids.length > 0) site.draft.set(from, site.rng.pick(ids), column, id);
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

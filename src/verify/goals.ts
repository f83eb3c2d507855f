// What the procedural cases of a tool must show: each success path, each declared refusal, each edge
// and forbidden edge of a state machine, both sides of every boundary, and a case that tells every
// small wrong version of the tool from the right one. A goal knows how to be approached (aim) and
// whether an attempt reached it (met).
import type { Interpreted } from '../spec/interpret.js';
import type { Expr, Param, SpecTool, Statement } from '../spec/model.js';
import { isRow } from '../spec/runtime.js';
import type { State } from '../spec/state.js';
import { allowFire, eventOf, goTo, provoke, satisfyRequires, uniqueWrites, walk } from './approach.js';
import type { GoalKind } from './case.js';
import { nodesOf, rootsOf, statementsIn, type Root } from './conditions.js';
import { assign, force } from './force.js';
import { missingId } from './random-args.js';
import { gapAt, valueAt, type Site } from './site.js';
import { toolVariants, type Entities } from './variants.js';

/** A site after its call was interpreted. */
export interface Attempt {
  readonly site: Site;
  readonly before: State;
  readonly reply: Interpreted;
  readonly after: State;
}

export interface Goal {
  readonly id: string;
  readonly kind: GoalKind;
  readonly required: boolean;
  readonly aim: (site: Site) => void;
  readonly met: (attempt: Attempt) => boolean;
}

/** Another version of the tool; the goal is met by a call on which the two differ. */
export interface VariantGoal extends Omit<Goal, 'met'> {
  readonly variant: SpecTool;
}

const succeeded = ({ reply }: Attempt): boolean => reply.type === 'result';
const refusedWith =
  (code: string, message?: string) =>
  ({ reply }: Attempt): boolean =>
    reply.type === 'refusal' && reply.code === code && (message === undefined || reply.message === message);

/** The goals of a tool that look at the outcome of a call. */
export function toolGoals(tool: SpecTool, entities: Entities): Goal[] {
  const reach = (site: Site): void => {
    satisfyRequires(site, tool);
    walk(site, tool.body, null);
    satisfyRequires(site, tool);
  };
  const roots = rootsOf(tool);
  return [
    { id: 'success', kind: 'success', required: true, aim: reach, met: succeeded },
    ...tool.params.flatMap((param) => paramGoals(param, reach)),
    ...tool.requires.map((one, index): Goal => ({
      id: `refuse ${one.code} ${index}`,
      kind: 'refusal',
      required: true,
      aim: (site) => {
        satisfyRequires(site, tool, index);
        for (let round = 0; round < 3 && valueAt(site, one.holds) !== false; round++) {
          force(site, one.holds, false);
          satisfyRequires(site, { ...tool, requires: tool.requires.slice(0, index) });
        }
      },
      met: (attempt) =>
        refusedWith(one.code, one.message)(attempt) && valueAt(attempt.site, one.holds) === false,
    })),
    ...statementsIn(tool.body).flatMap((statement, index) =>
      statementGoals(tool, statement, index, entities),
    ),
    ...roots.flatMap((root, index) => boundaryGoals(tool, root, index)),
  ];
}

/** A goal for every small wrong version of the tool. Both sides of an `if` are required. */
export function variantGoals(tool: SpecTool, entities: Entities): VariantGoal[] {
  const roots = rootsOf(tool);
  return [...toolVariants(tool, entities)].map((variant, index) => {
    const { at } = variant;
    const root = at === null ? undefined : roots.find((one) => nodesOf(one.expr).includes(at));
    const isBranch = /^if (true|false)$/.test(variant.what);
    return {
      id: `${isBranch ? 'branch' : 'variant'} ${index} ${variant.what}`,
      kind: isBranch ? 'branch' : 'variant',
      required: isBranch,
      variant: variant.value,
      aim: (site) => {
        if (root === undefined || at === null) {
          satisfyRequires(site, tool);
          walk(site, tool.body, null);
          return;
        }
        goTo(site, tool, root);
        provoke(site, root.expr, at);
        satisfyRequires(site, tool, typeof root.place === 'number' ? root.place : -1);
      },
    };
  });
}

/** Optional in and out, lists of one and of several, ids without a row. */
export function paramGoals(param: Param, reach: (site: Site) => void): Goal[] {
  const { name, type } = param;
  const goals: Goal[] = [];
  const withSuccess = (id: string, aim: (site: Site) => void, holds: (site: Site) => boolean): Goal => ({
    id: `${id} ${name}`,
    kind: 'success',
    required: true,
    aim: (site) => {
      aim(site);
      reach(site);
    },
    met: (attempt) => succeeded(attempt) && holds(attempt.site),
  });
  if (param.optional) {
    goals.push(
      withSuccess(
        'with',
        () => undefined,
        (site) => site.args[name] !== undefined,
      ),
      withSuccess(
        'without',
        (site) => delete site.args[name],
        (site) => site.args[name] === undefined,
      ),
    );
  }
  if (type.kind === 'list') {
    const size = (site: Site): number => {
      const value = site.args[name];
      return Array.isArray(value) ? value.length : -1;
    };
    const trim = (site: Site): void => {
      const value = site.args[name];
      if (Array.isArray(value)) site.args[name] = value.slice(0, Math.max(1, param.minItems ?? 1));
    };
    goals.push(withSuccess('one of', trim, (site) => size(site) === Math.max(1, param.minItems ?? 1)));
    if ((param.maxItems ?? 10) > 1)
      goals.push(
        withSuccess(
          'several of',
          () => undefined,
          (site) => size(site) > 1,
        ),
      );
  }
  const entity = rowEntity(param);
  if (entity !== undefined) {
    goals.push({
      id: `missing ${name}`,
      kind: 'refusal',
      required: true,
      aim: (site) => {
        const id = missingId(entity, site.draft, site.rng);
        const value = site.args[name];
        site.args[name] = Array.isArray(value)
          ? [...value.slice(0, -1), id]
          : type.kind === 'list'
            ? [id]
            : id;
      },
      met: ({ site, reply }) =>
        reply.type === 'refusal' &&
        reply.code.endsWith('_NOT_FOUND') &&
        [site.args[name]].flat().some((id) => reply.message.includes(` ${String(id)}.`)),
    });
  }
  return goals;
}

function rowEntity({ type }: Param): string | undefined {
  const item = type.kind === 'list' ? type.item : type;
  return item.kind === 'row' ? item.entity : undefined;
}

function statementGoals(tool: SpecTool, statement: Statement, index: number, entities: Entities): Goal[] {
  const reach = (site: Site): void => {
    satisfyRequires(site, tool);
    walk(site, tool.body, statement);
  };
  const place = `${statement.kind} ${index}`;
  switch (statement.kind) {
    case 'fire':
      return fireGoals(tool, statement, place, entities, reach);
    case 'delete': {
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
  const forbidden = machine.states.filter((state) => !event.from.includes(state));
  const start = (site: Site, states: readonly string[]): void => {
    reach(site);
    allowFire(site, statement, states);
    satisfyRequires(site, tool);
  };
  return [
    ...event.from.map((state): Goal => ({
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

/** Every comparison with an order, one below, at and one above its boundary. */
function boundaryGoals(tool: SpecTool, root: Root, rootIndex: number): Goal[] {
  return nodesOf(root.expr).flatMap((node, index) => {
    if (node.kind !== 'binary' || !['<', '<=', '>', '>='].includes(node.op)) return [];
    return [-1, 0, 1].map((gap): Goal => ({
      id: `boundary ${rootIndex}.${index} ${node.op} ${gap > 0 ? '+' : ''}${gap}`,
      kind: 'boundary',
      required: false,
      aim: (site) => {
        goTo(site, tool, root);
        provoke(site, root.expr, node, gap);
        if (typeof root.place !== 'number') satisfyRequires(site, tool);
      },
      met: ({ site }) => gapAt(site, node) === gap,
    }));
  });
}

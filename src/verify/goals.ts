// What the procedural cases of a tool must show: each success path, each declared refusal, each edge
// and forbidden edge of a state machine, both sides of every boundary, and a case that tells every
// small wrong version of the tool from the right one. A goal knows how to be approached (aim) and
// whether an attempt reached it (met).
import { idSlots } from '../spec/id-slots.js';
import type { Param, SpecTool } from '../spec/model.js';
import { goTo, provoke, satisfyRequires, walk } from './approach.js';
import { nodesOf, rootsOf, statementsIn, type Root } from './conditions.js';
import { force } from './force.js';
import { refusedWith, succeeded, type Goal, type VariantGoal } from './goal.js';
import { forceRow, rowAt } from './force-row.js';
import { missingId } from './random-args.js';
import { lineGoals } from './line-goals.js';
import { gapAt, valueAt, type Site } from './site.js';
import { resize, sizeAt, sizes } from './sizes.js';
import { tableRowGoals } from './table-row-goals.js';
import { statementGoals } from './statement-goals.js';
import { toolVariants } from './tool-variants.js';
import type { Entities } from './variants.js';

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
    ...roots.flatMap((root, index) => sizeGoals(tool, root, index)),
    ...roots.flatMap((root, index) => rowGoals(tool, root, index, entities)),
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
        const show = (): void => {
          const [first, ...others] = variant.shows ?? [];
          if (first !== undefined) force(site, site.rng.pick([first, ...others]).when, true);
        };
        if (root === undefined || at === null) {
          satisfyRequires(site, tool);
          walk(site, tool.body, null);
          show();
          return;
        }
        goTo(site, tool, root);
        provoke(site, root.expr, at);
        show();
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
  const missing = idSlots(param).map((slot): Goal => ({
    id: `missing ${slot.name}`,
    kind: 'refusal',
    required: true,
    aim: (site) => {
      const id = missingId(slot.entity, site.draft, site.rng);
      site.args[name] = slot.put(site.args[name], id);
    },
    met: ({ site, reply }) =>
      reply.type === 'refusal' &&
      reply.code.endsWith('_NOT_FOUND') &&
      slot.ids(site.args[name]).some((id) => reply.message.includes(` ${id}.`)),
  }));
  return [...goals, ...missing, ...lineGoals(param, withSuccess)];
}

/** Every aggregate over none, one and several: `first` of several shows the order. */
function sizeGoals(tool: SpecTool, root: Root, rootIndex: number): Goal[] {
  return nodesOf(root.expr).flatMap((node, index) => {
    if (node.kind !== 'aggregate') return [];
    return sizes.map((name, wanted): Goal => ({
      id: `${name} ${rootIndex}.${index} ${node.fn}`,
      kind: 'boundary',
      required: false,
      aim: (site) => {
        goTo(site, tool, root);
        provoke(site, root.expr, node);
        resize(site, node, wanted);
        satisfyRequires(site, tool);
      },
      met: (attempt) => succeeded(attempt) && sizeAt(attempt.site, node) === wanted,
    }));
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

/** Every row of a decision table that the tool asks. */
function rowGoals(tool: SpecTool, root: Root, rootIndex: number, entities: Entities): Goal[] {
  const before = tool.requires.slice(0, typeof root.place === 'number' ? root.place : undefined);
  const given = before.map(({ holds }) => holds);
  const around = { entities, params: tool.params, given };
  return tableRowGoals(root.expr, `${rootIndex}`, around).map(({ id, call, row }) => ({
    id,
    kind: 'branch',
    required: false, // once over all that ask the table: see coverage.ts
    aim: (site) => {
      goTo(site, tool, root);
      provoke(site, root.expr, call);
      forceRow(site, call, row, force);
      satisfyRequires(site, tool, typeof root.place === 'number' ? root.place : -1);
    },
    met: (attempt) => {
      const asked =
        typeof root.place === 'number'
          ? given.every((holds) => valueAt(attempt.site, holds) === true)
          : succeeded(attempt);
      return asked && rowAt(attempt.site, call) === row;
    },
  }));
}

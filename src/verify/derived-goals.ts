// Goals of the reads that are derived from an entity: found and not found, a key that fits in part,
// several matches, empty and full lists.
import type { DerivedTool } from '../spec/model.js';
import { anyRow, changeOne, matchesBut, takeFrom } from './filter-values.js';
import type { Attempt, Goal } from './goal.js';
import { paramGoals } from './goals.js';
import { searchGoals } from './search-goals.js';
import type { Site } from './site.js';
import type { Entities } from './variants.js';

const count = ({ reply }: Attempt): number =>
  reply.type === 'result' && Array.isArray(reply.value) ? reply.value.length : -1;
const refused =
  (suffix: string) =>
  ({ reply }: Attempt): boolean =>
    reply.type === 'refusal' && reply.code.endsWith(suffix);

/** The goals of a derived read. */
export function derivedGoals(tool: DerivedTool, entities: Entities): Goal[] {
  const ids = tool.params
    .flatMap((param) => paramGoals(param, () => undefined))
    .filter((goal) => goal.kind === 'refusal');
  const success: Goal = {
    id: 'success',
    kind: 'success',
    required: true,
    aim: (site) => takeFrom(site, tool, anyRow(site, tool)),
    met: ({ reply }) => reply.type === 'result',
  };
  switch (tool.read) {
    case 'get':
      return [success, ...ids];
    case 'find':
      return [success, ...ids, ...findGoals(tool, entities)];
    case 'list':
      return [success, ...ids, ...listGoals(tool)];
    default:
      return [success, ...ids, ...searchGoals(tool)];
  }
}

function findGoals(tool: DerivedTool, entities: Entities): Goal[] {
  const columns = entities.get(tool.entity)?.columns ?? [];
  const isUnique = tool.by.some((by) => columns.find((one) => one.column === by)?.unique);
  const nobody: Goal = {
    id: 'refuse NOT_FOUND',
    kind: 'refusal',
    required: true,
    aim: (site) => {
      takeFrom(site, tool, anyRow(site, tool));
      changeOne(site, tool, tool.by.indexOf(site.rng.pick(tool.by)));
    },
    met: refused('_NOT_FOUND'),
  };
  const partial = tool.by.map((by, index): Goal => ({
    id: `all but ${by}`,
    kind: 'boundary',
    required: false,
    aim: (site) => {
      takeFrom(site, tool, anyRow(site, tool));
      changeOne(site, tool, index);
    },
    met: (attempt) => refused('_NOT_FOUND')(attempt) && matchesBut(attempt.site, tool, index),
  }));
  // Under a unique key only a broken state has two; the tool must say so all the same.
  const several: Goal = {
    id: 'refuse AMBIGUOUS',
    kind: isUnique ? 'boundary' : 'refusal',
    required: !isUnique,
    aim: (site) => {
      const id = site.draft.clone(tool.entity, site.rng);
      const model = anyRow(site, tool);
      if (id !== null && model !== null) {
        for (const by of tool.by) site.draft.set(tool.entity, id, by, model[by] ?? null);
      }
      takeFrom(site, tool, model);
    },
    met: refused('_AMBIGUOUS'),
  };
  return [nobody, ...partial, several];
}

function listGoals(tool: DerivedTool): Goal[] {
  const [by = ''] = tool.by;
  const argument = tool.params[0]?.name ?? '';
  const sized = (id: string, low: number, high: number): Goal => ({
    id,
    kind: 'boundary',
    required: false,
    aim: (site) => {
      const value = site.args[argument];
      for (const row of site.rng.shuffle(site.draft.ids(tool.entity)).slice(0, low === 0 ? 999 : low)) {
        const holds = site.draft.get(tool.entity, row)?.[by] === value;
        if (low === 0 && holds) setOther(site, tool, row, by);
        else if (low > 0 && typeof value === 'string') site.draft.set(tool.entity, row, by, value);
      }
    },
    met: (attempt) => count(attempt) >= low && count(attempt) <= high,
  });
  return [sized('none', 0, 0), sized('several', 2, 999)];
}

function setOther(site: Site, tool: DerivedTool, id: string, by: string): void {
  const [param] = tool.params;
  if (param?.type.kind !== 'row') return;
  const value = site.args[param.name];
  const others = site.draft.ids(param.type.entity).filter((other) => other !== value);
  if (others.length > 0) site.draft.set(tool.entity, id, by, site.rng.pick(others));
}

// Goals of the reads that are derived from an entity: found and not found, a key that fits in part,
// several matches, empty and full lists, filters one by one and together.
import type { DerivedTool } from '../spec/model.js';
import type { Attempt, Goal } from './goal.js';
import { paramGoals } from './goals.js';
import { sampleText } from './sample-text.js';
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
      changeOne(site, tool, site.rng.pick(tool.by));
    },
    met: refused('_NOT_FOUND'),
  };
  const partial = tool.by.map((by): Goal => ({
    id: `all but ${by}`,
    kind: 'boundary',
    required: false,
    aim: (site) => {
      takeFrom(site, tool, anyRow(site, tool));
      changeOne(site, tool, by);
    },
    met: (attempt) => refused('_NOT_FOUND')(attempt) && matchesBut(attempt.site, tool, by),
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

function searchGoals(tool: DerivedTool): Goal[] {
  const filters = tool.params.map((param, index) => ({ name: param.name, by: tool.by[index] ?? '' }));
  const goal = (id: string, aim: (site: Site) => void, met: (attempt: Attempt) => boolean): Goal => ({
    id,
    kind: 'success',
    required: true,
    aim,
    met,
  });
  const keep = (site: Site, names: readonly string[]): void => {
    takeFrom(site, tool, anyRow(site, tool));
    for (const { name } of filters) if (!names.includes(name)) delete site.args[name];
  };
  const given = ({ site }: Attempt, name: string): boolean => site.args[name] !== undefined;
  const names = filters.map(({ name }) => name);
  return [
    goal(
      'without filters',
      (site) => keep(site, []),
      (attempt) => names.every((name) => !given(attempt, name)) && count(attempt) > 0,
    ),
    goal(
      'all filters',
      (site) => keep(site, names),
      (attempt) => names.every((name) => given(attempt, name)) && count(attempt) > 0,
    ),
    ...filters.map(({ name }) =>
      goal(
        `filter ${name}`,
        (site) => keep(site, [name]),
        (attempt) => names.every((other) => given(attempt, other) === (other === name)) && count(attempt) > 0,
      ),
    ),
    ...filters.map(({ name, by }): Goal => ({
      id: `filter ${name} decides`,
      kind: 'boundary',
      required: false,
      aim: (site) => {
        keep(site, site.rng.chance(0.5) ? names : [name]);
        changeOne(site, tool, by);
      },
      met: (attempt) => count(attempt) === 0 && given(attempt, name) && matchesBut(attempt.site, tool, by),
    })),
  ];
}

type Found = Readonly<Record<string, string | number | boolean | null>>;

function anyRow(site: Site, tool: DerivedTool): Found | null {
  const ids = site.draft.ids(tool.entity);
  return ids.length === 0 ? null : (site.draft.get(tool.entity, site.rng.pick(ids)) ?? null);
}

/** Arguments under which the row matches. */
function takeFrom(site: Site, tool: DerivedTool, row: Found | null): void {
  if (row === null || tool.read === 'list') return;
  for (const [index, param] of tool.params.entries()) {
    const value = row[tool.by[index] ?? ''];
    if (value !== null && value !== undefined) site.args[param.name] = value;
  }
}

/** Another value for one key, mostly one that some other row has. */
function changeOne(site: Site, tool: DerivedTool, by: string): void {
  const param = tool.params[tool.by.indexOf(by)];
  if (param === undefined) return;
  const { type } = param;
  if (type.kind === 'enum') site.args[param.name] = site.rng.pick(type.of);
  else if (type.kind === 'bool') site.args[param.name] = site.args[param.name] !== true;
  else if (type.kind === 'row') {
    const ids = site.draft.ids(type.entity);
    if (ids.length > 0) site.args[param.name] = site.rng.pick(ids);
  } else {
    const value = anyRow(site, tool)?.[by];
    if (site.rng.chance(0.6) && value !== null && value !== undefined) site.args[param.name] = value;
    else if (type.kind === 'string' || type.kind === 'text') {
      site.args[param.name] = sampleText(param.pattern, site.rng);
    }
  }
}

/** Whether some row agrees with all given keys but this one. */
function matchesBut(site: Site, tool: DerivedTool, by: string): boolean {
  const agrees = (row: Found, column: string): boolean => {
    const name = tool.params[tool.by.indexOf(column)]?.name ?? '';
    return site.args[name] === undefined || row[column] === site.args[name];
  };
  return site.draft
    .rows(tool.entity, [])
    .some((row) => !agrees(row, by) && tool.by.every((column) => column === by || agrees(row, column)));
}

function setOther(site: Site, tool: DerivedTool, id: string, by: string): void {
  const [param] = tool.params;
  if (param?.type.kind !== 'row') return;
  const value = site.args[param.name];
  const others = site.draft.ids(param.type.entity).filter((other) => other !== value);
  if (others.length > 0) site.draft.set(tool.entity, id, by, site.rng.pick(others));
}

// Values for the filters of a derived read: under which a row matches, and under which it does not.
import { passes, type FilterTest } from '../spec/filter.js';
import type { DerivedTool, Type } from '../spec/model.js';
import { partOf } from './random-args.js';
import { sampleText } from './sample-text.js';
import { shifted } from './scalar.js';
import type { Site } from './site.js';

type Found = Readonly<Record<string, string | number | boolean | null>>;

/** Any row of the read's entity. */
export function anyRow(site: Site, tool: DerivedTool): Found | null {
  const ids = site.draft.ids(tool.entity);
  return ids.length === 0 ? null : (site.draft.get(tool.entity, site.rng.pick(ids)) ?? null);
}

/** Arguments under which the row matches. */
export function takeFrom(site: Site, tool: DerivedTool, row: Found | null): void {
  if (row === null || tool.read === 'list') return;
  for (const [index, by] of tool.by.entries()) {
    const param = tool.params[index];
    const value = row[by];
    if (param === undefined || value === null || value === undefined) continue;
    const test = tool.tests[index] ?? 'is';
    site.args[param.name] =
      test === 'contains' ? partOf(String(value), site.rng) : roomFor(value, param.type, test, site);
  }
}

/** The value, or a bound at it or some steps beyond it. */
function roomFor(
  value: string | number | boolean,
  type: Type,
  test: FilterTest,
  { rng }: Site,
): string | number | boolean {
  if (test === 'is' || typeof value === 'boolean') return value;
  const steps = rng.pick([0, 1, 5]);
  return shifted(value, type, test === 'from' ? -steps : steps) ?? value;
}

/** Another value for one key, mostly one that some other row has; a bound that it does not keep. */
export function changeOne(site: Site, tool: DerivedTool, index: number): void {
  const param = tool.params[index];
  const by = tool.by[index];
  if (param === undefined || by === undefined) return;
  const { type } = param;
  const test = tool.tests[index];
  const given = site.args[param.name];
  if (test === 'from' || test === 'until') {
    const rows = site.draft.rows(tool.entity, []).map((row) => row[by] ?? null);
    const held = rows
      .filter((value) => typeof value === 'number' || typeof value === 'string')
      .sort(ascending);
    const end = test === 'from' ? held.at(-1) : held[0];
    const beyond = end === undefined ? undefined : shifted(end, type, test === 'from' ? 1 : -1);
    if (beyond !== undefined) site.args[param.name] = beyond;
  } else if (type.kind === 'enum') site.args[param.name] = site.rng.pick(type.of);
  else if (type.kind === 'bool') site.args[param.name] = given !== true;
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

function ascending(left: string | number, right: string | number): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether the row agrees with what is given for one key, or nothing is. */
function agrees(site: Site, tool: DerivedTool, row: Found, index: number): boolean {
  const given = site.args[tool.params[index]?.name ?? ''];
  if (given === undefined || typeof given === 'object') return true;
  return passes(tool.tests[index] ?? 'is', row[tool.by[index] ?? ''] ?? null, given);
}

/** Whether some row agrees with all given keys but this one. */
export function matchesBut(site: Site, tool: DerivedTool, but: number): boolean {
  return site.draft
    .rows(tool.entity, [])
    .some(
      (row) =>
        !agrees(site, tool, row, but) &&
        tool.by.every((_, index) => index === but || agrees(site, tool, row, index)),
    );
}

// Goals of searches: filters one by one and together, at their bounds and one step beyond, parts of
// texts wherever they stand and in either case, and pages: full, begun, and behind the last.
import { isObject, type Json } from '../core/json.js';
import type { DerivedTool } from '../spec/model.js';
import { anyRow, changeOne, matchesBut, takeFrom } from './filter-values.js';
import type { Attempt, Goal } from './goal.js';
import { idText, shifted } from './scalar.js';
import type { Site } from './site.js';

interface Filter {
  readonly name: string;
  readonly by: string;
  readonly index: number;
}

/** The goals of a search. */
export function searchGoals(tool: DerivedTool): Goal[] {
  const filters = tool.by.map((by, index): Filter => ({ name: tool.params[index]?.name ?? '', by, index }));
  const goal = (id: string, aim: (site: Site) => void, met: (attempt: Attempt) => boolean): Goal => ({
    id,
    kind: 'success',
    required: true,
    aim,
    met,
  });
  const names = filters.map(({ name }) => name);
  return [
    goal(
      'without filters',
      (site) => keep(site, tool, []),
      (attempt) => names.every((name) => !given(attempt, name)) && count(attempt) > 0,
    ),
    goal(
      'all filters',
      (site) => keep(site, tool, names),
      (attempt) => names.every((name) => given(attempt, name)) && count(attempt) > 0,
    ),
    ...filters.map(({ name }) =>
      goal(
        `filter ${name}`,
        (site) => keep(site, tool, [name]),
        (attempt) => names.every((other) => given(attempt, other) === (other === name)) && count(attempt) > 0,
      ),
    ),
    ...filters.map(({ name, index }): Goal => ({
      id: `filter ${name} decides`,
      kind: 'boundary',
      required: false,
      aim: (site) => {
        keep(site, tool, site.rng.chance(0.5) ? names : [name]);
        changeOne(site, tool, index);
      },
      met: (attempt) => count(attempt) === 0 && given(attempt, name) && matchesBut(attempt.site, tool, index),
    })),
    ...filters.flatMap((filter) => boundGoals(tool, filter)),
    ...filters.flatMap((filter) => partGoals(tool, filter)),
    ...pageGoals(tool),
  ];
}

/** Arguments under which some row matches, without the filters that are not named. */
function keep(site: Site, tool: DerivedTool, names: readonly string[]): void {
  takeFrom(site, tool, anyRow(site, tool));
  for (const { name } of tool.params) if (!names.includes(name)) delete site.args[name];
}

function given({ site }: Attempt, name: string): boolean {
  return site.args[name] !== undefined;
}

/** A row at the bound and one a step beyond it: the first is found, the second is not. */
function boundGoals(tool: DerivedTool, { name, by, index }: Filter): Goal[] {
  const test = tool.tests[index];
  const type = tool.params[index]?.type;
  if ((test !== 'from' && test !== 'until') || type === undefined) return [];
  const valueBeyond = (bound: Json | undefined): string | number | undefined =>
    typeof bound === 'string' || typeof bound === 'number'
      ? shifted(bound, type, test === 'from' ? -1 : 1)
      : undefined;
  return [
    {
      id: `at the bound of ${name}`,
      kind: 'boundary',
      required: false,
      aim(site) {
        keep(site, tool, [name]);
        const [one, other] = site.rng.shuffle(site.draft.ids(tool.entity));
        const value = one === undefined ? null : (site.draft.get(tool.entity, one)?.[by] ?? null);
        if (value === null) return;
        site.args[name] = value;
        const beyond = valueBeyond(value);
        if (other !== undefined && beyond !== undefined) site.draft.set(tool.entity, other, by, beyond);
      },
      met: (attempt) => {
        const { site } = attempt;
        const beyond = valueBeyond(site.args[name]);
        const rows = site.draft.rows(tool.entity, []);
        return (
          itemsOf(attempt).some((item) => isObject(item) && item[by] === site.args[name]) &&
          rows.some((row) => row[by] === beyond)
        );
      },
    },
  ];
}

/** A part that is no beginning, and a part in another case than the text has it, either way. */
function partGoals(tool: DerivedTool, { name, by, index }: Filter): Goal[] {
  if (tool.tests[index] !== 'contains') return [];
  const whole = (site: Site, change: (text: string) => string): string | null => {
    const id = site.rng.pick(site.draft.ids(tool.entity));
    const text = String(site.draft.get(tool.entity, id)?.[by] ?? '');
    site.draft.set(tool.entity, id, by, change(text));
    return String(site.draft.get(tool.entity, id)?.[by] ?? '');
  };
  const part = (
    id: string,
    aim: (site: Site) => string | null,
    isSuch: (text: string, part: string) => boolean,
  ): Goal => ({
    id: `${id} ${name}`,
    kind: 'boundary',
    required: false,
    aim(site) {
      keep(site, tool, []);
      const text = aim(site);
      if (text !== null && text !== '') site.args[name] = text;
    },
    met: (attempt) => {
      const wanted = attempt.site.args[name];
      return (
        typeof wanted === 'string' &&
        itemsOf(attempt).some((item) => isObject(item) && isSuch(idText(item[by]), wanted))
      );
    },
  });
  return [
    part(
      'a later part in',
      (site) => whole(site, (text) => text)?.slice(1) ?? null,
      (text, wanted) => !text.toLowerCase().startsWith(wanted.toLowerCase()),
    ),
    part(
      'upper case in',
      (site) => whole(site, (text) => text.toLowerCase())?.toUpperCase() ?? null,
      (text, wanted) => wanted !== wanted.toLowerCase() && text.includes(wanted.toLowerCase()),
    ),
    part(
      'lower case in',
      (site) => whole(site, (text) => text.toUpperCase())?.toLowerCase() ?? null,
      (text, wanted) => wanted === wanted.toLowerCase() && !text.includes(wanted),
    ),
  ];
}

interface Page {
  readonly page: number;
  readonly pages: number;
  readonly total: number;
}

/** Pages in and behind the middle, of totals that fill the last one and that just do not. */
function pageGoals(tool: DerivedTool): Goal[] {
  const size = tool.pageSize;
  const param = tool.params.at(-1);
  if (size === undefined || param === undefined) return [];
  const paged = (
    id: string,
    required: boolean,
    rows: (now: number) => number,
    page: (pages: number) => number | undefined,
    isSuch: (page: Page, attempt: Attempt) => boolean,
  ): Goal => ({
    id,
    kind: required ? 'success' : 'boundary',
    required,
    aim(site) {
      keep(site, tool, []);
      const wanted = rows(site.draft.ids(tool.entity).length);
      while (site.draft.ids(tool.entity).length < wanted) {
        if (site.draft.clone(tool.entity, site.rng) === null) break;
      }
      const number = page(Math.ceil(site.draft.ids(tool.entity).length / size));
      if (number !== undefined) site.args[param.name] = number;
    },
    met: (attempt) => {
      const found = pageOf(attempt);
      return found !== null && isSuch(found, attempt);
    },
  });
  const filling = (now: number): number => Math.max(2 * size, Math.ceil(now / size) * size);
  return [
    paged(
      'second page',
      true,
      () => size + 1,
      () => 2,
      ({ page }, attempt) => page === 2 && count(attempt) > 0,
    ),
    paged(
      'page by default',
      true,
      () => size + 1,
      () => undefined,
      ({ pages }, attempt) => pages > 1 && !given(attempt, param.name),
    ),
    paged(
      'middle page',
      false,
      () => 2 * size + 1,
      () => 2,
      ({ page, pages }) => page === 2 && pages > 2,
    ),
    paged(
      'full last page',
      false,
      filling,
      (pages) => pages,
      ({ page, pages, total }) => page === pages && total === pages * size,
    ),
    paged(
      'one row more',
      false,
      (now) => filling(now) + 1,
      () => 1,
      ({ pages, total }) => total === (pages - 1) * size + 1,
    ),
    paged(
      'behind the last page',
      false,
      () => 1,
      (pages) => pages + 1,
      ({ page, pages }) => page === pages + 1,
    ),
  ];
}

function pageOf({ site: { tool }, reply }: Attempt): Page | null {
  const isPaged = tool?.kind === 'derived' && tool.pageSize !== undefined;
  return isPaged && reply.type === 'result' ? (reply.value as unknown as Page) : null;
}

/** The rows of a result, or of one page. */
function itemsOf({ reply }: Attempt): readonly Json[] {
  const value = reply.type === 'result' ? reply.value : null;
  const items = isObject(value) ? value['items'] : value;
  return Array.isArray(items) ? (items as readonly Json[]) : [];
}

function count(attempt: Attempt): number {
  return attempt.reply.type === 'result' ? itemsOf(attempt).length : -1;
}

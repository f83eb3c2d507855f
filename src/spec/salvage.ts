// What of a spec with problems of form can still be checked for its meaning: the parts that are
// wrong are left out, and what hangs on them is marked so that nothing more is said about it.
import { isObject } from '../core/json.js';
import type { DomainSpec } from './domain.js';
import type { FormProblem } from './explain.js';
import type { Path } from './issues.js';

/** What is left of a spec. Indices of policies and invariants are those of the source. */
export interface Salvaged {
  readonly spec: DomainSpec;
  readonly broken: Set<string>; // Loan, Loan.due
  readonly brokenTables: Set<string>;
  readonly brokenTools: Set<string>;
  readonly brokenItems: ReadonlySet<string>; // policies.3
}

type Tree = Record<string, unknown>;

// Texts that nothing refers to: they can be replaced, and all around them checked.
const plainTexts = new Set(['doc', 'text', 'title', 'agent']);
const empty = { entities: {}, tools: {}, policies: [], invariants: [] } as const;

/** Leaves out what has problems of form. */
export function salvage(value: object, problems: readonly FormProblem[]): Salvaged {
  const spec = structuredClone(value) as Tree;
  const broken = new Set<string>();
  const brokenTables = new Set<string>();
  const brokenTools = new Set<string>();
  const brokenItems = new Set<string>();
  for (const problem of problems) {
    const { leaveOut } = problem;
    if (problem.readable === true) continue;
    const [section, name = '', part, attr] = leaveOut.map(String);
    if (section === 'tools' && part !== undefined && !toolDetail(part)) brokenTools.add(name);
    else if (replaceText(spec, problem)) continue;
    else if (section === 'policies' || section === 'invariants') brokenItems.add(`${section}.${name}`);
    else if (section === 'tools' && part === undefined) brokenTools.add(name);
    else if (section === 'tables' && leaveOut.length > 1) brokenTables.add(name);
    else if (leaveOut.length > 0) {
      remove(spec, leaveOut.slice(0, section === 'from' ? 1 : part === 'attrs' ? 4 : 3));
      if (section !== 'entities') continue;
      if (part === undefined) broken.add(name);
      else if (part === 'states') broken.add(name).add(`${name}.status`);
      else broken.add(`${name}.${attr ?? part}`);
    }
  }
  for (const tool of brokenTools) remove(spec, ['tools', tool]);
  for (const table of brokenTables) remove(spec, ['tables', table]);
  for (const [key, fallback] of Object.entries(empty)) {
    const given = spec[key];
    if (Array.isArray(fallback) ? !Array.isArray(given) : !isObject(given)) spec[key] = fallback;
  }
  for (const key of ['id', 'title', 'clock', 'caller']) {
    if (typeof spec[key] !== 'string') spec[key] = '';
  }
  return { spec: spec as unknown as DomainSpec, broken, brokenTables, brokenTools, brokenItems };
}

function toolDetail(part: string): boolean {
  return !['params', 'let', 'require', 'do', 'return'].includes(part);
}

function replaceText(spec: Tree, { path, missing }: FormProblem): boolean {
  const whole = missing === undefined ? path : [...path, missing];
  const last = whole.at(-1);
  const holder = whole.slice(0, -1).reduce<unknown>((tree, key) => (tree as Tree | undefined)?.[key], spec);
  if (typeof last !== 'string' || !plainTexts.has(last) || !isObject(holder)) return false;
  (holder as Tree)[last] = '-';
  return true;
}

function remove(spec: Tree, path: Path): void {
  const last = path.at(-1);
  const holder = path.slice(0, -1).reduce<unknown>((tree, key) => (tree as Tree | undefined)?.[key], spec);
  if (last !== undefined && typeof holder === 'object' && holder !== null)
    Reflect.deleteProperty(holder, last);
}

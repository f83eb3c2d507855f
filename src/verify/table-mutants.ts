// Wrong versions of decision tables. A table is asked by functions of other modules, so its mutants
// are run through these: for each mutant every tool, guard and invariant that asks the table stands
// once more under a name of its own, and while it runs the table's function is the wrong one.
import { functionName } from '../emit/identifiers.js';
import { expressionsIn } from '../emit/variables.js';
import type { Domain, Expr, Tool } from '../spec/model.js';
import type { Guest } from '../../sandbox/guest-api.js';
import type { Case } from './case.js';
import { tablesIn } from './force-row.js';
import { copyName, mark, type Mutant } from './mutants.js';
import { runCase, type PreparedCase } from './run-case.js';
import { rulesOf } from './rules.js';

/** By table, what asks it. */
export type Askers = Readonly<Record<string, Asking>>;

export interface Asking {
  readonly tools: readonly string[];
  readonly guards: readonly { readonly policy: string; readonly on: string }[]; // a tool or an entity
  readonly invariants: readonly string[];
}

/** What asks the tables of a domain. */
export function askersOf(domain: Domain): Askers {
  const { tables, tools, policies, invariants } = domain;
  const asks = (expr: Expr, table: string): boolean =>
    tablesIn(expr).some((call) => call.table.name === table);
  return Object.fromEntries(
    tables.map(({ name: table }) => [
      table,
      {
        tools: tools
          .filter((tool) => expressionsOf(tool).some((expr) => asks(expr, table)))
          .map(({ name }) => name),
        guards: policies
          .flatMap((policy) => rulesOf(domain, policy))
          .filter(({ condition }) => asks(condition, table))
          .map(({ policy, on }) => ({ policy, on })),
        invariants: invariants.filter(({ holds }) => asks(holds, table)).map(({ id }) => id),
      },
    ]),
  );
}

function expressionsOf(tool: Tool): readonly Expr[] {
  if (tool.kind === 'derived') return [];
  const returned = 'value' in tool.returns ? [tool.returns.value] : Object.values(tool.returns.fields);
  return [
    ...tool.lets.map(({ value }) => value),
    ...tool.requires.map(({ holds }) => holds),
    ...tool.body.flatMap(expressionsIn),
    ...returned,
  ];
}

function judgedBy(asking: Asking | undefined): readonly string[] {
  return [...(asking?.guards ?? []).map(({ policy }) => policy), ...(asking?.invariants ?? [])];
}

/** Text for the end of guards.js: policies and invariants that nobody looks at are not judged. */
export function onlyJudged(ids: readonly string[]): string {
  return `const judged = new Set(${JSON.stringify([...new Set(ids)])});
for (const rules of [guards, invariants]) for (const id of Object.keys(rules)) if (!judged.has(id)) delete rules[id];`;
}

/** A tool that gives what a table gives for `inputs`: it stands in the modules with the table's mutants. */
export function askedAlone(table: string): string {
  return `${mark}${table}`;
}

/** The modules of a domain in which what asks a table stands once more for each of its mutants. */
export function withTableMutants(
  compiled: Readonly<Record<string, string>>,
  { compiled: tables, mutants }: { readonly compiled: string; readonly mutants: readonly Mutant[] },
  askers: Askers,
): Record<string, string> {
  const names = [...new Set(mutants.map(({ unit }) => unit[1] ?? ''))];
  const versions = mutants.map(({ unit: [, table = ''], name }) => {
    const wrong = copyName(functionName(table), Number(name.split(mark).at(-1)));
    return `[${JSON.stringify(name)}, ${JSON.stringify(table)}, () => { ${functionName(table)} = ${wrong}; }],`;
  });
  const rights = names.map((table) => `const right_${functionName(table)} = ${functionName(table)};`);
  const back = names.map((table) => `${functionName(table)} = right_${functionName(table)};`);
  const asking = names.map((table) => `${JSON.stringify(table)}: ${JSON.stringify(askers[table])},`);
  return {
    ...compiled,
    'tables.js': `${tables}
${rights.join('\n')}
const askers = {${asking.join('\n')}};
export const versions = [${versions.join('\n')}].map(([name, table, use]) => ({
  name,
  table,
  asking: askers[table],
  wrong: (run) => (...args) => {
    use();
    try { return run(...args); } finally { ${back.join(' ')} }
  },
}));`,
    'tools.js': `${compiled['tools.js'] ?? ''}
import * as all from './tables.js';
${names.map((table) => `tools[${JSON.stringify(askedAlone(table))}] = (db, { inputs }) => ({ ok: true, value: all.${functionName(table)}(...inputs) });`).join('\n')}
for (const { name, table, asking, wrong } of all.versions) {
  for (const tool of [...asking.tools, ${JSON.stringify(mark)} + table]) tools[tool + name] = wrong(tools[tool]);
}`,
    'guards.js': `${compiled['guards.js'] ?? ''}
import { versions } from './tables.js';
${onlyJudged(names.flatMap((table) => judgedBy(askers[table])))}
for (const { name, asking, wrong } of versions) {
  for (const { policy, on } of asking.guards) guards[policy][on + name] = wrong(guards[policy][on]);
  for (const id of asking.invariants) {
    invariants[id + name] = { ...invariants[id], holds: wrong(invariants[id].holds) };
  }
}`,
  };
}

/** Whether a case has to do with a table. */
export function concerns(one: Case, { tools, guards, invariants }: Asking): boolean {
  if (one.kind === 'call') return tools.includes(one.tool);
  return one.kind === 'guard' ? guards.some(({ on }) => on === one.tool) : invariants.length > 0;
}

/** Whether a case that concerns a table comes out otherwise when it is wrong. */
export function noticesTable(
  guest: Guest,
  session: number,
  one: PreparedCase,
  { name }: Mutant,
  asking: Asking,
): boolean {
  const { of } = one;
  if (of.kind === 'call') {
    return runCase(guest, session, one, of.tool + name).verdict === 'unexpected-failure';
  }
  guest.reset(session);
  if (of.patch.length > 0) guest.patch(session, of.patch);
  if (of.kind === 'guard') {
    const violated = guest.violatedGuards(session, of.tool + name, one.args, of.caller);
    return asking.guards
      .filter(({ on }) => on === of.tool)
      .some(
        ({ policy }) =>
          !violated.ok || violated.value.includes(policy) !== of.expect.violated.includes(policy),
      );
  }
  const broken = guest.brokenInvariants(session, 'all');
  return asking.invariants.some(
    (id) => !broken.ok || broken.value.includes(id + name) !== of.expect.broken.includes(id),
  );
}

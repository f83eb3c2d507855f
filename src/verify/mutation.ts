// Mutation testing: do the procedural cases alone notice when the emitted code is wrong? Every
// mutant runs in the guest beside the original, on the cases of its own unit, until one fails.
import type { Guest } from '../../sandbox/guest-api.js';
import type { Case } from './case.js';
import { mark, type Mutant } from './mutants.js';
import { prepareCase, runCase, type PreparedCase } from './run-case.js';
import { concerns, noticesTable, onlyJudged, withTableMutants, type Askers } from './table-mutants.js';

/** Mutants that share a module: `compiled` is the text that stands in for that of `file`. */
export interface MutantGroup {
  readonly file: Mutant['file'];
  readonly compiled: string;
  readonly mutants: readonly Mutant[];
  /** For tables: what asks each of them. */
  readonly askers?: Askers;
}

export interface MutantFate {
  readonly id: string;
  /** The case that noticed; null for a survivor. */
  readonly killedBy: string | null;
}

/** The JavaScript modules of a domain with the mutants of a group among them. */
export function withMutants(
  compiled: Readonly<Record<string, string>>,
  group: MutantGroup,
): Record<string, string> {
  if (group.askers !== undefined) return withTableMutants(compiled, group, group.askers);
  const name = group.file.replace('.ts', '.js');
  if (group.file !== 'guards.ts') return { ...compiled, [name]: group.compiled };
  const judged = group.mutants.flatMap((mutant) => [mutant.name, mutant.unit[1] ?? '']);
  const after = `${onlyJudged(judged)}\n${calm}`;
  return { ...compiled, [name]: `${group.compiled}\n${after}` };
}

// All invariants of a module are judged in one go, so that a mutant whose condition throws must not end
// it for the others: it counts as broken. One that has the original's condition keeps it as it is, so
// that the guest judges it once for both.
const calm = `
const quiet = (run, otherwise) => (...args) => { try { return run(...args); } catch { return otherwise; } };
const conditions = new Set(Object.entries(invariants).flatMap(([id, rule]) => id.includes('${mark}') ? [] : [rule.holds]));
for (const [id, rule] of Object.entries(invariants)) {
  if (id.includes('${mark}')) invariants[id] = {
    of: rule.of,
    holds: conditions.has(rule.holds) ? rule.holds : quiet(rule.holds, false),
    touchedBy: Object.fromEntries(Object.entries(rule.touchedBy).map(([entity, touched]) =>
      [entity, typeof touched === 'function' ? quiet(touched, []) : touched])),
  };
}`;

/** Runs mutants of a group against the cases; `guest` holds the group's module. */
export function runMutants(
  guest: Guest,
  { mutants, askers }: Pick<MutantGroup, 'mutants' | 'askers'>,
  cases: readonly Case[],
): MutantFate[] {
  const prepared = cases.map(prepareCase);
  const session = guest.open();
  const units = new Map<string, Mutant[]>();
  for (const mutant of mutants) {
    const unit = mutant.unit.join('/');
    units.set(unit, [...(units.get(unit) ?? []), mutant]);
  }
  const invariants = mutants.filter(({ unit }) => unit[0] === 'invariants');
  const caught = killInvariants(guest, session, invariants, prepared);
  const fates = new Map<string, MutantFate>();
  for (const group of units.values()) {
    const [kind = '', first = '', second] = group[0]?.unit ?? [];
    const tool = second ?? first;
    const asking = kind === 'tables' ? askers?.[first] : undefined;
    let mine = prepared.filter(({ of }) => {
      if (asking !== undefined) return concerns(of, asking);
      return kind === 'tools'
        ? of.kind === 'call' && of.tool === tool
        : of.kind === 'guard' && of.tool === tool;
    });
    for (const mutant of group) {
      const killer =
        kind === 'invariants'
          ? undefined
          : mine.find((one) => {
              if (asking !== undefined) return noticesTable(guest, session, one, mutant, asking);
              return kind === 'tools'
                ? runCase(guest, session, one, mutant.name).verdict === 'unexpected-failure'
                : judgesOtherwise(guest, session, one, mutant, first);
            });
      // What noticed one mutant will likely notice the next.
      if (killer !== undefined) mine = [killer, ...mine.filter((one) => one !== killer)];
      const killedBy = kind === 'invariants' ? (caught.get(mutant.id) ?? null) : (killer?.of.id ?? null);
      fates.set(mutant.id, { id: mutant.id, killedBy });
    }
  }
  guest.close(session);
  return mutants.map(({ id }) => fates.get(id) ?? { id, killedBy: null });
}

/** Whether a wrong guard comes to another judgement in a case than the policy should. */
function judgesOtherwise(
  guest: Guest,
  session: number,
  { of, args }: PreparedCase,
  mutant: Mutant,
  policy: string,
): boolean {
  if (of.kind !== 'guard') return false;
  guest.reset(session);
  if (of.patch.length > 0) guest.patch(session, of.patch);
  const violated = guest.violatedGuards(session, mutant.name, args, of.caller);
  return !violated.ok || violated.value.includes(policy) !== of.expect.violated.includes(policy);
}

/** By mutant, the case that noticed. One judgement of a state judges all mutants at once. */
function killInvariants(
  guest: Guest,
  session: number,
  mutants: readonly Mutant[],
  cases: readonly PreparedCase[],
): Map<string, string> {
  const killed = new Map<string, string>();
  if (mutants.length === 0) return killed;
  for (const { of } of cases) {
    if (of.kind !== 'invariant') continue;
    guest.reset(session);
    if (of.patch.length > 0) guest.patch(session, of.patch);
    for (const scope of ['changed', 'all'] as const) {
      const broken = guest.brokenInvariants(session, scope);
      for (const mutant of mutants) {
        if (killed.has(mutant.id)) continue;
        const expected = of.expect.broken.includes(mutant.unit[1] ?? '');
        if (!broken.ok || broken.value.includes(mutant.name) !== expected) killed.set(mutant.id, of.id);
      }
    }
  }
  return killed;
}

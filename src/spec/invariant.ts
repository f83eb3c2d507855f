// Invariants: conditions on the whole state that hold before and after every call.
import { checkInner, decide } from './decide.js';
import { checkCondition } from './expression.js';
import { emptyScope, type EntityIndex, type TableIndex } from './scope.js';
import type { Report } from './issues.js';
import type { DomainSpec } from './domain.js';
import type { Invariant } from './model.js';

/** Checks the invariants; one without an id is called by its place. */
export function resolveInvariants(
  specs: readonly (readonly [index: number, spec: DomainSpec['invariants'][number]])[],
  entities: EntityIndex,
  tables: TableIndex,
  report: Report,
): readonly Invariant[] {
  const owners = new Map<string, number>();
  return specs.flatMap(([index, spec]) => {
    const given = typeof spec === 'string' ? { id: `invariant_${index + 1}`, holds: spec } : spec;
    const place = typeof spec === 'string' ? report.at(index) : report.at(index, 'holds');
    const other = owners.get(given.id);
    if (other !== undefined) report.at(index)(`invariants[${other}] is called '${given.id}' already`);
    owners.set(given.id, index);
    const holds = checkCondition(given.holds, emptyScope(entities, tables), place);
    if (holds === undefined) return [];
    checkInner(holds, place);
    const verdict = decide(holds);
    if (verdict !== undefined) place(`${verdict} holds`);
    const doc = 'doc' in given && given.doc !== undefined ? { doc: given.doc } : {};
    return [{ id: given.id, ...doc, holds, source: given.holds }];
  });
}

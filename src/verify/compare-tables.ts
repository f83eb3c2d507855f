// Wrong versions of a decision table that are none. The code of a table and of its mutants only
// compares inputs with values that the cells name, or that are one off; between those an output cannot
// change. So one call for each stretch between them, and each member of an enum, decides.
import type { Table } from '../spec/model.js';
import { classesOf } from '../spec/table-proof.js';
import type { Atom } from '../spec/table-model.js';
import type { Guest } from '../../sandbox/guest-api.js';
import type { Mutant } from './mutants.js';
import { askedAlone } from './table-mutants.js';

const mostInputs = 50_000;

export interface SameTables {
  /** Mutants that give what the table gives, whatever they are asked. */
  readonly ids: ReadonlySet<string>;
  readonly calls: number;
}

/** Compares a table with its mutants on all inputs that either may tell apart; `guest` holds them. */
export function compareTables(guest: Guest, table: Table, mutants: readonly Mutant[]): SameTables {
  const values = table.inputs.map(({ type }, at) => {
    const classes = classesOf(
      type,
      table.rows.map(({ cells }) => cells[at]),
    );
    return [...new Set(classes.flatMap(around))];
  });
  const calls = values.reduce((product, { length }) => product * length, 1);
  if (calls > mostInputs) return { ids: new Set(), calls: 0 };
  const alone = askedAlone(table.name);
  const same = new Map(mutants.map(({ id, name }) => [alone + name, id]));
  const session = guest.open();
  for (const inputs of combinations(values)) {
    if (same.size === 0) break;
    const found = guest.compare(session, alone, [...same.keys()], JSON.stringify({ inputs }));
    for (const name of found.ok ? found.value : [...same.keys()]) same.delete(name);
  }
  guest.close(session);
  return { ids: new Set(same.values()), calls };
}

/** The value, and of a number those near it. */
function around(value: Atom): readonly Atom[] {
  return typeof value === 'number' ? [-2, -1, 0, 1, 2].map((step) => value + step) : [value];
}

function* combinations(values: readonly (readonly Atom[])[]): Generator<readonly Atom[]> {
  const [first, ...rest] = values;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const value of first) for (const others of combinations(rest)) yield [value, ...others];
}

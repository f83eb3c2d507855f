// Values that an agent has come across, sorted by where they fit: ids by prefix, what the user said by
// slot, columns of results, times. Each pool knows its version, so that what depends on it is worked
// out again only when it grew. Pools keep the latest values, since talks move on.
import { isRealTime } from '../core/time.js';
import { isObject, type Json } from '../core/json.js';
import type { Reference, Scalar, UserAct } from '../policy/talk.js';
import type { Observation } from './protocol.js';
import { boundResult, eachScalar } from '../language/result-values.js';

/** Values kept in one pool; the oldest go first. */
export const poolBound = 24;

export interface Pool {
  readonly values: readonly Json[];
  readonly version: number;
}

export type PoolName =
  | `id ${string}` // by prefix
  | `said ${string}` // by the last part of the slot
  | `column ${string}` // of results
  | 'said' // strings
  | 'numbers' // said or asked about
  | 'date'
  | 'datetime';

export interface ValuePools {
  pool(name: PoolName): Pool;
  /** Takes in what an agent sees. */
  observe(observation: Observation): void;
  fork(): ValuePools;
}

const none: Pool = { values: [], version: 0 };
const idForm = /^([A-Z][A-Z0-9]*)-\d{5,}$/;

export function createPools(start: ReadonlyMap<PoolName, Pool> = new Map()): ValuePools {
  const pools = new Map(start);
  const add = (name: PoolName, value: Scalar): void => {
    const pool = pools.get(name) ?? none;
    if (value === null || pool.values.includes(value)) return;
    // Pools are replaced, never changed: a fork shares them.
    pools.set(name, { values: [...pool.values, value].slice(-poolBound), version: pool.version + 1 });
  };
  const addText = (value: Scalar): void => {
    if (typeof value !== 'string') return;
    const id = idForm.exec(value)?.[1];
    if (id !== undefined) add(`id ${id}`, value);
    else if (isRealTime(value)) {
      if (value.length > 10) add('datetime', value);
      add('date', value.slice(0, 10));
    }
  };
  const hear = (slot: string, value: Scalar): void => {
    add(`said ${slot.split('.').pop() ?? slot}`, value);
    if (typeof value === 'number') add('numbers', value);
    if (typeof value === 'string') add('said', value);
    addText(value);
  };
  return {
    pool: (name) => pools.get(name) ?? none,
    observe(observation) {
      if (observation.type === 'user') {
        for (const { slot, value } of observation.acts.flatMap(saidIn)) hear(slot, value);
      } else if (observation.type === 'result') {
        const page = pageAfter(observation.value);
        if (page !== null) add('column page', page);
        eachScalar(boundResult(observation.value), (column, value) => {
          if (typeof value === 'string' && idForm.test(value)) addText(value);
          else {
            add(`column ${column}`, value);
            addText(value);
          }
        });
      }
    },
    fork: () => createPools(pools),
  };
}

/** The page after the one that a result is, if it is one and there is one more. */
function pageAfter(value: Json): number | null {
  if (!isObject(value) || !Array.isArray(value['items'])) return null;
  const { page, pages } = value;
  return typeof page === 'number' && typeof pages === 'number' && page < pages ? page + 1 : null;
}

interface Said {
  readonly slot: string;
  readonly value: Scalar;
}

function saidIn(act: UserAct): readonly Said[] {
  if (act.act === 'inform') return act.slots;
  if (act.act !== 'request') return [];
  return act.wishes.flatMap((wish) =>
    wish.wish === 'tell'
      ? saidOf(wish.of, wish.attr)
      : Object.entries(wish.args).flatMap(([param, reference]) => saidOf(reference, param)),
  );
}

function saidOf(reference: Reference, slot: string): readonly Said[] {
  if (reference.type === 'value') return [{ slot, value: reference.value }];
  if (reference.type === 'list') return reference.items.flatMap((item) => saidOf(item, slot));
  if (reference.type === 'record')
    return Object.entries(reference.fields).flatMap(([field, of]) => saidOf(of, field));
  if (reference.type !== 'row') return [];
  return reference.facts.flatMap((fact) => ('value' in fact ? [{ slot: fact.path, value: fact.value }] : []));
}

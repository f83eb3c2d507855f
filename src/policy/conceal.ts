// What must not be told. A told value gives a secret away when a row was shown that has it in a
// concealed column, and neither the user has said it nor anything else that was shown has it. Whether a
// row is an exception is judged in the guest, when it is told of. Words are not judged, values are.
import type { Fault } from '../core/errors.js';
import type { EmittedDomain, TalkPolicy } from '../emit/emitted-domain.js';
import type { Session } from '../world/world.js';
import type { Answer } from '../../sandbox/guest-api.js';
import { lookThrough } from './rows.js';
import { spelling } from './told.js';
import type { AgentAct, Scalar, TalkState } from './talk.js';

type Conceal = Extract<TalkPolicy, { kind: 'conceal' }>;

const indexes = new WeakMap<EmittedDomain, ReadonlyMap<string, readonly Conceal[]>>();

/** Whether any policy of the domain is about what is told. */
export function concealsAnything(domain: EmittedDomain): boolean {
  return policiesOf(domain).size > 0;
}

/** The ids of the policies that these acts violate by what they tell, in the order of the policies. */
export function judgeTold(
  domain: EmittedDomain,
  session: Session,
  talk: TalkState,
  acts: readonly AgentAct[],
): Answer<readonly string[]> {
  if (!concealsAnything(domain)) return { ok: true, value: [] };
  const said = new Set(talk.said.map(({ value }) => spelling(value)));
  const values = acts.flatMap((act) => (act.act === 'tell' ? act.values : []));
  const told = new Set(values.map(({ value }) => spelling(value)).filter((text) => !said.has(text)));
  if (told.size === 0) return { ok: true, value: [] };
  const violated = new Set<string>();
  for (const { open, secrets } of placesOf(domain, talk, told).values()) {
    const against = open ? [] : whatConceals(session, talk, secrets);
    if ('fault' in against) return against;
    for (const id of against) violated.add(id);
  }
  const ids = domain.talkPolicies.map(({ id }) => id).filter((id) => violated.has(id));
  return { ok: true, value: ids };
}

/** The policies that conceal a value; none when one of the rows that have it may be told of. */
function whatConceals(
  session: Session,
  talk: TalkState,
  secrets: readonly Secret[],
): readonly string[] | { readonly ok: false; readonly fault: Fault } {
  const found: string[] = [];
  for (const { entity, id, policies } of secrets) {
    const judged = policies.some((policy) => policy.judged === true)
      ? session.concealed(entity, id, talk.identified)
      : ({ ok: true, value: [] } as const);
    if (!judged.ok) return judged;
    const against = policies.filter((policy) => policy.judged !== true || judged.value.includes(policy.id));
    if (against.length === 0) return [];
    found.push(...against.map((policy) => policy.id));
  }
  return found;
}

/** A row that has a value in a column which policies conceal. */
interface Secret {
  readonly entity: string;
  readonly id: string;
  readonly policies: readonly Conceal[];
}

/** Where results have shown a value: openly, or in rows that must not be told of. */
interface Places {
  open: boolean;
  readonly secrets: Secret[];
}

function placesOf(
  domain: EmittedDomain,
  talk: TalkState,
  told: ReadonlySet<string>,
): ReadonlyMap<string, Places> {
  const policies = policiesOf(domain);
  const places = new Map<string, Places>();
  const placeOf = (value: Scalar): Places | undefined => {
    const text = spelling(value);
    if (value === null || !told.has(text)) return undefined;
    const place = places.get(text) ?? { open: false, secrets: [] };
    places.set(text, place);
    return place;
  };
  const seeValue = (value: Scalar): void => {
    const place = placeOf(value);
    if (place !== undefined) place.open = true;
  };
  for (const result of talk.shown) {
    lookThrough(
      domain.stateSchema,
      result,
      (entity, id, row) => {
        for (const [column, value] of Object.entries(row)) {
          if (typeof value === 'object') continue;
          const concealing = policies.get(`${entity}.${column}`);
          if (concealing === undefined) seeValue(value);
          else placeOf(value)?.secrets.push({ entity, id, policies: concealing });
        }
      },
      seeValue,
    );
  }
  return places;
}

/** The policies by `Entity.column`. */
function policiesOf(domain: EmittedDomain): ReadonlyMap<string, readonly Conceal[]> {
  const known = indexes.get(domain);
  if (known !== undefined) return known;
  const index = new Map<string, Conceal[]>();
  for (const policy of domain.talkPolicies) {
    if (policy.kind !== 'conceal') continue;
    for (const { entity, column } of policy.of) {
      const name = `${entity}.${column}`;
      index.set(name, [...(index.get(name) ?? []), policy]);
    }
  }
  indexes.set(domain, index);
  return index;
}

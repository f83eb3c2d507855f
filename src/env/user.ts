// The scripted user: a small state machine over acts. It opens with its request, answers what it is
// asked and knows, agrees to what it wants and to nothing else, waits for the effect it called for,
// and gives up when nothing moves. It never says what its scenario does not hold.
import type { AgentAct, Call, Reference, Scalar, UserAct } from '../policy/talk.js';
import { callHash } from '../policy/monitor.js';
import type { Scenario } from '../task/task.js';

/** How often a user asks again while nothing moves, before giving up. */
export const patience = 2;

/** What changes in a user during a talk. Plain, so that fork is a copy. */
export interface UserState {
  readonly turns: number;
  /** Turns since something moved. */
  readonly idle: number;
  /** How far the effects had come when the user last spoke. */
  readonly reached: number;
  /** Slots and proposals that were answered: to answer them again moves nothing. */
  readonly answered: readonly string[];
  readonly over: 'no' | 'satisfied' | 'unsatisfied' | 'gave-up';
}

/** What a user can notice of the world: how far its wishes have come, and whether a call is one of them. */
export interface Noticed {
  readonly reached: number;
  readonly complete: boolean;
  readonly wants: (call: Call) => boolean;
}

type Inform = Extract<UserAct, { act: 'inform' }>['slots'];

/** A user about to open, and the acts it opens with. */
export function openUser(scenario: Scenario): {
  readonly user: UserState;
  readonly acts: readonly UserAct[];
} {
  const user: UserState = { turns: 1, idle: 0, reached: 0, answered: [], over: 'no' };
  return { user, acts: [{ act: 'request', wishes: scenario.wishes }] };
}

/** What the user says to an agent's acts. */
export function respond(
  scenario: Scenario,
  user: UserState,
  heard: readonly AgentAct[],
  noticed: Noticed,
): { readonly user: UserState; readonly acts: readonly UserAct[] } {
  const turns = user.turns + 1;
  if (heard.some(({ act }) => act === 'refuse')) return leave(user, 'unsatisfied');

  const acts: UserAct[] = [];
  const answered = [...user.answered];
  let moved = noticed.reached > user.reached;
  for (const act of heard) {
    if (act.act === 'ask') {
      const known = act.slots.flatMap((slot) => answer(scenario, slot));
      const unknown = act.slots.filter((slot) => answer(scenario, slot).length === 0);
      if (known.length > 0) acts.push({ act: 'inform', slots: known });
      if (unknown.length > 0) acts.push({ act: 'unknown', slots: unknown });
      for (const slot of act.slots) {
        if (answered.includes(slot)) continue;
        answered.push(slot);
        moved = true;
      }
    } else if (act.act === 'propose') {
      const wanted = noticed.wants(act.call);
      const call = callHash(act.call);
      acts.push({ act: wanted ? 'confirm' : 'deny', call });
      if (!wanted || answered.includes(call)) continue;
      answered.push(call);
      moved = true;
    }
  }
  const claims = heard.some(({ act }) => act === 'close' || act === 'tell');
  if (claims && noticed.complete) return leave(user, 'satisfied');

  const idle = moved ? 0 : user.idle + 1;
  if (idle > patience) return leave(user, 'gave-up');
  if (acts.length === 0) acts.push({ act: 'prompt' });
  return { user: { ...user, turns, idle, answered, reached: noticed.reached }, acts };
}

/** The last words: what ends a talk is accepted, a user who gives up only leaves. */
function leave(
  user: UserState,
  over: Exclude<UserState['over'], 'no'>,
): { readonly user: UserState; readonly acts: readonly UserAct[] } {
  const end: UserAct = { act: 'end', satisfied: over === 'satisfied' };
  return {
    user: { ...user, turns: user.turns + 1, over },
    acts: over === 'gave-up' ? [end] : [{ act: 'accept' }, end],
  };
}

/**
 * What the user knows of a slot: an attribute of the caller, else a wished-for value by its parameter,
 * else what they know of the row that the parameter names (under `Entity.path`, as no slot of their own).
 */
function answer(scenario: Scenario, slot: string): Inform {
  if (Object.hasOwn(scenario.known, slot)) return [{ slot, value: scenario.known[slot] ?? null }];
  const references = scenario.wishes.flatMap((wish): readonly (readonly [string, Reference])[] =>
    wish.wish === 'do' ? Object.entries(wish.args) : [['', wish.of]],
  );
  const named = references.filter(([param]) => param === slot).map(([, reference]) => reference);
  const told = named.flatMap((reference) => describe(reference, slot));
  if (told.length > 0) return unique(told);
  const facts = references.flatMap(([, reference]) => describe(reference, ''));
  return unique(facts.filter((fact) => fact.slot.split('.').pop() === slot));
}

function describe(reference: Reference, slot: string): Inform {
  switch (reference.type) {
    case 'value':
      return slot === '' ? [] : [{ slot, value: reference.value }];
    case 'row':
      return reference.facts.flatMap((fact): { slot: string; value: Scalar }[] =>
        'value' in fact ? [{ slot: `${reference.entity}.${fact.path}`, value: fact.value }] : [],
      );
    case 'list':
      return reference.items.flatMap((item) => describe(item, slot));
    case 'record':
      return Object.values(reference.fields).flatMap((field) => describe(field, slot));
    case 'caller':
    case 'made':
      return [];
  }
}

function unique(slots: Inform): Inform {
  const seen = new Set<string>();
  return slots.filter(({ slot, value }) => {
    const key = `${slot} ${String(value)}`;
    return seen.has(key) ? false : seen.add(key).size > 0;
  });
}

// The policy monitor: pure functions over TalkState, which acts and results update, and the judgement
// of a call against the policies. Guards, escalations and computed arguments read the state and are
// judged in the guest; verify, confirm and precede are judged here, on the talk. What may be told is
// judged in conceal.ts.
import { hashJson, type ContentHash } from '../core/hash.js';
import { canonicalJson, isObject, type Json, type JsonObject } from '../core/json.js';
import type { EmittedDomain, TalkPolicy } from '../emit/emitted-domain.js';
import type { Session } from '../world/world.js';
import type { Answer } from '../../sandbox/guest-api.js';
import { precedes, sameArgument } from './belief/precede.js';
import { concealsAnything } from './conceal.js';
import { rowsIn } from './rows.js';
import type { AgentAct, Call, Reference, Scalar, TalkState, UserAct } from './talk.js';

/** A talk in which nothing has been said. */
export function startTalk(): TalkState {
  return {
    identified: null,
    identifiedBy: [],
    said: [],
    proposed: [],
    confirmed: [],
    told: [],
    refused: [],
    escalated: null,
    succeeded: [],
    seen: [],
    shown: [],
  };
}

/** The hash under which a call is proposed and confirmed: of exactly this tool and these arguments. */
export function callHash(call: Call): ContentHash {
  return hashJson({ tool: call.tool, args: call.args });
}

/** The talk after a user's acts. */
export function hearUser(talk: TalkState, acts: readonly UserAct[]): TalkState {
  let said = talk.said;
  let confirmed = talk.confirmed;
  for (const act of acts) {
    if (act.act === 'inform') said = add(said, act.slots);
    else if (act.act === 'request') said = add(said, act.wishes.flatMap(spoken));
    else if (act.act === 'specify') said = add(said, specified(act));
    else if (act.act === 'confirm') confirmed = add(confirmed, [act.call]);
    else if (act.act === 'deny') confirmed = confirmed.filter((hash) => hash !== act.call);
  }
  return { ...talk, said, confirmed };
}

/** The talk after an agent's acts. */
export function hearAgent(talk: TalkState, acts: readonly AgentAct[]): TalkState {
  let { proposed, told, refused } = talk;
  for (const act of acts) {
    if (act.act === 'propose') proposed = add(proposed, [callHash(act.call)]);
    else if (act.act === 'tell') told = add(told, act.values);
    else if (act.act === 'refuse') refused = add(refused, [act.policy]);
  }
  return { ...talk, proposed, told, refused };
}

/** The talk after the agent handed it over, naming a policy. */
export function noteHandOver(talk: TalkState, policy: string): TalkState {
  return { ...talk, escalated: policy };
}

/** The talk after a call that a tool accepted. */
export function noteResult(domain: EmittedDomain, talk: TalkState, call: Call, value: Json): TalkState {
  const shown = rowsIn(domain.stateSchema, value);
  const seen =
    shown.length === 0
      ? talk.seen
      : unite(
          talk.seen,
          shown.map(({ id }) => id),
        );
  const succeeded = [...talk.succeeded, call];
  const next = {
    ...talk,
    seen,
    succeeded,
    shown: concealsAnything(domain) ? [...talk.shown, value] : talk.shown,
  };
  const identified = identify(domain, talk, call, value);
  if (identified === undefined) return next;
  const before = identified === talk.identified ? talk.identifiedBy : [];
  return { ...next, identified, identifiedBy: unite(before, [call.tool]) };
}

/**
 * The ids of the policies that this call would violate now, in the order of the policies. A call that
 * its tool refuses changes nothing and violates nothing, so ask before the call and count after it.
 */
export function judgeCall(
  domain: EmittedDomain,
  session: Session,
  talk: TalkState,
  call: Call,
): Answer<readonly string[]> {
  const policies = policiesOf(domain).get(call.tool);
  if (policies === undefined) return { ok: true, value: [] };
  let guards: readonly string[] = [];
  if (policies.some(({ kind }) => kind === 'guard' || kind === 'escalate' || kind === 'compute')) {
    const judged = session.violatedGuards(call.tool, call.args, talk.identified);
    if (!judged.ok) return judged;
    guards = judged.value;
  }
  const violated = policies.filter((policy) => violates(policy, guards, talk, call));
  return { ok: true, value: violated.map(({ id }) => id) };
}

/** A policy that speaks about tools: all but those about what is told. */
type ToolPolicy = Exclude<TalkPolicy, { kind: 'conceal' }>;

function violates(policy: ToolPolicy, guards: readonly string[], talk: TalkState, call: Call): boolean {
  switch (policy.kind) {
    case 'guard':
    case 'escalate':
    case 'compute':
      return guards.includes(policy.id);
    case 'verify':
      return !policy.finds.some((find) => talk.identifiedBy.includes(find));
    case 'confirm':
      return !talk.confirmed.includes(callHash(call));
    case 'precede':
      return !talk.succeeded.some((earlier) => precedes(policy, earlier, call));
  }
}

/** The caller's row, when a find that counts returned it for what the user has said of themselves. */
function identify(domain: EmittedDomain, talk: TalkState, call: Call, value: Json): string | undefined {
  const policy = domain.talkPolicies.find(
    (policy) => policy.kind === 'verify' && policy.finds.includes(call.tool),
  );
  if (policy?.kind !== 'verify' || !isObject(value)) return undefined;
  const key = domain.stateSchema.tables.find(({ entity }) => entity === policy.by)?.key;
  const id = key === undefined ? undefined : value[key];
  return typeof id === 'string' && saidAll(talk, call.args) ? id : undefined;
}

function saidAll(talk: TalkState, args: JsonObject): boolean {
  return Object.entries(args).every(([slot, value]) =>
    talk.said.some((fact) => fact.slot === slot && sameArgument(fact.value, value)),
  );
}

/**
 * What a wish says aloud. Its values stand under `tool.param` and `Entity.path`, never under the bare
 * slot of an attribute of the caller: a wished-for new address must not pass for the caller's own.
 */
function spoken(wish: Extract<UserAct, { act: 'request' }>['wishes'][number]): Said[] {
  if (wish.wish === 'tell') return spokenIn(wish.of, `${wish.entity}.${wish.attr}`);
  return Object.entries(wish.args).flatMap(([param, reference]) =>
    spokenIn(reference, `${wish.tool}.${param}`),
  );
}

/** What a user adds to a wish, under the wish's number, since the request may not have named it whole. */
function specified({ wish, args }: Extract<UserAct, { act: 'specify' }>): Said[] {
  return Object.entries(args).flatMap(([arg, reference]) => spokenIn(reference, `${wish}.${arg}`));
}

type Said = { readonly slot: string; readonly value: Scalar };

function spokenIn(reference: Reference, slot: string): Said[] {
  switch (reference.type) {
    case 'value':
      return [{ slot, value: reference.value }];
    case 'row':
      return reference.facts.flatMap((fact) =>
        'value' in fact ? [{ slot: `${reference.entity}.${fact.path}`, value: fact.value }] : [],
      );
    case 'list':
      return reference.items.flatMap((item) => spokenIn(item, slot));
    case 'record':
      return Object.entries(reference.fields).flatMap(([field, of]) => spokenIn(of, `${slot}.${field}`));
    case 'caller':
    case 'made':
      return [];
  }
}

const indexes = new WeakMap<EmittedDomain, ReadonlyMap<string, readonly ToolPolicy[]>>();

function policiesOf(domain: EmittedDomain): ReadonlyMap<string, readonly ToolPolicy[]> {
  const found = indexes.get(domain);
  if (found !== undefined) return found;
  const index = new Map<string, ToolPolicy[]>();
  for (const policy of domain.talkPolicies) {
    if (policy.kind === 'conceal') continue;
    for (const tool of policy.on) index.set(tool, [...(index.get(tool) ?? []), policy]);
  }
  indexes.set(domain, index);
  return index;
}

/** The list with what it lacks; the same list when it lacks nothing. Compares by content. */
function add<T>(list: readonly T[], items: readonly T[]): readonly T[] {
  if (items.length === 0) return list;
  return unite(list, items, (item) => (typeof item === 'string' ? item : canonicalJson(item)));
}

function unite<T>(
  list: readonly T[],
  items: readonly T[],
  name: (item: T) => unknown = (item) => item,
): readonly T[] {
  const known = new Set(list.map(name));
  const added = items.filter((item) => {
    const fresh = !known.has(name(item));
    known.add(name(item));
    return fresh;
  });
  return added.length === 0 ? list : [...list, ...added];
}

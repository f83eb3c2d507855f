// Somebody who does what a caller wants as a fair agent would. The reads are chained backwards: each
// reference is resolved and each rule judged over what was read so far, and whatever that turns out to
// need is read first. So no argument falls from the sky.
import type { JsonObject, Json } from '../core/json.js';
import { isObject } from '../core/json.js';
import { must } from '../core/errors.js';
import type { RowSource } from '../spec/evaluate.js';
import {
  absorb,
  absorbNothing,
  believedSource,
  forget,
  startBeliefs,
  type Beliefs,
} from '../policy/belief/beliefs.js';
import { writtenEntities } from '../policy/belief/effects.js';
import { identifyingFinds, slotsOf } from '../policy/belief/identity.js';
import { think } from '../policy/belief/need.js';
import { precedes, precedingCall } from '../policy/belief/precede.js';
import { readFor } from '../policy/belief/read-call.js';
import { rowsMatching } from '../policy/belief/resolve.js';
import { complies, policiesOn, rulesOn, type Rule } from '../policy/belief/rules.js';
import type { AgentAct, Call, Reference } from '../policy/talk.js';
import type { Session } from '../world/world.js';
import { entityNamed, type Ground } from './ground.js';
import type { KnownSlots } from './scenario.js';
import type { Step } from './task.js';

/** What the clerk read, believes and did. */
export interface Clerk {
  readonly ground: Ground;
  readonly session: Session;
  readonly caller: string;
  readonly beliefs: Beliefs;
  readonly steps: Step[];
  readonly succeeded: Call[];
}

/** More steps than this make a talk that nobody would sit through. */
const mostSteps = 45;

/** Whether the clerk gave up reading because the talk had become too long. */
export function isTired(clerk: Clerk): boolean {
  return clerk.steps.length >= mostSteps;
}

export function openClerk(ground: Ground, session: Session, caller: string): Clerk {
  return { ground, session, caller, beliefs: startBeliefs(ground.domain), steps: [], succeeded: [] };
}

/** Makes a call; null when it is refused. */
function callTool(clerk: Clerk, call: Call): { readonly value: Json } | null {
  const { ground, beliefs } = clerk;
  const tool = must(ground.tools.get(call.tool), `tool ${call.tool}`);
  const reply = clerk.session.call(call.tool, call.args);
  if (reply.type !== 'result') return null;
  clerk.steps.push({ by: 'agent', call });
  clerk.succeeded.push(call);
  forget(beliefs, writtenEntities(ground.domain, tool));
  absorb(beliefs, tool, call.args, reply.value);
  return { value: reply.value };
}

export function say(clerk: Clerk, act: AgentAct): void {
  clerk.steps.push({ by: 'agent', say: act });
}

/** The value of a thought after reading what it needs; null when no read supplies that or too many do. */
export function work<T>(clerk: Clerk, compute: (source: RowSource) => T): { readonly value: T } | null {
  while (!isTired(clerk)) {
    const thought = think(() => compute(believedSource(clerk.beliefs)));
    if (thought.known) return { value: thought.value };
    const read = readFor(clerk.ground.domain, thought.need);
    if (read === null) return null;
    const tool = clerk.ground.tools.get(read.tool);
    if (callTool(clerk, read) !== null) continue;
    if (tool?.kind !== 'derived') return null;
    absorbNothing(clerk.beliefs, tool, read.args);
  }
  return null;
}

/** Asks for what identifies the caller and looks them up. */
export function identifyCaller(clerk: Clerk, known: KnownSlots): boolean {
  const { domain } = clerk.ground;
  const { key } = entityNamed(clerk.ground, domain.caller);
  for (const find of identifyingFinds(domain)) {
    const slots = slotsOf(domain, find);
    if (!slots.every(({ slot }) => Object.hasOwn(known, slot))) continue;
    const args: JsonObject = Object.fromEntries(slots.map(({ slot, param }) => [param, known[slot] ?? null]));
    const before = clerk.steps.length;
    say(clerk, { act: 'ask', slots: slots.map(({ slot }) => slot) });
    const found = callTool(clerk, { tool: find.name, args });
    if (found !== null && isObject(found.value) && found.value[key] === clerk.caller) return true;
    clerk.steps.splice(before);
  }
  return false;
}

/** Whether the clerk, reading, comes to the same value for a reference. */
export function recovers(clerk: Clerk, reference: Reference, expected: Json | undefined): boolean {
  switch (reference.type) {
    case 'value':
      return reference.value === expected;
    case 'caller':
      return expected === clerk.caller;
    case 'made':
      return true; // known once the earlier wish is fulfilled
    case 'list':
      return (
        Array.isArray(expected) &&
        expected.length === reference.items.length &&
        reference.items.every((item, index) => recovers(clerk, item, expected[index] as Json))
      );
    case 'record':
      return (
        isObject(expected) &&
        Object.entries(reference.fields).every(([field, of]) => recovers(clerk, of, expected[field]))
      );
    case 'row': {
      const { entity, facts } = reference;
      const ids = work(clerk, (source) =>
        rowsMatching(clerk.ground.domain, source, entity, facts, clerk.caller),
      );
      return ids?.value.length === 1 && ids.value[0] === expected;
    }
  }
}

/** Reads a row that a judgement rests on, where no result has shown it yet. */
export function readRow(clerk: Clerk, id: string): void {
  const { ground, beliefs } = clerk;
  const entity = ground.domain.entities.find(({ name }) => ground.source.get(name, id) !== undefined);
  if (entity === undefined || beliefs.entities.get(entity.name)?.rows.has(id)) return;
  const get = ground.domain.tools.find(
    (tool) => tool.kind === 'derived' && tool.read === 'get' && tool.entity === entity.name,
  );
  if (get !== undefined) callTool(clerk, { tool: get.name, args: { [entity.key]: id } });
}

/** The first rule against a call, 'none', or null when a rule cannot be judged from what can be read. */
export function ruleAgainst(clerk: Clerk, call: Call): Rule | 'none' | null {
  const tool = must(clerk.ground.tools.get(call.tool), `tool ${call.tool}`);
  for (const rule of rulesOn(clerk.ground.domain, call.tool)) {
    const fine = work(clerk, (source) => complies(rule, tool, call.args, clerk.caller, source));
    if (fine === null) return null;
    if (!fine.value) return rule;
  }
  return 'none';
}

/** Does what the policies want before a call, then the call; false when a step does not work. */
export function carryOut(clerk: Clerk, call: Call): boolean {
  const { domain } = clerk.ground;
  for (const policy of policiesOn(domain, 'precede', call.tool)) {
    if (clerk.succeeded.some((earlier) => precedes(policy, earlier, call))) continue;
    const first = precedingCall(domain, policy, call);
    if (first === null || callTool(clerk, first) === null) return false;
  }
  if (policiesOn(domain, 'confirm', call.tool).length > 0) say(clerk, { act: 'propose', call });
  return callTool(clerk, call) !== null;
}

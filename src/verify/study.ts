// The study of survivors. A mutant that no procedural case caught leaves the denominator only when
// a long stream of its own (other seeds, other draws than the cases') shows no difference between it
// and the original: calls of the mutated tool and its neighbours in the graph, on states of rounds,
// half of them shaken. It ends at the first difference.
import { canonicalJson, type JsonObject } from '../core/json.js';
import { deriveRng, type Rng, type Seed } from '../core/rng.js';
import { formatId, idScheme } from '../core/id.js';
import type { Tool } from '../spec/model.js';
import type { Guest } from '../../sandbox/guest-api.js';
import { changesText } from './changes.js';
import { startDraft, type Draft, type Ground } from './draft.js';
import type { Mutant } from './mutants.js';
import { randomArgs } from './random-args.js';
import { pickCaller, shake } from './sequence.js';

/** Calls without a difference after which a survivor counts as equivalent. */
export const studyCalls = 50_000;
const callsPerRound = 20;

export interface StudyResult {
  readonly id: string;
  readonly calls: number;
  readonly equivalent: boolean;
  readonly difference?: string;
}

/** Studies one survivor; `guest` holds it beside the original. `neighbours` are tools that the mutated one supplies, enables or reads. */
export function studySurvivor(
  ground: Ground,
  guest: Guest,
  mutant: Mutant,
  neighbours: readonly string[],
  seed: Seed,
  limit = studyCalls,
): StudyResult {
  const tools = toolsFor(ground, mutant, neighbours);
  let calls = 0;
  for (let round = 0; calls < limit; round++) {
    const rng = deriveRng(seed, 'study', mutant.id, round);
    const found = studyRound(ground, guest, mutant, tools, rng, round % 2 === 0 ? 0 : rng.int(5, 120));
    calls += found.calls;
    if (found.difference !== null) {
      return { id: mutant.id, calls, equivalent: false, difference: found.difference };
    }
  }
  return { id: mutant.id, calls, equivalent: true };
}

interface Chosen {
  readonly main: readonly Tool[];
  readonly around: readonly Tool[];
}

function toolsFor(ground: Ground, mutant: Mutant, neighbours: readonly string[]): Chosen {
  const [kind, first, second] = mutant.unit;
  const writes = ground.domain.tools.filter(({ effect }) => effect === 'write');
  const main = ground.domain.tools.filter(({ name }) => name === (kind === 'guards' ? second : first));
  const around = ground.domain.tools.filter(
    ({ name }) => neighbours.includes(name) && !main.some((one) => one.name === name),
  );
  return kind === 'invariants' || main.length === 0
    ? { main: writes, around: writes }
    : { main, around: around.length > 0 ? around : main };
}

function studyRound(
  ground: Ground,
  guest: Guest,
  mutant: Mutant,
  { main, around }: Chosen,
  rng: Rng,
  changes: number,
): { readonly calls: number; readonly difference: string | null } {
  const draft = startDraft(ground, mutant.unit[0] !== 'invariants');
  shake(draft, rng, changes);
  const patch = draft.patch();
  const [right, wrong] = [guest.open(), guest.open()];
  const isTool = mutant.unit[0] === 'tools';
  let calls = 0;
  const done = (difference: string | null): { calls: number; difference: string | null } => {
    guest.close(right);
    guest.close(wrong);
    return { calls, difference };
  };
  if (patch.length > 0) {
    guest.patch(right, patch);
    if (isTool) guest.patch(wrong, patch);
  }
  for (let index = 0; index < callsPerRound; index++) {
    const tool = rng.chance(0.6) ? rng.pick(main) : rng.pick(around);
    const given = madeUp(ground, tool, randomArgs(tool, draft, rng, { missing: 0.02 }), rng);
    const args = JSON.stringify(given);
    calls++;
    if (!isTool) {
      const difference = judged(guest, right, mutant, tool, given, draft, rng);
      if (difference !== null) return done(difference);
      guest.call(right, tool.name, args);
      continue;
    }
    const mutated = main.includes(tool) ? mutant.name : tool.name;
    const answers = [guest.call(right, tool.name, args), guest.call(wrong, mutated, args)].map(canonicalJson);
    if (answers[0] !== answers[1]) return done(`${tool.name} ${args}: ${answers[0]} against ${answers[1]}`);
  }
  if (!isTool) return done(null);
  const [mine, other] = [diffText(guest, right), diffText(guest, wrong)];
  return done(mine === other ? null : `after ${calls} calls the states differ: ${mine} against ${other}`);
}

/** Sometimes the id of a row that a call of this round may have made. */
function madeUp(ground: Ground, tool: Tool, args: ReturnType<typeof randomArgs>, rng: Rng): typeof args {
  const made = { ...args };
  for (const param of tool.params) {
    if (param.type.kind !== 'row' || args[param.name] === undefined || !rng.chance(0.15)) continue;
    const { entity } = param.type;
    const ordinal = (ground.state.created[entity] ?? 0) + rng.int(0, 3);
    const prefix = ground.entities.get(entity)?.prefix ?? '';
    made[param.name] = formatId(idScheme(ground.domain.id, entity, prefix), ordinal);
  }
  return made;
}

function judged(
  guest: Guest,
  session: number,
  mutant: Mutant,
  tool: Tool,
  given: JsonObject,
  draft: Draft,
  rng: Rng,
): string | null {
  const args = JSON.stringify(given);
  const [kind, first = ''] = mutant.unit;
  if (kind === 'guards') {
    if (tool.name !== mutant.unit[2]) return null;
    const caller = rng.chance(0.1) ? null : pickCaller(tool, given, draft, rng);
    const right = guest.violatedGuards(session, tool.name, args, caller);
    const wrong = guest.violatedGuards(session, mutant.name, args, caller);
    const same =
      right.ok && wrong.ok
        ? right.value.includes(first) === wrong.value.includes(first)
        : right.ok === wrong.ok;
    return same ? null : `${tool.name} ${args} for ${String(caller)} is judged otherwise`;
  }
  for (const scope of rng.chance(0.9) ? (['changed'] as const) : (['changed', 'all'] as const)) {
    const broken = guest.brokenInvariants(session, scope);
    if (!broken.ok) continue;
    if (broken.value.includes(first) !== broken.value.includes(mutant.name)) {
      return `a state before ${tool.name} ${args} is judged otherwise (${scope})`;
    }
  }
  return null;
}

function diffText(guest: Guest, session: number): string {
  const diff = guest.diff(session);
  return diff.ok ? changesText(diff.value) : `fault: ${diff.fault.kind}`;
}

// The study of survivors. A mutant that no procedural case caught leaves the denominator only when
// a long stream of its own (other seeds, other draws than the cases') shows no difference between it
// and the original: calls of the mutated tool and its neighbours in the graph, on states of rounds,
// half of them shaken. Survivors of one unit share the stream; each leaves at its first difference.
import { Bug } from '../core/errors.js';
import { canonicalJson, type JsonObject } from '../core/json.js';
import { deriveRng, type Rng, type Seed } from '../core/rng.js';
import { formatId, idScheme } from '../core/id.js';
import type { Tool } from '../spec/model.js';
import type { Guest, Reply } from '../../sandbox/guest-api.js';
import { changesText } from './changes.js';
import { startDraft, type Draft, type Ground } from './draft.js';
import type { Mutant } from './mutants.js';
import { randomArgs } from './random-args.js';
import { pickCaller, shake } from './sequence.js';
import { askersOf, type Asking } from './table-mutants.js';
import { nearRows } from './telling-values.js';

/** Calls without a difference after which a survivor counts as equivalent: parts times calls a part. */
export const studyParts = 5;
export const studyCallsPerPart = 10_000;
const callsPerRound = 20;

export interface StudyResult {
  readonly id: string;
  readonly calls: number;
  readonly equivalent: boolean;
  readonly difference?: string;
}

/** What a study of one unit works on; `differ` notes a mutant's first difference. */
interface Study {
  readonly ground: Ground;
  readonly guest: Guest;
  /** What the unit is judged by: tools called, guards asked on tools, invariants. */
  readonly asking: Asking;
  readonly main: readonly Tool[];
  readonly around: readonly Tool[];
  readonly alive: Map<string, Mutant>;
  differ(mutant: Mutant, how: string): void;
}

/** Studies the survivors of one unit on one part of their stream; `guest` holds them beside the original, `neighbours` names tools near it. */
export function studySurvivors(
  ground: Ground,
  guest: Guest,
  mutants: readonly Mutant[],
  neighbours: readonly string[],
  seed: Seed,
  part: number,
  limit: number,
): StudyResult[] {
  const unit = mutants[0]?.unit ?? [];
  const results = new Map<string, StudyResult>();
  let calls = 0;
  const asking = askingOf(ground, unit);
  const study: Study = {
    ground,
    guest,
    asking,
    ...toolsFor(ground, asking, neighbours),
    alive: new Map(mutants.map((mutant) => [mutant.id, mutant])),
    differ(mutant, difference) {
      if (study.alive.delete(mutant.id)) {
        results.set(mutant.id, { id: mutant.id, calls, equivalent: false, difference });
      }
    },
  };
  for (let round = 0; calls < limit && study.alive.size > 0; round++) {
    const rng = deriveRng(seed, 'study', unit.join('/'), part, round);
    const draft = startDraft(ground, { unbounded: unit[0] === 'invariants' });
    shake(draft, rng, round % 2 === 0 ? 0 : rng.int(5, 120));
    if (asking.tools.length > 0) studyTool(study, draft, rng);
    if (asking.guards.length > 0 || asking.invariants.length > 0) studyJudgement(study, draft, rng);
    calls += callsPerRound;
  }
  return mutants.map(({ id }) => results.get(id) ?? { id, calls, equivalent: true });
}

function askingOf(ground: Ground, [kind, first = '', second = '']: readonly string[]): Asking {
  const none: Asking = { tools: [], guards: [], invariants: [] };
  if (kind === 'tools') return { ...none, tools: [first] };
  if (kind === 'guards') return { ...none, guards: [{ policy: first, on: second }] };
  return kind === 'tables' ? (askersOf(ground.domain)[first] ?? none) : { ...none, invariants: [first] };
}

/** The name under which a mutant of what has this name stands. */
function wrongName(mutant: Mutant, name: string): string {
  return mutant.unit[0] === 'tables' ? name + mutant.name : mutant.name;
}

function toolsFor(
  ground: Ground,
  asking: Asking,
  neighbours: readonly string[],
): Pick<Study, 'main' | 'around'> {
  const { tools } = ground.domain;
  const names = new Set([...asking.tools, ...asking.guards.map(({ on }) => on)]);
  const main = tools.filter((tool) => names.has(tool.name) || names.has(readBy(tool)));
  if (main.length === 0) {
    const writes = tools.filter(({ effect }) => effect === 'write');
    return { main: writes, around: writes };
  }
  const around = tools.filter((tool) => neighbours.includes(tool.name) && !main.includes(tool));
  return { main, around: around.length > 0 ? around : main };
}

/** The entity of which a tool gets a row by its id: what may be told of the row is judged with the same arguments. */
function readBy(tool: Tool): string {
  return tool.kind === 'derived' && tool.read === 'get' ? tool.entity : '';
}

/** The same calls in a session of the original and in one of each mutant. */
function studyTool(study: Study, draft: Draft, rng: Rng): void {
  const { guest, asking } = study;
  const patch = draft.patch();
  const open = (): number => {
    const session = guest.open();
    if (patch.length > 0) guest.patch(session, patch);
    return session;
  };
  const right = open();
  const wrong = new Map([...study.alive.values()].map((mutant) => [mutant, open()]));
  for (let index = 0; index < callsPerRound; index++) {
    const { tool, args } = nextCall(study, draft, rng);
    const text = JSON.stringify(args);
    const expected = guest.call(right, tool.name, text);
    for (const [mutant, session] of wrong) {
      const name = asking.tools.includes(tool.name) ? wrongName(mutant, tool.name) : tool.name;
      const got = guest.call(session, name, text);
      if (sameReply(expected, got)) continue;
      study.differ(mutant, `${tool.name} ${text}: ${canonicalJson(expected)} against ${canonicalJson(got)}`);
      guest.close(session);
      wrong.delete(mutant);
    }
  }
  const state = diffText(guest, right);
  guest.close(right);
  for (const [mutant, session] of wrong) {
    const other = diffText(guest, session);
    guest.close(session);
    if (other !== state) study.differ(mutant, `the states differ: ${state} against ${other}`);
  }
}

/** Guards and invariants change nothing: one session asks the original and the mutants. */
function studyJudgement(study: Study, draft: Draft, rng: Rng): void {
  const { guest, asking } = study;
  const session = guest.open();
  const patch = draft.patch();
  if (patch.length > 0) guest.patch(session, patch);
  for (let index = 0; index < callsPerRound; index++) {
    const { tool, args } = nextCall(study, draft, rng);
    const text = JSON.stringify(args);
    const guards = asking.guards.filter(({ on }) => on === tool.name || on === readBy(tool));
    const policies = guards.map(({ policy }) => policy);
    const [guard] = guards;
    if (guard !== undefined) {
      const caller = rng.chance(0.1) ? null : pickCaller(tool, args, draft, rng);
      const right = guest.violatedGuards(session, guard.on, text, caller);
      for (const mutant of study.alive.values()) {
        const wrong = guest.violatedGuards(session, wrongName(mutant, guard.on), text, caller);
        const same =
          right.ok && wrong.ok
            ? policies.every((policy) => right.value.includes(policy) === wrong.value.includes(policy))
            : right.ok === wrong.ok;
        if (!same) study.differ(mutant, `${tool.name} ${text} for ${String(caller)} is judged otherwise`);
      }
    }
    if (asking.invariants.length > 0) {
      const scope = index === callsPerRound - 1 ? 'all' : 'changed';
      const broken = guest.brokenInvariants(session, scope);
      for (const mutant of study.alive.values()) {
        const same =
          !broken.ok ||
          asking.invariants.every(
            (id) => broken.value.includes(id) === broken.value.includes(wrongName(mutant, id)),
          );
        if (!same) study.differ(mutant, `a state before ${tool.name} ${text} is judged otherwise (${scope})`);
      }
    }
    guest.call(session, tool.name, text);
  }
  guest.close(session);
}

function nextCall({ main, around, ground }: Study, draft: Draft, rng: Rng): { tool: Tool; args: JsonObject } {
  const tool = rng.chance(0.6) ? rng.pick(main) : rng.pick(around);
  const args = nearRows(tool, randomArgs(tool, draft, rng, { missing: 0.02 }), draft, rng);
  return { tool, args: withMadeRows(ground, tool, args, rng) };
}

/** Sometimes the id of a row that a call of this round may have made. */
function withMadeRows(ground: Ground, tool: Tool, args: JsonObject, rng: Rng): JsonObject {
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

/** Equal but for the order of keys, which is looked at only when the texts differ. */
function sameReply(left: Reply, right: Reply): boolean {
  return JSON.stringify(left) === JSON.stringify(right) || canonicalJson(left) === canonicalJson(right);
}

function diffText(guest: Guest, session: number): string {
  const diff = guest.diff(session);
  return diff.ok ? changesText(diff.value) : `fault: ${diff.fault.kind}`;
}

/** What the parts of a study found of one mutant, in order: the first difference, or all the calls without one. */
export function joinParts(parts: readonly StudyResult[]): StudyResult {
  const [first] = parts;
  if (first === undefined) throw new Bug('a study without parts');
  let calls = 0;
  for (const part of parts) {
    calls += part.calls;
    if (!part.equivalent) return { ...part, calls };
  }
  return { ...first, calls };
}

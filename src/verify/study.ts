// The study of survivors. A mutant that no procedural case caught leaves the denominator only when
// a long stream of its own (other seeds, other draws than the cases') shows no difference between it
// and the original: calls of the mutated tool and its neighbours in the graph, on states of rounds,
// half of them shaken. Survivors of one unit share the stream; each leaves at its first difference.
import { Bug } from '../core/errors.js';
import { canonicalJson, type JsonObject } from '../core/json.js';
import { deriveRng, type Rng, type Seed } from '../core/rng.js';
import { formatId, idScheme } from '../core/id.js';
import type { Tool } from '../spec/model.js';
import type { Guest, RowChange } from '../../sandbox/guest-api.js';
import { changesText } from './changes.js';
import { compareTables } from './compare-tables.js';
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
  /** The calls were of a table itself, with all that it tells apart: a proof. */
  readonly proven?: true;
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
  const table = ground.domain.tables.find(({ name }) => unit[0] === 'tables' && unit[1] === name);
  const same = table && compareTables(guest, table, mutants);
  for (const id of same?.ids ?? []) {
    results.set(id, { id, calls: same?.calls ?? 0, equivalent: true, proven: true });
  }
  const study: Study = {
    ground,
    guest,
    asking,
    ...toolsFor(ground, asking, neighbours),
    alive: new Map(mutants.filter(({ id }) => !results.has(id)).map((mutant) => [mutant.id, mutant])),
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

/** Every call beside the same call of each mutant, on the state to which the original's calls led. */
function studyTool(study: Study, draft: Draft, rng: Rng): void {
  const { guest, asking } = study;
  const patch = draft.patch();
  const session = guest.open();
  if (patch.length > 0) guest.patch(session, patch);
  const calls: Called[] = [];
  for (let index = 0; index < callsPerRound; index++) {
    const { tool, args } = nextCall(study, draft, rng);
    const call = { tool: tool.name, args: JSON.stringify(args) };
    const wrong = new Map(
      asking.tools.includes(call.tool)
        ? [...study.alive.values()].map((mutant) => [wrongName(mutant, call.tool), mutant])
        : [],
    );
    const found = guest.compare(session, call.tool, [...wrong.keys()], call.args);
    // Where one of them took the machine down, each is looked at alone, as is what seems to differ.
    const suspects = found.ok ? found.value : [...wrong.keys()];
    for (const name of suspects) {
      const mutant = wrong.get(name);
      const difference = differenceIn(guest, patch, calls, call, name);
      if (mutant !== undefined && difference !== null) study.differ(mutant, difference);
    }
    if (!found.ok) guest.call(session, call.tool, call.args);
    calls.push(call);
  }
  guest.close(session);
}

interface Called {
  readonly tool: string;
  readonly args: string;
}

/** How a wrong version of a call's tool differs, after the calls before it; null where it does not. */
function differenceIn(
  guest: Guest,
  patch: readonly RowChange[],
  before: readonly Called[],
  { tool, args }: Called,
  wrong: string,
): string | null {
  const outcomeOf = (name: string): { readonly reply: string; readonly state: string } => {
    const session = guest.open();
    if (patch.length > 0) guest.patch(session, patch);
    for (const one of before) guest.call(session, one.tool, one.args);
    const reply = canonicalJson(guest.call(session, name, args));
    const state = diffText(guest, session);
    guest.close(session);
    return { reply, state };
  };
  const [right, other] = [outcomeOf(tool), outcomeOf(wrong)];
  if (right.reply !== other.reply) return `${tool} ${args}: ${right.reply} against ${other.reply}`;
  return right.state === other.state ? null : `the states differ: ${right.state} against ${other.state}`;
}

/** Guards and invariants change nothing: one session asks the original and the mutants. */
function studyJudgement(study: Study, draft: Draft, rng: Rng): void {
  const { guest, asking } = study;
  const session = guest.open();
  const patch = draft.patch();
  if (patch.length > 0) guest.patch(session, patch);
  let isNew = true;
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
    // A state that was judged is not judged again.
    if (asking.invariants.length > 0 && (isNew || index === callsPerRound - 1)) {
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
    const reply = guest.call(session, tool.name, text);
    isNew = tool.effect === 'write' && reply.type === 'result';
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
    if (part.proven === true) return part;
    calls += part.calls;
    if (!part.equivalent) return { ...part, calls };
  }
  return { ...first, calls };
}

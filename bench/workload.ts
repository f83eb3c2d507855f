// Calls to measure with: a real domain, its emitted code, a seed state of about a wished size, and
// calls that the tools of that state accept, drawn evenly over the tools.
import { readdirSync, readFileSync } from 'node:fs';
import { deriveRng } from '../src/core/rng.js';
import { emitDomain } from '../src/emit/emit.js';
import type { EmittedDomain } from '../src/emit/emitted-domain.js';
import type { Domain } from '../src/spec/model.js';
import { readSpec } from '../src/spec/read.js';
import { layGround, startDraft } from '../src/verify/draft.js';
import { randomArgs } from '../src/verify/random-args.js';
import { seedState } from '../src/world/seed.js';
import type { Guest, GuestState } from '../sandbox/guest-api.js';
import { Bug } from '../src/core/errors.js';

interface CallText {
  readonly tool: string;
  readonly args: string;
}

export interface Subject {
  readonly domain: Domain;
  readonly emitted: EmittedDomain;
}

export interface Workload {
  readonly state: GuestState;
  readonly kilobytes: number;
  readonly reads: readonly CallText[];
  readonly writes: readonly CallText[];
}

/** The domains of the repository. */
export function subjectIds(): readonly string[] {
  return readdirSync(new URL('../../domains/', import.meta.url))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** A domain of the repository. */
export function loadSubject(name: string): Subject {
  const url = new URL(`../../domains/${name}.yaml`, import.meta.url);
  const domain = readSpec(readFileSync(url, 'utf8'));
  if (!domain.ok) throw new Bug(`${name} is not a spec: ${domain.error[0]?.message ?? ''}`);
  return { domain: domain.value, emitted: emitDomain(domain.value) };
}

/** A seed state of about so many kilobytes of JSON. */
export function sizedState({ domain }: Subject, kilobytes: number): GuestState {
  const stateAt = (scale: number): GuestState => {
    const state = seedState(domain, 7, { scale });
    if (!state.ok) throw new Bug(`no state at scale ${scale}: ${state.error[0]?.message ?? ''}`);
    return state.value;
  };
  const whole = sizeOf(stateAt(1));
  return stateAt(kilobytes / whole);
}

/** Kilobytes of a state's JSON. */
export function sizeOf(state: GuestState): number {
  return JSON.stringify(state).length / 1000;
}

const callsPerTool = 8;
const triesPerCall = 400;

/** Calls that succeed on the seed state itself, as many for each tool where so many are found. */
function drawCalls({ domain }: Subject, guest: Guest, state: GuestState): Pick<Workload, 'reads' | 'writes'> {
  const draft = startDraft(layGround(domain, state));
  const session = guest.open();
  const reads: CallText[] = [];
  const writes: CallText[] = [];
  for (const tool of domain.tools) {
    const rng = deriveRng(7, 'bench', tool.name);
    const found = tool.effect === 'write' ? writes : reads;
    for (let hits = 0, tries = 0; hits < callsPerTool && tries < triesPerCall; tries++) {
      const call = { tool: tool.name, args: JSON.stringify(randomArgs(tool, draft, rng)) };
      if (guest.call(session, call.tool, call.args).type === 'result') {
        found.push(call);
        hits++;
      }
      if (tool.effect === 'write') guest.reset(session);
    }
  }
  guest.close(session);
  const rng = deriveRng(7, 'bench', 'order');
  return { reads: rng.shuffle(reads), writes: rng.shuffle(writes) };
}

/** State and calls of about a wished size. */
export function drawWorkload(subject: Subject, guest: Guest, state: GuestState): Workload {
  return { state, kilobytes: sizeOf(state), ...drawCalls(subject, guest, state) };
}

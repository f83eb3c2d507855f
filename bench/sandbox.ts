// What the sandbox costs: calls per second on the emitted library at states of three sizes, fork and
// reset, guards and invariants; each against the same code in plain V8.
import type { Guest } from '../sandbox/guest-api.js';
import { createGuest } from '../sandbox/host.js';
import { createPlainGuest } from '../sandbox/plain.js';
import { measure, perSecond, type BenchRow, type BenchRun, type Work } from './harness.js';
import { drawWorkload, loadSubject, sizedState, type Workload } from './workload.js';

const runs = 9;
const callsPerEpisode = 20;

/** The benchmark `sandbox`. */
export const benchSandbox: BenchRun = async (report) => {
  const subject = loadSubject('library');
  const program = { modules: subject.emitted.compiled };
  for (const size of [10, 100, 1000]) {
    const state = sizedState(subject, size);
    const sandboxed = await createGuest(program, state);
    const plain = await createPlainGuest(program, state);
    const workload = drawWorkload(subject, plain, state);
    const at = `${Math.round(workload.kilobytes)} KB`;
    const row = (what: string, unit: string, work: (guest: Guest) => Work): void => {
      const [mine = 0, limit = 0] = measure([work(sandboxed), work(plain)], runs);
      report(compare(`${what}, ${at}`, unit, mine, limit));
    };
    row('reads', 'calls/s', (guest) => reads(guest, workload));
    row('writes', 'calls/s', (guest) => writes(guest, workload));
    row('reads and writes alike', 'calls/s', (guest) => mixed(guest, workload));
    row('guards of a write', 'µs', (guest) => guards(guest, workload));
    row('invariants after a write', 'µs', (guest) => invariants(guest, workload));
    row('reset and a read', 'µs', (guest) => resets(guest, workload));
    row('reset alone', 'µs', (guest) => bareResets(guest, workload));
    row(`fork of ${callsPerEpisode} writes`, 'µs', (guest) => forks(guest, workload));
    for (const guest of [sandboxed, plain]) guest.dispose();
  }
};

function compare(what: string, unit: string, mine: number, limit: number): BenchRow {
  const median = unit === 'calls/s' ? perSecond(mine) : mine;
  return { what, median, unit, runs, against: 'plain V8', ratio: mine / limit };
}

function reads(guest: Guest, { reads }: Workload): Work {
  const session = guest.open();
  const run = (): void => {
    for (const { tool, args } of reads) guest.call(session, tool, args);
  };
  return { operations: reads.length, run };
}

/** Writes in episodes: the state goes back to the seed state every few calls. */
function writes(guest: Guest, { writes }: Workload): Work {
  const session = guest.open();
  const run = (): void => {
    writes.forEach(({ tool, args }, at) => {
      if (at % callsPerEpisode === 0) guest.reset(session);
      guest.call(session, tool, args);
    });
  };
  return { operations: writes.length, run };
}

function mixed(guest: Guest, { reads, writes }: Workload): Work {
  const session = guest.open();
  const pairs = Math.min(reads.length, writes.length);
  const run = (): void => {
    for (let at = 0; at < pairs; at++) {
      if ((2 * at) % callsPerEpisode === 0) guest.reset(session);
      for (const call of [reads[at], writes[at]])
        if (call !== undefined) guest.call(session, call.tool, call.args);
    }
  };
  return { operations: 2 * pairs, run };
}

function guards(guest: Guest, { writes, state }: Workload): Work {
  const session = guest.open();
  const caller = Object.values(state.tables['Member']?.[0] ?? {})[0];
  const run = (): void => {
    for (const { tool, args } of writes) guest.violatedGuards(session, tool, args, String(caller));
  };
  return { operations: writes.length, run };
}

function invariants(guest: Guest, { writes }: Workload): Work {
  const sessions = writes.slice(0, 40).map(({ tool, args }) => {
    const session = guest.open();
    guest.call(session, tool, args);
    return session;
  });
  const run = (): void => {
    for (const session of sessions) guest.brokenInvariants(session, 'changed');
  };
  return { operations: sessions.length, run };
}

function resets(guest: Guest, { reads, writes }: Workload): Work {
  const session = guest.open();
  for (const { tool, args } of writes.slice(0, callsPerEpisode)) guest.call(session, tool, args);
  const run = (): void => {
    for (const { tool, args } of reads) {
      guest.reset(session);
      guest.call(session, tool, args);
    }
  };
  return { operations: reads.length, run };
}

/** A reset is due at the next use of the session: `diff` is the cheapest. */
function bareResets(guest: Guest, { writes }: Workload): Work {
  const session = guest.open();
  for (const { tool, args } of writes.slice(0, callsPerEpisode)) guest.call(session, tool, args);
  const run = (): void => {
    for (let at = 0; at < 100; at++) {
      guest.reset(session);
      guest.diff(session);
    }
  };
  return { operations: 100, run };
}

function forks(guest: Guest, { writes }: Workload): Work {
  const session = guest.open();
  for (const { tool, args } of writes.slice(0, callsPerEpisode)) guest.call(session, tool, args);
  const run = (): void => {
    for (let at = 0; at < 100; at++) guest.close(guest.fork(session));
  };
  return { operations: 100, run };
}

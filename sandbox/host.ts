// Sessions in a sandboxed guest. The host keeps of every session the log of its committed writes, as
// rows, shared with its forks; after a fault the machine is put back to its first moment and each
// session is made again from its log when it is next used. No tool runs for that, so a hostile one
// has no say in what the others see.
import { Bug, type Fault } from '../src/core/errors.js';
import type { Json } from '../src/core/json.js';
import type { Argument, Asked } from './driver.js';
import type { Answer, Guest, GuestProgram, GuestState, Limits, SandboxFaultKind } from './guest-api.js';
import { defaultLimits, sandboxFault } from './limits.js';
import { loadMachine, type Machine, type Operation } from './machine.js';

/** Writes of one call, and of the calls before it. */
interface Log {
  readonly text: string;
  readonly before: Log | null;
  /** How many texts there are, this one counted. */
  readonly length: number;
}

/** A log that long is written anew as what it comes to. */
const longestLog = 256;

interface SessionRecord {
  log: Log | null;
  /** In which life of the machine the session was last made; -1 for never. */
  life: number;
}

/** Loads a domain and its seed state into a guest of its own; throws a Bug when the modules do not load. */
export async function createGuest(
  program: GuestProgram,
  state: GuestState,
  limits: Partial<Limits> = {},
): Promise<Guest> {
  return serveSessions(await loadMachine(program, state, { ...defaultLimits, ...limits }));
}

/** Many sessions over one machine. */
export function serveSessions(loaded: Machine): Guest {
  let machine: Machine | undefined = loaded;
  const sessions = new Map<number, SessionRecord>();
  let opened = 0;
  let life = 0;
  let lastError: string | null = null;

  const recordOf = (session: number): SessionRecord => {
    const record = sessions.get(session);
    if (record === undefined) throw new Bug(`session ${session} is not open`);
    return record;
  };
  const alive = (): Machine => {
    if (machine === undefined) throw new Bug('the guest is disposed of');
    return machine;
  };
  const heal = (): void => {
    alive().restore();
    life++;
  };

  /** Asks for an operation on a session that the machine may not have, or not as it was left. */
  const askOnce = (
    session: number,
    record: SessionRecord,
    operation: Operation,
    args: readonly Argument[],
  ): Asked => {
    if (record.life === life) return alive().ask(operation, session, ...args);
    if (record.log !== null) {
      const replayed = alive().ask('replay', -session, logText(record.log));
      if (!replayed.ok) return replayed;
    }
    // A negative number begins the session anew.
    const asked = alive().ask(operation, record.log === null ? -session : session, ...args);
    if (asked.ok) record.life = life;
    return asked;
  };

  const ask = (session: number, operation: Operation, ...args: readonly Argument[]): Asked => {
    const record = recordOf(session);
    for (let attempt = 0; ; attempt++) {
      const asked = askOnce(session, record, operation, args);
      if (asked.ok) return asked;
      heal();
      // What another session's tool hoards, or a trap left behind, is not this call's fault: it
      // counts when it happens in a machine that is as new.
      if (attempt > 0 || (asked.kind !== 'memory' && asked.kind !== 'crash')) return asked;
    }
  };

  const faultOf = (kind: SandboxFaultKind, detail: string): Fault => {
    lastError = detail;
    return sandboxFault(kind);
  };
  const failed = (kind: SandboxFaultKind, detail: string): { readonly ok: false; readonly fault: Fault } => ({
    ok: false,
    fault: faultOf(kind, detail),
  });

  /** The text after '=', or the fault. */
  const answer = (session: number, operation: Operation, ...args: readonly Argument[]): Answer<string> => {
    const asked = ask(session, operation, ...args);
    if (!asked.ok) return failed(asked.kind, asked.detail);
    const { text } = asked;
    if (text.startsWith('=')) return { ok: true, value: text.slice(1) };
    const [kind = '', ...detail] = text.slice(1).split('\n');
    return failed(kind as SandboxFaultKind, detail.join('\n'));
  };
  const read = <T>(session: number, operation: Operation, ...args: readonly Argument[]): Answer<T> => {
    const found = answer(session, operation, ...args);
    return found.ok ? { ok: true, value: JSON.parse(found.value) as T } : found;
  };
  const commit = (session: number, log: string): void => {
    if (log === '') return;
    const record = recordOf(session);
    const length = (record.log?.length ?? 0) + 1;
    record.log = { text: log, before: record.log, length };
    if (length < longestLog) return;
    const summed = answer(session, 'sum');
    if (summed.ok) record.log = { text: summed.value, before: null, length: 1 };
  };

  return {
    open() {
      sessions.set(++opened, { log: null, life: -1 });
      return opened;
    },
    fork(parent) {
      const record = recordOf(parent);
      sessions.set(++opened, { log: record.log, life: -1 });
      // When the parent is not in the machine, the log will make the fork too.
      if (record.life !== life) return opened;
      if (alive().ask('fork', opened, parent).ok) recordOf(opened).life = life;
      else heal();
      return opened;
    },
    reset(session) {
      const record = recordOf(session);
      record.log = null;
      record.life = -1;
    },
    close(session) {
      recordOf(session);
      sessions.delete(session);
      if (!alive().ask('close', session).ok) heal();
    },
    call(session, tool, args) {
      if (!alive().tools.has(tool)) return { type: 'fault', fault: faultOf('unknown-tool', tool) };
      const asked = ask(session, 'call', tool, args);
      if (!asked.ok) return { type: 'fault', fault: faultOf(asked.kind, asked.detail) };
      const { text } = asked;
      if (text.startsWith('=')) {
        const end = text.indexOf('\n');
        commit(session, text.slice(end + 1));
        return { type: 'result', value: JSON.parse(text.slice(1, end)) as Json };
      }
      if (text.startsWith('-')) {
        const [code, message] = JSON.parse(text.slice(1)) as [string, string];
        return { type: 'refusal', code, message };
      }
      const [kind = '', ...detail] = text.slice(1).split('\n');
      return { type: 'fault', fault: faultOf(kind as SandboxFaultKind, detail.join('\n')) };
    },
    compare(session, tool, others, args) {
      const found = answer(session, 'compare', tool, others.join('\n'), args);
      if (!found.ok) return found;
      const end = found.value.indexOf('\n');
      commit(session, found.value.slice(end + 1));
      return { ok: true, value: JSON.parse(found.value.slice(0, end)) as string[] };
    },
    violatedGuards(session, tool, args, caller) {
      if (!alive().guarded.has(tool)) return { ok: true, value: [] };
      return read(session, 'guards', tool, args, JSON.stringify(caller));
    },
    brokenInvariants: (session, scope) => read(session, 'invariants', scope),
    diff: (session) => read(session, 'diff'),
    patch(session, changes) {
      const found = answer(session, 'patch', JSON.stringify(changes));
      if (!found.ok) return found;
      commit(session, found.value.slice(found.value.indexOf('\n') + 1));
      return { ok: true, value: true };
    },
    state: (session) => read(session, 'state'),
    lastError: () => lastError,
    dispose() {
      machine = undefined;
      sessions.clear();
    },
  };
}

function logText(log: Log): string {
  const calls: string[] = [];
  for (let at: Log | null = log; at !== null; at = at.before) calls.push(at.text);
  return `[${calls.reverse().join(',')}]`;
}

// From an emitted domain and a seed state to a world that takes calls: the guest holds the state,
// this side checks arguments and computes digests.
import { Bug } from '../core/errors.js';
import { hashJson } from '../core/hash.js';
import type { JsonObject } from '../core/json.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import type {
  Answer,
  Guest,
  GuestProgram,
  GuestState,
  Limits,
  Reply,
  RowChange,
} from '../../sandbox/guest-api.js';
import { createGuest } from '../../sandbox/host.js';
import { createArgumentChecker, type ArgumentChecker } from './arguments.js';
import { digestChanges } from './digest.js';
import { layRows, sinceLaid, type Laid } from './laid.js';
import type { LaidRow, Session, World } from './world.js';

export interface LoadOptions {
  readonly limits?: Partial<Limits>;
  /** How the guest is made: QuickJS unless a benchmark asks for the unsafe twin. */
  readonly create?: (program: GuestProgram, state: GuestState, limits?: Partial<Limits>) => Promise<Guest>;
}

/** Loads a world; throws a Bug when the emitted modules do not even load. */
export async function loadWorld(
  domain: EmittedDomain,
  state: GuestState,
  options: LoadOptions = {},
): Promise<World> {
  const create = options.create ?? createGuest;
  const guest = await create({ modules: domain.compiled }, state, options.limits);
  const checker = createArgumentChecker(domain.manifest);
  return {
    domain,
    seedState: hashJson(state),
    open: (rows = []) => openOn(domain, guest, checker, rows),
    dispose: () => guest.dispose(),
  };
}

function openOn(
  domain: EmittedDomain,
  guest: Guest,
  checker: ArgumentChecker,
  rows: readonly LaidRow[],
): Session {
  const laid = layRows(domain.stateSchema, rows);
  const session = guest.open();
  if (laid.changes.length === 0) return openSession(domain, guest, checker, laid, session);
  const patched = guest.patch(session, laid.changes);
  if (!patched.ok) throw new Bug(`rows cannot be laid beside the seed state: ${patched.fault.message}`);
  return openSession(domain, guest, checker, laid, session);
}

function openSession(
  domain: EmittedDomain,
  guest: Guest,
  checker: ArgumentChecker,
  laid: Laid,
  session: number,
): Session {
  const diff = (): Answer<readonly RowChange[]> =>
    mapAnswer(guest.diff(session), (changes) => sinceLaid(laid, changes));
  return {
    call(tool, args) {
      const text = JSON.stringify(args);
      return checkCall(checker, tool, args, text) ?? guest.call(session, tool, text);
    },
    violatedGuards(tool, args, caller) {
      const text = JSON.stringify(args);
      if (checkCall(checker, tool, args, text) !== null) return { ok: true, value: [] };
      return guest.violatedGuards(session, tool, text, caller);
    },
    // In guards.ts a policy of what may be told has an entity in the place of a tool.
    concealed: (entity, id, caller) =>
      guest.violatedGuards(session, entity, JSON.stringify({ [keyOf(domain, entity)]: id }), caller),
    brokenInvariants: (scope) => guest.brokenInvariants(session, scope),
    diff,
    digest() {
      return mapAnswer(diff(), (changes) => digestChanges(domain.stateSchema, changes));
    },
    patch: (changes) => guest.patch(session, changes),
    state: () => guest.state(session),
    fork: () => openSession(domain, guest, checker, laid, guest.fork(session)),
    reset() {
      guest.reset(session);
      if (laid.changes.length > 0) guest.patch(session, laid.changes);
    },
    close: () => guest.close(session),
  };
}

function keyOf({ stateSchema }: EmittedDomain, entity: string): string {
  return stateSchema.tables.find((table) => table.entity === entity)?.key ?? '';
}

/** Longer arguments are refused unread, before any pattern runs over them. */
const longestArguments = 65_536;

function checkCall(checker: ArgumentChecker, tool: string, args: JsonObject, text: string): Reply | null {
  if (!checker.knows(tool)) {
    return { type: 'refusal', code: 'UNKNOWN_TOOL', message: `There is no tool '${tool}'.` };
  }
  const problems =
    text.length > longestArguments
      ? `The arguments are longer than ${longestArguments} characters.`
      : checker.problems(tool, args);
  return problems === null ? null : { type: 'refusal', code: 'INVALID_ARGUMENTS', message: problems };
}

function mapAnswer<T, U>(answer: Answer<T>, change: (value: T) => U): Answer<U> {
  return answer.ok ? { ok: true, value: change(answer.value) } : answer;
}

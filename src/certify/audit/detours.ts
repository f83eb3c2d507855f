// Independent solutions that do more than gold on the way: extra reads, calls that a tool refuses and
// that are made right after, questions for more than is needed or one by one, small talk, a proposal
// where no rule asks for one, an answer in other words of its type or two at once.
import { deriveRng } from '../../core/rng.js';
import { sayableSlots, trackCandidates } from '../../env/candidates.js';
import { goldActions } from '../../env/gold.js';
import type { Action } from '../../env/protocol.js';
import type { TypedValue } from '../../policy/talk.js';
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import { goldEpisode } from '../play.js';
import { toolsThat } from '../tools.js';
import { proposes } from './wrong-writes.js';
import { vary, type Variation } from './variation.js';

export function detours(context: CertifyContext, task: Task): readonly Variation[] {
  const gold = goldActions(task);
  return [
    ...[0, 1].map((run) => vary(task, 'extra reads', `run ${run}`, withReads(context, task, gold, run))),
    vary(task, 'retries after refusals', 'every write', withRefusals(context, gold)),
    vary(task, 'asks for all', 'slots', askingAll(context, gold)),
    vary(task, 'asks one by one', 'slots', askingEach(gold)),
    vary(task, 'small talk', 'first', [{ type: 'say', text: 'One moment, please.' }, ...gold]),
    vary(task, 'proposes unasked', 'every write', proposing(context, gold)),
    vary(task, 'answers at once', 'joined', joinedAnswers(gold)),
    vary(task, 'answers in another type', 'tell', retyped(gold)),
  ].filter((variation) => variation !== null);
}

/** Gold with reads put in that any actor could make there, were it to look around. */
function withReads(
  context: CertifyContext,
  task: Task,
  gold: readonly Action[],
  run: number,
): readonly Action[] {
  const rng = deriveRng(task.id, 'audit reads', run);
  const reads = new Set(toolsThat(context, 'read').map(({ name }) => name));
  const { opening, steps } = goldEpisode(context, task);
  const candidates = trackCandidates(context.view);
  candidates.observe(opening);
  return gold.flatMap((action, at) => {
    const drawn = Array.from({ length: 8 }, () => candidates.at(rng.int(0, candidates.size() - 1)));
    const read = drawn.find((one) => one.type === 'call' && reads.has(one.tool));
    const observation = steps[at]?.observation;
    if (observation !== undefined) candidates.observe(observation);
    return read === undefined || !rng.chance(0.5) ? [action] : [read, action];
  });
}

/** Before each write the same call without its first argument, and with an argument that there is not. */
function withRefusals(context: CertifyContext, gold: readonly Action[]): readonly Action[] {
  const writes = new Set(toolsThat(context, 'write').map(({ name }) => name));
  return gold.flatMap((action): readonly Action[] => {
    if (action.type !== 'call' || !writes.has(action.tool)) return [action];
    const [first = ''] = Object.keys(action.args);
    const { [first]: _, ...rest } = action.args;
    return [{ ...action, args: rest }, { ...action, args: { ...action.args, no_such_argument: 1 } }, action];
  });
}

function askingAll(context: CertifyContext, gold: readonly Action[]): readonly Action[] {
  const finds = new Set(
    context.world.domain.talkPolicies.flatMap((policy) => (policy.kind === 'verify' ? policy.finds : [])),
  );
  const slots = context.view.manifest.filter(({ name }) => finds.has(name)).flatMap(sayableSlots);
  const all: readonly string[] = [...new Set(slots)];
  return gold.map((action) => {
    const asked = slotsAsked(action);
    return asked !== null && all.length > 0 && asked.every((slot) => all.includes(slot)) ? ask(all) : action;
  });
}

function askingEach(gold: readonly Action[]): readonly Action[] {
  return gold.flatMap((action) => slotsAsked(action)?.map((slot) => ask([slot])) ?? [action]);
}

function slotsAsked(action: Action): readonly string[] | null {
  return action.type === 'say' && 'act' in action && action.act.act === 'ask' ? action.act.slots : null;
}

function ask(slots: readonly string[]): Action {
  return { type: 'say', act: { act: 'ask', slots } };
}

function proposing(context: CertifyContext, gold: readonly Action[]): readonly Action[] {
  const writes = new Set(toolsThat(context, 'write').map(({ name }) => name));
  return gold.flatMap((action): readonly Action[] => {
    if (action.type !== 'call' || !writes.has(action.tool)) return [action];
    const call = { tool: action.tool, args: action.args };
    if (gold.some((other) => proposes(other, call))) return [action];
    return [{ type: 'say', act: { act: 'propose', call } }, action];
  });
}

/** All answers in one breath, with the last of them. */
function joinedAnswers(gold: readonly Action[]): readonly Action[] {
  const tells = gold.flatMap((action, at) => (valuesTold(action) === null ? [] : [at]));
  const values = tells.flatMap((at) => valuesTold(gold[at]) ?? []);
  return gold.flatMap((action, at): readonly Action[] => {
    if (valuesTold(action) === null) return [action];
    return at === tells.at(-1) ? [{ type: 'say', act: { act: 'tell', values } }] : [];
  });
}

/** What one type can be told as, by who sees results and not types. */
const otherTypes: Readonly<Partial<Record<TypedValue['type'], TypedValue['type']>>> = {
  enum: 'string',
  string: 'enum',
  int: 'number',
  number: 'int',
};

function retyped(gold: readonly Action[]): readonly Action[] {
  return gold.map((action) => {
    const values = valuesTold(action);
    if (values === null) return action;
    const told = values.map((value) => ({ ...value, type: otherTypes[value.type] ?? value.type }));
    return { type: 'say', act: { act: 'tell', values: told } };
  });
}

function valuesTold(action: Action | undefined): readonly TypedValue[] | null {
  return action?.type === 'say' && 'act' in action && action.act.act === 'tell' ? action.act.values : null;
}

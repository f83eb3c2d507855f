// The scripted user: a small state machine over acts. It opens with its request, says what it withheld
// when it is asked, puts right what it said wrongly, agrees to what it wants and objects to the rest,
// takes a refusal (after insisting once, where it does) and asks for what is left, brings up what it
// wants later, goes when all is settled, and gives up when nothing moves. It never says what its
// scenario does not hold, and knows of gold nothing.
import type { AgentAct, Call, UserAct } from '../policy/talk.js';
import { callHash } from '../policy/monitor.js';
import { openingWishes } from '../task/scenario.js';
import type { Scenario } from '../task/task.js';
import { answerTo } from './user-answer.js';
import type { Fit } from './wishes.js';

/** How often a user asks again while nothing moves, before giving up. */
export const patience = 2;

/** What changes in a user during a talk. Plain, so that fork is a copy. */
export interface UserState {
  readonly turns: number;
  /** Turns since something moved. */
  readonly idle: number;
  /** How many wishes were fulfilled when the user last spoke. */
  readonly reached: number;
  /** What was answered: to answer it again moves nothing. */
  readonly answered: readonly string[];
  /** The wishes before this one have been said. */
  readonly open: number;
  readonly corrected: boolean;
  readonly insisted: boolean;
  /** Policies of the refusals that were taken. */
  readonly refused: readonly string[];
  /** Forms of words that were used; see realise-user.ts. */
  readonly used: readonly string[];
  readonly over: 'no' | 'satisfied' | 'unsatisfied' | 'gave-up';
}

/** What a user can notice of the world. */
export interface Noticed {
  /** Wishes that were done, or seem to have been answered. */
  readonly fulfilled: readonly number[];
  /** Attributes that the caller has, known or not. */
  readonly own: readonly string[];
  /** How a call fits each wish for its tool. */
  readonly fit: (call: Call) => readonly Fit[];
  /** Whether a policy is about what the wish asks for. */
  readonly concerns: (policy: string, wish: number) => boolean;
}

/** A user about to open, and the acts it opens with. */
export function openUser(scenario: Scenario): {
  readonly user: UserState;
  readonly acts: readonly UserAct[];
} {
  const user: UserState = {
    turns: 1,
    idle: 0,
    reached: 0,
    answered: [],
    open: scenario.later,
    corrected: scenario.corrected.length === 0,
    insisted: !scenario.insists,
    refused: [],
    used: [],
    over: 'no',
  };
  return { user, acts: [{ act: 'request', wishes: openingWishes(scenario) }] };
}

/** What the user says to an agent's acts. */
export function respond(
  scenario: Scenario,
  user: UserState,
  heard: readonly AgentAct[],
  noticed: Noticed,
): Said & { readonly left: number } {
  let reply: Reply = {
    user: { ...user, turns: user.turns + 1, reached: noticed.fulfilled.length },
    acts: [],
    moved: noticed.fulfilled.length > user.reached,
  };
  for (const act of heard) reply = replyTo(scenario, reply, act, noticed);
  if (!reply.user.corrected && heard.some(({ act }) => act === 'ask')) reply = correct(scenario, reply);

  const left = unsettled(scenario, reply.user, noticed).length;
  return { ...goOn(scenario, reply, heard, noticed, left), left };
}

/** What a user says, and is like afterwards. */
interface Said {
  readonly user: UserState;
  readonly acts: readonly UserAct[];
}

/** Waits for what is left, brings up what comes later, or goes. */
function goOn(
  scenario: Scenario,
  reply: Reply,
  heard: readonly AgentAct[],
  noticed: Noticed,
  left: number,
): Said {
  if (left > 0) return wait(waitFor(reply, heard));
  const asked = heard.some(({ act }) => act === 'ask' || act === 'propose');
  const later = scenario.wishes.length > reply.user.open;
  if (!later && !asked) return leave(reply, noticed.fulfilled.length > 0 ? 'satisfied' : 'unsatisfied');
  if (later && !asked && (heard.length === 0 || heard.some(({ act }) => act === 'close'))) {
    return wait(bringUp(scenario, reply));
  }
  return wait(reply.acts.length > 0 ? reply : add(reply, { act: 'accept' }));
}

interface Reply extends Said {
  /** Whether the talk has come any further. */
  readonly moved: boolean;
}

function add(reply: Reply, ...acts: readonly UserAct[]): Reply {
  return { ...reply, acts: [...reply.acts, ...acts] };
}

/** Notes what was answered; what is new moves the talk. */
function note(reply: Reply, keys: readonly string[]): Reply {
  const fresh = keys.filter((key) => !reply.user.answered.includes(key));
  if (fresh.length === 0) return reply;
  return { ...reply, user: { ...reply.user, answered: [...reply.user.answered, ...fresh] }, moved: true };
}

function replyTo(scenario: Scenario, reply: Reply, act: AgentAct, noticed: Noticed): Reply {
  switch (act.act) {
    case 'ask':
      return note(add(reply, ...answerTo(scenario, reply.user, noticed, act.slots)), act.slots);
    case 'propose':
      return judge(scenario, reply, act.call, noticed);
    case 'refuse':
      return takeRefusal(reply, act.policy);
    case 'tell':
    case 'close':
      return reply;
  }
}

/** Agrees to a call that an open wish asks for; objects to any other, with the right values where the tool is right. */
function judge(scenario: Scenario, reply: Reply, call: Call, { fit, fulfilled }: Noticed): Reply {
  const hash = callHash(call);
  const fits = fit(call).filter(({ wish }) => wish < reply.user.open && !fulfilled.includes(wish));
  if (fits.some(({ wrong, more }) => wrong.length === 0 && !more)) {
    return note(add(reply, { act: 'confirm', call: hash }), [hash]);
  }
  const denied = add(reply, { act: 'deny', call: hash });
  const nearest = fits.toSorted((left, right) => left.wrong.length - right.wrong.length)[0];
  const wish = nearest === undefined ? undefined : scenario.wishes[nearest.wish];
  if (nearest === undefined || nearest.wrong.length === 0 || wish?.wish !== 'do') return denied;
  const right = Object.entries(wish.args).filter(([arg]) => nearest.wrong.includes(arg));
  const objected = add(denied, {
    act: 'specify',
    wish: nearest.wish,
    args: Object.fromEntries(right),
    corrects: true,
  });
  const isPutRight = scenario.corrected.every(
    (one) => one.wish === nearest.wish && nearest.wrong.includes(one.arg),
  );
  const { user } = objected;
  return note(
    { ...objected, user: { ...user, corrected: user.corrected || isPutRight } },
    nearest.wrong.map((arg) => `${nearest.wish}.${arg}`),
  );
}

function takeRefusal(reply: Reply, policy: string): Reply {
  const { user } = reply;
  if (!user.insisted) {
    return { ...add(reply, { act: 'insist' }), user: { ...user, insisted: true }, moved: true };
  }
  const taken = { ...reply, user: { ...user, refused: [...user.refused, policy] }, moved: true };
  return taken.acts.some(({ act }) => act === 'accept') ? taken : add(taken, { act: 'accept' });
}

/** Puts right what the opening said wrongly. */
function correct({ wishes, corrected }: Scenario, reply: Reply): Reply {
  const acts = wishes.flatMap((wish, index): UserAct[] => {
    if (wish.wish !== 'do') return [];
    const right = Object.entries(wish.args).filter(([arg]) =>
      corrected.some((one) => one.wish === index && one.arg === arg),
    );
    if (right.length === 0) return [];
    return [{ act: 'specify', wish: index, args: Object.fromEntries(right), corrects: true }];
  });
  return { ...add(reply, ...acts), user: { ...reply.user, corrected: true } };
}

/**
 * The wishes that were said and are neither fulfilled nor refused. A refusal settles one wish: one that
 * its policy is about, or else the first that is left.
 */
function unsettled(
  { wishes }: Scenario,
  { open, refused }: Pick<UserState, 'open' | 'refused'>,
  { fulfilled, concerns }: Pick<Noticed, 'fulfilled' | 'concerns'>,
): readonly number[] {
  const left = [...wishes.keys()].filter((wish) => wish < open && !fulfilled.includes(wish));
  for (const policy of refused) {
    const at = left.findIndex((wish) => concerns(policy, wish));
    left.splice(Math.max(at, 0), 1);
  }
  return left;
}

/** Says that something is still missing, unless there was something to answer. */
function waitFor(reply: Reply, heard: readonly AgentAct[]): Reply {
  const taken = reply.acts.some(({ act }) => act === 'accept');
  if (reply.acts.length > 0 && !taken) return reply;
  const further = reply.moved && heard.length > 0 && !taken;
  return add(reply, ...(further ? [{ act: 'accept' } as const] : []), { act: 'prompt' });
}

function bringUp({ wishes }: Scenario, reply: Reply): Reply {
  const request: UserAct = { act: 'request', wishes: wishes.slice(reply.user.open) };
  return { user: { ...reply.user, open: wishes.length }, acts: [...reply.acts, request], moved: true };
}

function wait({ user, acts, moved }: Reply): Said {
  const idle = moved ? 0 : user.idle + 1;
  if (idle > patience) return leave({ user, acts: [], moved }, 'gave-up');
  return { user: { ...user, idle }, acts };
}

/** The last words: what ends a talk is accepted, a user who gives up only leaves. */
function leave({ user, acts }: Reply, over: Exclude<UserState['over'], 'no'>): Said {
  const end: UserAct = { act: 'end', satisfied: over === 'satisfied' };
  const taken = over === 'gave-up' || acts.some(({ act }) => act === 'accept');
  return { user: { ...user, over }, acts: [...acts, ...(taken ? [] : [{ act: 'accept' } as const]), end] };
}

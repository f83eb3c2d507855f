// The checker of environments: ours keeps everything, and for each check some environment does not.
import { describe, expect, it } from 'vitest';
import { checkedWorld } from '../../src/env/check/checked-world.js';
import type { CheckedEnvironment } from '../../src/env/check/play.js';
import { checkEnvironment, checkNames, type CheckName } from '../../src/env/check-env.js';
import type { Environment, EpisodeOptions, StepOutcome } from '../../src/env/environment.js';
import type { Action, Episode } from '../../src/env/protocol.js';
import type { Session, World } from '../../src/world/world.js';
import { fakeTasks } from './fake-tasks.js';
import { fakeWorld, LO } from './fake-world.js';

const tasks = fakeTasks.slice(1, 3);
const good = checkedWorld(fakeWorld(), tasks);

/** The environment with some of its parts replaced, in forks as well. */
function alter(base: Environment, change: (base: Environment) => Partial<Environment>): Environment {
  const parts = { fork: () => alter(base.fork(), change), ...change(base) };
  return new Proxy(base, {
    get: (target, key): unknown =>
      key in parts ? Reflect.get(parts, key) : Reflect.get(target, key, target),
  });
}

const changed = (
  change: (base: Environment, options: EpisodeOptions) => Partial<Environment>,
): CheckedEnvironment => ({
  ...good,
  start: (task, options) => alter(good.start(task, options), (base) => change(base, options)),
});

const step = (edit: (told: StepOutcome, action: Action) => StepOutcome): CheckedEnvironment =>
  changed((base) => ({ step: (action, candidates) => edit(base.step(action, candidates), action) }));

const finish = (edit: (episode: Episode, base: Environment) => Episode): CheckedEnvironment =>
  changed((base) => ({ finish: () => edit(base.finish(), base) }));

function inWorld(edit: (session: Session) => Partial<Session>): CheckedEnvironment {
  const wrap = (session: Session): Session => ({
    ...session,
    fork: () => wrap(session.fork()),
    ...edit(session),
  });
  const world = fakeWorld();
  const other: World = { ...world, open: () => wrap(world.open()) };
  return checkedWorld(other, tasks);
}

const failing = (subject: CheckedEnvironment, names = checkNames): readonly CheckName[] =>
  checkEnvironment(subject, names).flatMap(({ check, problem }) => (problem === null ? [] : [check]));

let openings = 0;
let open = 0;

const planted: readonly (readonly [CheckName, string, CheckedEnvironment])[] = [
  [
    'schema',
    'observations with a field of their own',
    step((told) => ({ ...told, observation: { ...told.observation, hint: 'renew it' } as never })),
  ],
  [
    'schema',
    'a view that has a tool twice',
    changed(({ view }) => ({ view: { ...view, manifest: [...view.manifest, ...view.manifest] } })),
  ],
  [
    'schema',
    'an episode that JSON does not hold',
    finish((episode) => ({ ...episode, reward: { ...episode.reward, total: Number.NaN } })),
  ],
  [
    'determinism',
    'words that depend on what was played before',
    { ...good, start: (task, options) => good.start(task, { ...options, seed: ++openings }) },
  ],
  [
    'independence',
    'episodes that hear of those beside them',
    {
      ...good,
      start(task, options) {
        open += 1;
        let crowd = open;
        return alter(good.start(task, options), (base) => ({
          step(action) {
            crowd = Math.max(crowd, open);
            return base.step(action);
          },
          finish() {
            open = 0;
            return { ...base.finish(), agent: crowd > 1 ? 'crowd' : 'check' };
          },
        }));
      },
    },
  ],
  [
    'fork-same',
    'a fork that has forgotten a step',
    {
      ...good,
      start(task, options) {
        const begin = (): Environment => alter(good.start(task, options), () => ({ fork: begin }));
        return begin();
      },
    },
  ],
  ['fork-apart', 'a fork that is no copy', changed((base) => ({ fork: () => base }))],
  [
    'reads-are-pure',
    'a read that writes',
    inWorld((session) => ({
      call(tool, args) {
        if (tool === 'get_loan') session.call('set_renewals', { loan_id: LO(3), renewals: 5 });
        return session.call(tool, args);
      },
    })),
  ],
  [
    'reward',
    'a total that is no sum of its parts',
    finish((episode) => ({
      ...episode,
      reward: { ...episode.reward, total: (episode.reward.total ?? 0) + 0.1 },
    })),
  ],
  [
    'reward',
    'a part out of its bounds',
    finish(({ reward, ...episode }) => ({
      ...episode,
      reward: { ...reward, parts: { ...reward.parts, format: 1.5 } },
    })),
  ],
  ['reward', 'progress that is not paid', step((told) => ({ ...told, progress: 0 }))],
  [
    'reward',
    'weights that are ignored',
    { ...good, start: (task, options) => good.start(task, { ...options, reward: { outcome: 1 } }) },
  ],
  [
    'ends',
    'talks that terminate and are cut short at once',
    step((told) => ({ ...told, truncated: told.done })),
  ],
  [
    'ends',
    'a limit that is not kept',
    { ...good, start: (task, options) => good.start(task, { ...options, maxSteps: 60 }) },
  ],
  [
    'ends',
    'a talk cut short that counts as failed',
    finish((episode) => ({ ...episode, end: episode.end === 'turn-limit' ? 'failed' : episode.end })),
  ],
  [
    'finish',
    'another episode every time it is finished',
    changed((base) => {
      let finished = 0;
      return { finish: () => ({ ...base.finish(), run: finished++ }) };
    }),
  ],
  [
    'finish',
    'steps after the end',
    changed((base) => ({
      step: (action) =>
        base.done
          ? { observation: base.observation, progress: 0, done: true, terminated: true, truncated: false }
          : base.step(action),
    })),
  ],
  [
    'malformed',
    'a throw on an unknown tool',
    step((told, action) => {
      if (action.type === 'call' && action.tool === 'no_such_tool') throw new TypeError('no such tool');
      return told;
    }),
  ],
  [
    'malformed',
    'arguments that are not looked at',
    inWorld((session) => ({
      call: (tool, args) => session.call(tool, tool === 'renew_loan' ? { loan_id: LO(0) } : args),
    })),
  ],
  [
    'faults',
    'a fault that pays zero',
    finish((episode) => ({
      ...episode,
      reward: { ...episode.reward, total: episode.end === 'fault' ? 0 : episode.reward.total },
    })),
  ],
  [
    'faults',
    'a fault that is put down to the agent',
    changed((base) => ({ interrupt: (fault) => base.interrupt({ ...fault, boundary: 'agent' }) })),
  ],
  [
    'faults',
    'a break that is never tried again',
    {
      ...good,
      startBroken: (task, options, breaks) =>
        good.startBroken?.(task, { ...options, retries: 0 }, breaks) ?? good.start(task, options),
    },
  ],
  [
    'candidates',
    'a view with a tool that is not there',
    changed(({ view }) => ({
      view: {
        ...view,
        manifest: view.manifest.map((tool) =>
          tool.name === 'get_loan' ? { ...tool, name: 'read_loan' } : tool,
        ),
      },
    })),
  ],
];

describe('the checker', () => {
  it('finds that our environment keeps everything', () => {
    for (const { check, cases, problem } of checkEnvironment(checkedWorld(fakeWorld(), fakeTasks))) {
      expect({ check, problem }).toEqual({ check, problem: null });
      expect(cases).toBeGreaterThan(0);
    }
  });

  it('has an environment planted for every check', () => {
    expect([...new Set(planted.map(([check]) => check))]).toEqual(checkNames);
  });

  it.each(planted)('catches by %s %s', (check, _, subject) => {
    expect(failing(subject, [check])).toEqual([check]);
  });

  it('lets nothing hold where there is nothing to judge, or no episode can be opened', () => {
    expect(failing({ ...good, tasks: [] })).toEqual(checkNames);
    const closed: CheckedEnvironment = {
      ...good,
      start() {
        throw new RangeError('closed today');
      },
    };
    expect(checkEnvironment(closed)[0]?.problem).toBe('could not be played at all: closed today');
  });
});

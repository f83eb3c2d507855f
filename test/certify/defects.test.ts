// The twenty defects of real benchmarks, each planted into a task or a domain that is right: the line
// of the certificate that is there for it refuses what was planted, and passes what was not. Defects
// that cannot be planted because something else rules them out are tried against that.
import { beforeAll, describe, expect, it } from 'vitest';
import { auditTask } from '../../src/certify/audit/audit-task.js';
import { certifyTask } from '../../src/certify/certify-task.js';
import { argumentsAreCovered } from '../../src/certify/lines/arguments-are-covered.js';
import type { CertifyContext } from '../../src/certify/context.js';
import { canonicalJson } from '../../src/core/json.js';
import { goldActions } from '../../src/env/gold.js';
import { startEpisode } from '../../src/env/environment.js';
import { hashJson } from '../../src/core/hash.js';
import { runDifferential } from '../../src/verify/differential.js';
import { createGuest } from '../../sandbox/host.js';
import { createArgumentChecker } from '../../src/world/arguments.js';
import { layGround } from '../../src/verify/draft.js';
import type { Action, Episode } from '../../src/env/protocol.js';
import type { Step, Task } from '../../src/task/task.js';
import {
  failedLines,
  goodTask,
  openDesk,
  wishedTools,
  withCode,
  withDomain,
  type Desk,
} from './repair-desk.js';

let desk: Desk;
let context: CertifyContext;
beforeAll(async () => {
  desk = await openDesk(120);
  context = desk.context;
});

const single = (tool: string) => (task: Task) => task.kind === 'do' && wishedTools(task).join() === tool;
const booking = (task: Task): boolean =>
  task.kind === 'do' && wishedTools(task).filter((tool) => tool === 'book_job').length === 1;
const ofKind = (kind: Task['kind']) => (task: Task) => task.kind === kind;

/** The task with another goal, gold or scenario. */
function plant(task: Task, changes: { goal?: object; scenario?: object; gold?: readonly Step[] }): Task {
  return {
    ...task,
    goal: { ...task.goal, ...changes.goal },
    scenario: { ...task.scenario, ...changes.scenario },
    gold: changes.gold ?? task.gold,
  };
}

/** What a task with a defect fails, after what it was made from is shown to be right. */
function refusedBy(task: Task, planted: Task, world: CertifyContext = context): readonly string[] {
  expect(failedLines(context, task)).toEqual([]);
  expect(certifyTask(world, planted)).toHaveProperty('failed');
  return failedLines(world, planted);
}

const jobOf = (step: Step | undefined): string =>
  step !== undefined && 'call' in step && typeof step.call.args['job_id'] === 'string'
    ? step.call.args['job_id']
    : '';

const isCall = (step: Step, tool?: string): boolean =>
  'call' in step && (tool === undefined || step.call.tool === tool);

describe('planted defects', () => {
  it('1: gold that raises, or that breaks a policy', () => {
    const task = goodTask(desk, single('cancel_job'));
    const write = task.gold.findIndex((step) => isCall(step, 'cancel_job'));
    const raising = plant(task, { gold: task.gold.toSpliced(write, 0, task.gold[write] as Step) });
    expect(refusedBy(task, raising)).toContain('gold-replays-twice');
    const unasked = plant(task, {
      gold: task.gold.filter((step) => !('say' in step && step.say.act === 'propose')),
    });
    expect(refusedBy(task, unasked)).toContain('gold-violates-nothing');
  });

  it('2: a reward for doing nothing, for agreeing, for handing over, for refusing', () => {
    const task = goodTask(desk, single('change_kind'));
    const refuse = goodTask(desk, ofKind('refuse'));
    const start = refuse.goal.accepts[0]?.digest;
    const idle = plant(task, {
      goal: { accepts: [{ digest: start, communicate: [] }], actsNeeded: [] },
      gold: task.gold.slice(-1),
    });
    expect(refusedBy(task, idle)).toEqual(expect.arrayContaining(['null-fails', 'yes-fails']));
    const unread = plant(refuse, {
      goal: { actsNeeded: refuse.goal.actsNeeded.filter(({ act }) => act !== 'read') },
    });
    expect(refusedBy(refuse, unread)).toContain('refuse-fails');
    const transfer = goodTask(desk, ofKind('transfer'));
    const blind = plant(transfer, {
      goal: { actsNeeded: transfer.goal.actsNeeded.filter(({ act }) => act !== 'read') },
    });
    expect(refusedBy(transfer, blind)).toContain('transfer-fails');
  });

  it('3: gold that disagrees with the scenario', () => {
    const task = goodTask(desk, single('change_kind'));
    const [wish] = task.scenario.wishes;
    const other = {
      ...wish,
      args: { ...(wish as { args: object }).args, kind: { type: 'value', value: 'brakes' } },
    };
    const wheels = {
      ...wish,
      args: { ...(wish as { args: object }).args, kind: { type: 'value', value: 'wheels' } },
    };
    const planted = [other, wheels].find((one) => canonicalJson(one) !== canonicalJson(wish));
    expect(refusedBy(task, plant(task, { scenario: { wishes: [planted] } }))).toContain(
      'scenario-agrees-with-gold',
    );
  });

  it('4: a second end that is as right as the first', async () => {
    // The same booking by another tool, which writes a word of its own into the row.
    const twin = await openDesk(40, (text) =>
      text
        .replace(
          '  cancel_job:\n    doc: Cancel a',
          '  book_by_phone:\n    doc: Book a repair of a bike for somebody who calls.\n    params: { bike_id: Bike, kind: { attr: Job.kind } }\n    do:\n      - create: Job\n        as: job\n        with: { bike: bike, kind: kind, fee: 4000, ready_on: today + 7d, note: "\'by phone\'" }\n    return: job\n  cancel_job:\n    doc: Cancel a',
        )
        .replace(
          'on: [book_job, cancel_job, add_express',
          'on: [book_job, book_by_phone, cancel_job, add_express',
        )
        .replace('on: [book_job]\n', 'on: [book_job, book_by_phone]\n'),
    );
    const draft = twin.drafts.find(booking);
    if (draft === undefined) throw new Error('no booking was composed');
    expect(draft.goal.accepts).toHaveLength(1);
    expect(failedLines(twin.context, draft)).toContain('alternatives-are-accepted');
    const certified = certifyTask(twin.context, draft);
    if (!('task' in certified)) throw new Error(JSON.stringify(certified));
    expect(certified.task.goal.accepts).toHaveLength(2);
    // Without that tool there is one end.
    expect(goodTask(desk, booking).goal.accepts).toHaveLength(1);
  });

  it('5: a literal in gold that nobody can derive', () => {
    const task = goodTask(desk, single('grant_discount'));
    const job = task.gold.find((step) => isCall(step, 'grant_discount'));
    const id = jobOf(job);
    const shows = (step: Step): boolean =>
      'call' in step && step.call.tool !== 'grant_discount' && /^(list|get|search)_/.test(step.call.tool);
    const planted = plant(task, { gold: task.gold.filter((step) => !shows(step)) });
    expect(id).toMatch(/^\w+-\d+$/);
    expect(refusedBy(task, planted)).toContain('arguments-have-provenance');
  });

  it('6: a read that writes', async () => {
    const task = goodTask(desk, single('change_kind'));
    const used = new Set(task.gold.flatMap((step) => ('call' in step ? [step.call.tool] : [])));
    const writing = await withCode(desk, (text) =>
      text.replaceAll(/export function ((?:get|list|find|search)\w+)\(db, args\) \{/g, (head, name: string) =>
        used.has(name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
          ? head
          : `${head}\n    for (const one of db.bikes.all().slice(0, 1)) db.bikes.put({ ...one, model: 'Raven' });`,
      ),
    );
    expect(refusedBy(task, task, writing)).toContain('reads-change-nothing');
  });

  it('7: 3 and 3.0, 3 and "3"', async () => {
    const task = goodTask(desk, single('grant_discount'));
    expect(canonicalJson(JSON.parse('[3.0, 3e0, -0.0]'))).toBe('[3,3,0]');
    const spelled = await withCode(desk, (text) =>
      text.replace(/fee: Math\.floor\((.*)\)(?= \})/, 'fee: String(Math.floor($1))'),
    );
    expect(refusedBy(task, task, spelled)).toContain('gold-replays-twice');
  });

  it('8: a clock or a count that no seed fixes', async () => {
    const task = goodTask(desk, booking);
    const counting = await withCode(
      desk,
      (text) => `let calls = 0;\n${text.replace('fee: 4000', 'fee: 4000 + calls++')}`,
    );
    expect(refusedBy(task, task, counting)).toEqual(
      expect.arrayContaining(['gold-replays-twice', 'clock-and-ids-are-seeded']),
    );
    // The wall clock itself cannot be had: in the sandbox it is always the domain's own moment.
    const timed = await withCode(desk, (text) => text.replace('fee: 4000', 'fee: 4000 + (Date.now() % 7)'));
    expect(failedLines(timed, task)).not.toContain('clock-and-ids-are-seeded');
  });

  it('9: a tool whose output is not what it says', async () => {
    const lying = await withCode(desk, (text) => text.replace('fee: job.fee + 1500', 'fee: job.fee + 500'));
    const checker = createArgumentChecker(desk.emitted.manifest);
    const mismatches = async (modules: Readonly<Record<string, string>>): Promise<number> => {
      const guest = await createGuest({ modules }, desk.state);
      const fits = (tool: string, args: Parameters<typeof checker.problems>[1]): boolean =>
        checker.problems(tool, args) === null;
      const found = runDifferential(layGround(desk.domain, desk.state), guest, 11, 0, fits);
      guest.dispose();
      return found.mismatches.length;
    };
    // The gate compares every tool with the interpreter, and admits no domain that has a mismatch.
    expect(await mismatches(desk.emitted.compiled)).toBe(0);
    expect(await mismatches(lying.world.domain.compiled)).toBeGreaterThan(0);
  });

  it('10: a description that tells the answer', async () => {
    const task = goodTask(desk, single('cancel_job'));
    const write = task.gold.find((step) => isCall(step, 'cancel_job'));
    const id = jobOf(write);
    const [first, ...rest] = desk.emitted.manifest;
    const manifest =
      first === undefined ? [] : [{ ...first, description: `${first.description} As for ${id}.` }, ...rest];
    expect(refusedBy(task, task, await withDomain(desk, { manifest }))).toEqual(['nothing-leaks']);
  });

  it('11: a solution that no agent can reach with what it sees', () => {
    const task = goodTask(desk, single('cancel_job'));
    expect(refusedBy(task, plant(task, { scenario: { known: {} } }))).toEqual(
      expect.arrayContaining(['oracle-solves', 'oracle-solves-in-text', 'arguments-have-provenance']),
    );
  });

  it('12: an argument that nobody states', () => {
    const task = goodTask(desk, single('change_kind'));
    const [wish] = task.scenario.wishes;
    if (wish?.wish !== 'do') throw new Error('no wish');
    const { kind: _, ...args } = wish.args;
    const unstated = plant(task, { scenario: { wishes: [{ ...wish, args }] } });
    expect(failedLines(context, task)).toEqual([]);
    expect(argumentsAreCovered.run(context, unstated)).toMatchObject({
      passed: false,
      evidence: { unstated: expect.stringContaining('change_kind.kind') as string },
    });
    expect(certifyTask(context, unstated)).toHaveProperty('failed');
  });

  it('15: an order that counts and that nobody says', () => {
    const task = goodTask(
      desk,
      ({ scenario, ...rest }) =>
        scenario.ordered &&
        scenario.wishes.length === 2 &&
        ['add_express', 'grant_discount'].every((tool) => wishedTools({ scenario, ...rest }).includes(tool)),
    );
    const hidden = plant(task, { scenario: { ordered: false } });
    expect(failedLines(context, task)).toEqual([]);
    expect(failedLines(context, hidden)).toEqual(
      expect.arrayContaining(['orders-agree', 'alternatives-are-accepted']),
    );
  });

  it('16: words that say something else than the scenario', () => {
    const task = goodTask(desk, single('change_kind'));
    const [wish] = task.scenario.wishes;
    const kind = wish?.wish === 'do' && wish.args['kind']?.type === 'value' ? wish.args['kind'].value : '';
    const other = kind === 'brakes' ? 'gears' : 'brakes';
    const opening = task.scenario.opening.replaceAll(String(kind), other);
    expect(opening).not.toBe(task.scenario.opening);
    expect(refusedBy(task, plant(task, { scenario: { opening } }))).toEqual(['oracle-solves-in-text']);
  });

  it('17: a hit by a part of what is told', () => {
    const task = goodTask(
      desk,
      (one) => one.kind === 'tell' && one.goal.accepts[0]?.communicate[0]?.type === 'money',
    );
    const [value] = task.goal.accepts[0]?.communicate ?? [];
    const longer = { type: 'money', value: Number(`1${String(value?.value)}`) } as const;
    const played = playWith(task, (action) =>
      action.type === 'say' && 'act' in action && action.act.act === 'tell'
        ? { type: 'say', act: { act: 'tell', values: [longer] } }
        : action,
    );
    expect(played.end).not.toBe('solved');
    const loose = plant(task, {
      goal: {
        accepts: [{ ...task.goal.accepts[0], communicate: [{ type: 'string', value: value?.value }] }],
      },
    });
    expect(refusedBy(task, loose)).toContain('answers-are-typed');
  });

  it('18 and 19: criteria that no part of the reward knows, and judges', () => {
    const task = goodTask(desk, ofKind('tell'));
    const asserted = plant(task, { goal: { nl_assertions: ['The agent is polite.'] } });
    expect(refusedBy(task, asserted)).toContain('criteria-are-graded');
    const judged = plant(task, {
      goal: { actsNeeded: [...task.goal.actsNeeded, { act: 'judge', policy: 'polite' }] },
    });
    expect(failedLines(context, judged)).toContain('criteria-are-graded');
    // What is graded twice is graded alike: nobody's opinion enters.
    expect(hashJson(playWith(task, (action) => action))).toBe(hashJson(playWith(task, (action) => action)));
  });

  it('20: matching on the keys that an agent happens to give', () => {
    const task = goodTask(desk, ({ gold }) =>
      gold.some(
        (step) =>
          'call' in step && step.call.tool === 'update_contact' && Object.keys(step.call.args).length === 3,
      ),
    );
    const { nearMisses } = auditTask(context, task);
    expect(nearMisses['argument left out']).toMatchObject({ played: 2, wrong: 0, equivalent: {} });
    const bare = goodTask(
      desk,
      (one) =>
        single('update_contact')(one) &&
        !one.gold.some((step) => 'call' in step && Object.hasOwn(step.call.args, 'phone')),
    );
    const more = playWith(bare, (action) =>
      action.type === 'call' && action.tool === 'update_contact'
        ? { ...action, args: { ...action.args, phone: '555-0000' } }
        : action,
    );
    expect(more.end).not.toBe('solved');
  });

  function playWith(task: Task, change: (action: Action) => Action): Episode {
    const environment = startEpisode(context.world, task);
    for (const action of goldActions(task)) if (!environment.done) environment.step(change(action));
    for (let more = 0; more < 5 && !environment.done; more++)
      environment.step({ type: 'say', act: { act: 'close' } });
    return environment.finish();
  }
});

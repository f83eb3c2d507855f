// Arguments that a rule settles: no wish says them, and the value counts that the rule gives where the
// call is made, by the reference interpreter.
import { beforeAll, describe, expect, it } from 'vitest';
import { auditTask } from '../../src/certify/audit/audit-task.js';
import { certifyTask } from '../../src/certify/certify-task.js';
import { alternativesOf } from '../../src/certify/alternatives.js';
import { argumentsAreCovered } from '../../src/certify/lines/arguments-are-covered.js';
import { argumentsHaveProvenance } from '../../src/certify/lines/arguments-have-provenance.js';
import { refusalIsDue } from '../../src/certify/lines/refusal-is-due.js';
import { scenarioAgreesWithGold } from '../../src/certify/lines/scenario-agrees-with-gold.js';
import { computedParams } from '../../src/policy/belief/rules.js';
import type { Call } from '../../src/policy/talk.js';
import type { Step, Task } from '../../src/task/task.js';
import { wishedTools } from './repair-desk.js';
import { openShipped, type Shipped } from './shipped.js';

let desk: Shipped;
let task: Task;
beforeAll(async () => {
  desk = await openShipped('card-desk', 7, 60, { complexity: { writes: [3, 2] } });
  const found = desk.drafts.find((one) => one.kind === 'do' && wishedTools(one).some(settles));
  const certified = found === undefined ? null : certifyTask(desk.context, found);
  if (certified === null || !('task' in certified))
    throw new Error(`no such task: ${JSON.stringify(certified)}`);
  task = certified.task;
});

function settles(tool: string): boolean {
  return computedParams(desk.context.domain, tool).size > 0;
}

/** The task with the settled argument of a call, and of the proposal before it, changed. */
function withOther(change: (value: number) => number): Task {
  const changed = (call: Call): Call => {
    const [param] = [...computedParams(desk.context.domain, call.tool).keys()];
    const value = param === undefined ? undefined : call.args[param];
    if (param === undefined || typeof value !== 'number') return call;
    return { tool: call.tool, args: { ...call.args, [param]: change(value) } };
  };
  const gold = task.gold.map((step): Step => {
    if ('call' in step) return { ...step, call: changed(step.call) };
    return step.say.act === 'propose'
      ? { ...step, say: { act: 'propose', call: changed(step.say.call) } }
      : step;
  });
  return { ...task, gold };
}

describe('an argument that a rule settles', () => {
  it('is stated by the rule, and can be worked out from what gold reads', () => {
    expect(argumentsAreCovered.run(desk.context, task)).toMatchObject({
      passed: true,
      evidence: { computed: 1 },
    });
    const { passed, evidence } = argumentsHaveProvenance.run(desk.context, task);
    expect(passed).toBe(true);
    expect(evidence['computed']).toBeGreaterThan(0);
  });

  it('has to be what the rule gives for the call to be the one that is wished for', () => {
    const other = withOther((value) => value + 1);
    expect(scenarioAgreesWithGold.run(desk.context, other)).toMatchObject({
      passed: false,
      evidence: { unasked: 1, unexplained: 1 },
    });
    expect(argumentsAreCovered.run(desk.context, other).passed).toBe(false);
    expect(argumentsHaveProvenance.run(desk.context, other).passed).toBe(false);
  });

  it('cannot be known without the rows that it rests on', () => {
    const reads = new Set(
      desk.context.domain.tools.filter(({ effect }) => effect === 'read').map(({ name }) => name),
    );
    const blind = {
      ...task,
      gold: task.gold.filter((step) => !('call' in step && reads.has(step.call.tool))),
    };
    expect(argumentsHaveProvenance.run(desk.context, blind)).toMatchObject({ passed: false });
  });

  it('is worked out wherever another way to the end is looked for', () => {
    expect(alternativesOf(desk.context, task)).toMatchObject({ found: [], capped: false });
    expect(alternativesOf(desk.context, task).searched).toBeGreaterThan(0);
  });

  it('is no near miss by another value', () => {
    const { nearMisses } = auditTask(desk.context, task);
    expect(nearMisses['argument replaced']).toMatchObject({ wrong: 0, equivalent: {} });
  });
});

it('a refusal is due of a call that would work with what the rules settle', () => {
  const refused = desk.drafts.find((one) => one.kind === 'refuse' && wishedTools(one).some(settles));
  if (refused === undefined) throw new Error('nothing of that kind is refused');
  expect(refusalIsDue.run(desk.context, refused)).toMatchObject({ passed: true, evidence: { undone: 1 } });
});

// Every criterion of the goal is one that the reward is made of, and speaks of things that are there:
// the task has its schema's form and no field beside it, belongs to this world, and names policies, rows
// and slots of its domain. What counts for a kind of task is asked for by it. [defects 18, 19]
import { formChecker } from '../../spec/form.js';
import { TaskSchema } from '../../task/schema.js';
import type { ActNeeded, Task } from '../../task/task.js';
import { secretsMeant } from '../answers.js';
import type { CertifyContext } from '../context.js';
import type { Line } from '../line.js';
import { startState } from '../start.js';

const problemsOf = formChecker(TaskSchema);

export const criteriaAreGraded: Line = {
  name: 'criteria-are-graded',
  run(context, task) {
    const form = problemsOf(task);
    // What is not even a task is looked at no further.
    const problems = form.length > 0 ? form.map(({ path }) => path) : strayCriteria(context, task);
    return {
      passed: problems.length === 0,
      evidence: {
        accepts: form.length > 0 ? 0 : task.goal.accepts.length,
        acts: form.length > 0 ? 0 : task.goal.actsNeeded.length,
        ...(problems.length === 0 ? {} : { problems: [...new Set(problems)].join(' ') }),
      },
    };
  },
};

function strayCriteria(context: CertifyContext, task: Task): readonly string[] {
  const { domain, seedState } = context.world;
  const { actsNeeded, accepts } = task.goal;
  const needs = (act: ActNeeded['act']): boolean => actsNeeded.some((needed) => needed.act === act);
  const refuses = needs('refuse') || needs('transfer');
  const communicates = accepts.some(({ communicate }) => communicate.length > 0);
  const tells = task.scenario.wishes.filter(({ wish }) => wish === 'tell').length;
  const asks = tells > secretsMeant(context, task).length;
  return [
    ...(task.domain === domain.hash ? [] : ['domain']),
    ...(task.worlds.agent === seedState ? [] : ['worlds.agent']),
    ...(refuses === ['refuse', 'part', 'transfer'].includes(task.kind) ? [] : ['kind']),
    ...(communicates === asks ? [] : ['goal.accepts.communicate']),
    ...actsNeeded.flatMap((needed, index) =>
      isThere(context, task, needed) ? [] : [`goal.actsNeeded.${index}`],
    ),
  ];
}

function isThere(context: CertifyContext, task: Task, needed: ActNeeded): boolean {
  const { talkPolicies, stateSchema } = context.world.domain;
  const { tables } = startState(context, task);
  const keyOf = (entity: string): string =>
    stateSchema.tables.find((table) => table.entity === entity)?.key ?? '';
  switch (needed.act) {
    case 'identify':
      return needed.caller === task.scenario.caller;
    case 'read':
      return needed.rows.every((id) =>
        Object.entries(tables).some(([entity, rows]) => rows.some((row) => row[keyOf(entity)] === id)),
      );
    case 'refuse':
      return talkPolicies.some(
        ({ id, kind }) => id === needed.policy && (kind === 'guard' || kind === 'conceal'),
      );
    case 'transfer':
      return talkPolicies.some(({ id, kind }) => id === needed.policy && kind === 'escalate');
  }
}

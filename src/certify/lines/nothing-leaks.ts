// Nothing that an agent reads gives the solution away: what it is told at the start holds no id of
// gold's, no answer and nothing about the caller, and no result names a tool still to be called, the
// rule to refuse by, or the task. Members of enums and dates are everybody's words. [defect 10]
import { isRealTime } from '../../core/time.js';
import { stringsShown } from '../../language/result-values.js';
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import { goldCalls } from '../gold-writes.js';
import { argumentLeaves } from '../leaves.js';
import type { Line } from '../line.js';
import { goldEpisode } from '../play.js';
import { parametersOf } from '../tools.js';
import { rulesNamed } from '../undone.js';

export const nothingLeaks: Line = {
  name: 'nothing-leaks',
  run(context, task) {
    const isPublic = publicWords(context);
    const told = `${JSON.stringify(context.view.manifest)}\n${context.view.policyText}`;
    const secrets = secretsOf(context, task).filter((secret) => !isPublic(secret));
    const early = secrets.filter((secret) => told.includes(secret));
    const marks = marksOf(context, task).filter((mark) => !isPublic(mark));
    const shown = goldEpisode(context, task).steps.flatMap(({ observation }) =>
      observation.type === 'result' ? stringsShown(observation.value) : [],
    );
    const late = marks.filter((mark) => shown.some((text) => text.includes(mark)));
    return {
      passed: early.length === 0 && late.length === 0,
      evidence: {
        secrets: secrets.length,
        texts: shown.length,
        ...(early.length === 0 ? {} : { inDescriptions: early.join(' ') }),
        ...(late.length === 0 ? {} : { inResults: late.join(' ') }),
      },
    };
  },
};

/** Ids in gold's arguments, answers, and what the caller knows of itself. */
function secretsOf(context: CertifyContext, task: Task): readonly string[] {
  const ids = task.gold.flatMap((step) =>
    'call' in step
      ? argumentLeaves(parametersOf(context, step.call.tool), step.call.args)
          .filter(({ schema }) => schema['x-entity'] !== undefined)
          .map(({ value }) => value)
      : [],
  );
  const answers = (task.goal.accepts[0]?.communicate ?? []).map(({ value }) => value);
  const values = [...ids, ...answers, ...Object.values(task.scenario.known)];
  return [...new Set(values)].filter(
    (value): value is string => typeof value === 'string' && value.length > 3,
  );
}

/** Words that only who knows the solution would write into a row; a plain word may stand anywhere. */
function marksOf(context: CertifyContext, task: Task): readonly string[] {
  const marks = [
    ...goldCalls(context, task).map(({ tool }) => tool),
    ...rulesNamed(task),
    ...task.goal.accepts.map(({ digest }) => digest),
    task.id,
  ];
  return [...new Set(marks)].filter((mark) => mark.length > 20 || /[_-]/.test(mark));
}

function publicWords({ world }: CertifyContext): (word: string) => boolean {
  const members = new Set(
    world.domain.stateSchema.tables.flatMap(({ columns }) =>
      columns.flatMap(({ schema }) =>
        Array.isArray(schema['enum']) ? (schema['enum'] as readonly unknown[]) : [],
      ),
    ),
  );
  return (word) => members.has(word) || isRealTime(word);
}

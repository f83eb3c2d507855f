// What is to be told is what the questions ask for, each value of its column's type, told apart from the
// others, delimited where an agent says it in text, not said by the user before, and not to be had
// without reading the row that holds it.
// [defects 10, 17]
import { canonicalJson } from '../../core/json.js';
import { hearUser, startTalk } from '../../policy/monitor.js';
import { saysSame } from '../../policy/told.js';
import type { Scalar, TypedValue } from '../../policy/talk.js';
import { formatTyped } from '../../language/format-value.js';
import { readText } from '../../language/read-agent.js';
import { answersMeant } from '../answers.js';
import type { CertifyContext } from '../context.js';
import type { Line } from '../line.js';
import { goldEpisode } from '../play.js';

export const answersAreTyped: Line = {
  name: 'answers-are-typed',
  run(context, task) {
    const wanted = task.goal.accepts[0]?.communicate ?? [];
    const answers = answersMeant(context, task) ?? [];
    const read = new Set(
      task.goal.actsNeeded.flatMap((needed) => (needed.act === 'read' ? needed.rows : [])),
    );
    const said = saidBefore(goldEpisode(context, task), wanted);
    const problems = {
      mismatched: wanted.filter(
        (value) => !answers.some((answer) => canonicalJson(answer.value) === canonicalJson(value)),
      ).length,
      // Two answers that are one value cannot be told apart: who gives one seems to have given both.
      alike: wanted.filter((value, index) => wanted.slice(0, index).some((one) => saysSame(one, value)))
        .length,
      undelimited: wanted.filter((value) => !isDelimited(context, value)).length,
      // Whoever has said yes to something has not answered every other question of yes or no.
      said: wanted.filter(({ type, value }) => type !== 'bool' && said.includes(value)).length,
      unread: answers.filter(({ row }) => !read.has(row)).length,
    };
    const found = Object.fromEntries(Object.entries(problems).filter(([, count]) => count > 0));
    return {
      passed: Object.keys(found).length === 0 && answers.length === wanted.length,
      evidence: { answers: wanted.length, rows: read.size, ...found },
    };
  },
};

/** Whether a reader of the value's words finds this value and no other. */
function isDelimited({ world }: CertifyContext, value: TypedValue): boolean {
  if (value.value === null) return false;
  if (value.type === 'bool') return true;
  const acts = readText(`It is ${formatTyped(value)}.`, { domain: world.domain, seen: [], wishes: [] });
  const found = acts.flatMap((act) => (act.act === 'tell' ? act.values : []));
  return found.length === 1 && found.every((one) => saysSame(one, value));
}

/** What the user had said of itself and its wishes before the first answer. */
function saidBefore(
  { opening, steps }: ReturnType<typeof goldEpisode>,
  wanted: readonly TypedValue[],
): readonly Scalar[] {
  let talk = startTalk();
  if (opening.type === 'user') talk = hearUser(talk, opening.acts);
  for (const { action, observation } of steps) {
    const tells = action.type === 'say' && 'act' in action && action.act.act === 'tell' ? action.act : null;
    if (tells?.values.some((told) => wanted.some((value) => saysSame(told, value))) === true) break;
    if (observation.type === 'user') talk = hearUser(talk, observation.acts);
  }
  return talk.said.map(({ value }) => value);
}

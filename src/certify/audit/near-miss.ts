// Near misses of a task: all of them, and what the grader's verdict on one is worth. One that is paid
// is an error of the grader, unless it was no miss: by the reference interpreter it leaves the very rows
// that gold leaves and breaks no rule, and it says what gold says.
import { canonicalJson } from '../../core/json.js';
import type { Episode } from '../../env/protocol.js';
import { eachScalar } from '../../language/result-values.js';
import { saysSame } from '../../policy/told.js';
import type { Scalar } from '../../policy/talk.js';
import type { Task } from '../../task/task.js';
import { answersMeant, secretsMeant } from '../answers.js';
import type { CertifyContext } from '../context.js';
import { goldEpisode, isPaid } from '../play.js';
import { startSeen } from '../seen.js';
import { startState } from '../start.js';
import { toolsThat } from '../tools.js';
import { goldEnd, referenceEnd } from './reference-end.js';
import { secretsTold } from './secrets-told.js';
import { skipped } from './skipped.js';
import type { Played, Variation } from './variation.js';
import { wrongWords } from './wrong-words.js';
import { wrongWrites } from './wrong-writes.js';

/** Why a near miss that was paid is right. */
type Equivalence =
  | 'refused by the tool, and gold done all the same'
  | 'the same rows by another call'
  | 'what is skipped no rule asks for'
  | 'another end that the goal accepts'
  | 'it says what gold says'
  | 'no row has the other value, so it answers nothing'
  | 'the user has said the other value itself';

export type MissVerdict =
  | { readonly verdict: 'failed' }
  | { readonly verdict: 'equivalent'; readonly reason: Equivalence }
  | { readonly verdict: 'accepted'; readonly reason: string }
  | { readonly verdict: 'fault'; readonly reason: string };

export function nearMisses(context: CertifyContext, task: Task): readonly Variation[] {
  return [
    ...wrongWrites(context, task),
    ...wrongWords(context, task),
    ...secretsTold(context, task),
    ...skipped(context, task),
  ];
}

export function judgeMiss(context: CertifyContext, task: Task, { variation, episode }: Played): MissVerdict {
  if (episode.end === 'fault') return { verdict: 'fault', reason: episode.faults.at(-1)?.kind ?? 'fault' };
  if (!isPaid(episode)) return { verdict: 'failed' };
  const gold = goldEpisode(context, task);
  const end = referenceEnd(context, task, episode);
  if (end.broken.length > 0) return { verdict: 'accepted', reason: `breaks ${end.broken.join(' ')}` };
  const unread = rowsUnread(task, episode);
  if (unread.length > 0) return { verdict: 'accepted', reason: `never reads ${unread.join(' ')}` };
  if (end.rows !== goldEnd(context, task).rows) {
    const other = task.goal.accepts.slice(1).some(({ digest }) => digest === episode.digest);
    if (!other) return { verdict: 'accepted', reason: 'leaves other rows' };
    return { verdict: 'equivalent', reason: 'another end that the goal accepts' };
  }
  if (!saysWhat(episode, gold)) {
    const reason = mayBeBeside.has(variation.kind) ? whyNoAnswer(context, task, episode, gold) : null;
    if (reason === null) return { verdict: 'accepted', reason: 'says something else' };
    return { verdict: 'equivalent', reason };
  }
  if (variation.kind.startsWith('answer')) return { verdict: 'equivalent', reason: 'it says what gold says' };
  const writes = new Set(toolsThat(context, 'write').map(({ name }) => name));
  const [mine, golds] = [worked(episode, writes), worked(gold, writes)];
  if (mine !== golds) return { verdict: 'equivalent', reason: 'the same rows by another call' };
  const refused = episode.steps.some(({ observation }) => observation.type === 'refusal');
  return {
    verdict: 'equivalent',
    reason: refused ? 'refused by the tool, and gold done all the same' : 'what is skipped no rule asks for',
  };
}

/** Kinds that tell something beside what gold tells. */
const mayBeBeside = new Set(['answer among others', 'secret answered wrong, then refused']);

/** Rows that have to be read and whose ids stand in no result. */
function rowsUnread(task: Task, { steps }: Episode): readonly string[] {
  const shown = new Set<unknown>();
  for (const { observation } of steps) {
    if (observation.type === 'result') eachScalar(observation.value, (_, value) => shown.add(value));
  }
  return task.goal.actsNeeded.flatMap((needed) => {
    const rows = needed.act === 'read' ? needed.rows : needed.act === 'identify' ? [needed.caller] : [];
    return rows.filter((row) => !shown.has(row));
  });
}

/**
 * Why what was told beside the answers answers nothing, as a date that is mentioned beside another: the
 * user has said it itself, or no row has it. Null when it could be taken for an answer.
 */
function whyNoAnswer(
  context: CertifyContext,
  task: Task,
  episode: Episode,
  gold: Episode,
): Equivalence | null {
  if (!gold.told.every((value) => episode.told.some((told) => saysSame(told, value)))) return null;
  const questions = [...(answersMeant(context, task) ?? []), ...secretsMeant(context, task)];
  const more = episode.told.filter((told) => !gold.told.some((value) => saysSame(told, value)));
  const seen = startSeen();
  for (const observation of [episode.opening, ...episode.steps.map((step) => step.observation)]) {
    seen.observe(observation);
  }
  if (more.every(({ value }) => seen.wasSaid(value))) return 'the user has said the other value itself';
  const isPossible = (value: Scalar): boolean =>
    questions.some(({ entity, column }) =>
      (startState(context, task).tables[entity] ?? []).some((row) => row[column] === value),
    );
  return more.some(({ value }) => isPossible(value))
    ? null
    : 'no row has the other value, so it answers nothing';
}

/** Whether both told the same values, refused by the same rules and handed over alike. */
function saysWhat(episode: Episode, gold: Episode): boolean {
  const same = (left: Episode, right: Episode): boolean =>
    left.told.every((value) => right.told.some((other) => saysSame(value, other)));
  return same(episode, gold) && same(gold, episode) && turnedDown(episode) === turnedDown(gold);
}

function turnedDown({ steps }: Episode): string {
  const policies = steps.flatMap(({ action, heard }) => {
    if (action.type === 'call')
      return 'policy' in action.args ? [`over:${canonicalJson(action.args['policy'])}`] : [];
    const acts = 'act' in action ? [action.act] : (heard ?? []);
    return acts.flatMap((act) => (act.act === 'refuse' ? [act.policy] : []));
  });
  return [...new Set(policies)].sort().join(' ');
}

/** The writes that worked, as text. */
function worked({ steps }: Episode, writes: ReadonlySet<string>): string {
  return JSON.stringify(
    steps.flatMap(({ action, observation }) =>
      action.type === 'call' && observation.type === 'result' && writes.has(action.tool)
        ? [[action.tool, action.args]]
        : [],
    ),
  );
}

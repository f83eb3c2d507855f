// Where an episode first left gold's way. Reads and questions leave nobody's way; wrong writes, broken
// rules, refusals and hand-overs that nothing called for, and wrong answers do.
import type { EmittedDomain } from '../emit/emitted-domain.js';
import { classOf, saysSame, type Question } from '../policy/told.js';
import type { AgentAct, Call } from '../policy/talk.js';
import type { Task } from '../task/task.js';
import type { Action, Episode } from './protocol.js';

export interface Divergence {
  readonly step: number;
  readonly action: Action;
  readonly why: string;
}

/** The first step that the task has no place for, or null when every step fits. */
export function firstDivergence(
  domain: EmittedDomain,
  task: Task,
  episode: Episode,
  question: Question,
  wrong: readonly { readonly step: number; readonly call: Call }[],
): Divergence | null {
  const controls = new Set(
    domain.manifest.filter(({ effect }) => effect === 'control').map(({ name }) => name),
  );
  for (const [step, { action, heard, observation }] of episode.steps.entries()) {
    const rule = episode.violations.find((violation) => violation.step === step);
    const needless = wrong.some((write) => write.step === step);
    const accepted = observation.type === 'result';
    let why: string | null = null;
    if (rule !== undefined) why = `breaks '${rule.policy}'`;
    else if (needless) why = 'is a write that the task does not need';
    else if (action.type === 'say') {
      const acts = 'act' in action ? [action.act] : (heard ?? []);
      why = acts.map((act) => wrongWords(task, question, act)).find((found) => found !== null) ?? null;
    } else if (accepted && controls.has(action.tool)) why = wrongHandOver(task, action.args['policy']);
    if (why !== null) return { step, action, why };
  }
  return null;
}

function wrongWords(task: Task, question: Question, act: AgentAct): string | null {
  if (act.act === 'refuse') return wrongChoice(needed(task, 'refuse'), act.policy, 'refuses');
  if (act.act !== 'tell') return null;
  const wanted = task.goal.accepts.flatMap(({ communicate }) => communicate);
  const off = act.values.find(
    (told) =>
      question.couldBe(told) &&
      wanted.some((value) => classOf(value) === classOf(told)) &&
      !wanted.some((value) => saysSame(value, told)),
  );
  return off === undefined ? null : `tells ${String(off.value)}, which is not the answer`;
}

function wrongHandOver(task: Task, policy: unknown): string | null {
  return wrongChoice(needed(task, 'transfer'), String(policy), 'hands over');
}

function wrongChoice(allowed: readonly string[], chosen: string, does: string): string | null {
  if (allowed.length === 0) return `${does} though no rule asks for it`;
  return allowed.includes(chosen) ? null : `${does} by '${chosen}' and not by '${allowed.join("' or '")}'`;
}

function needed(task: Task, act: 'refuse' | 'transfer'): readonly string[] {
  return task.goal.actsNeeded.flatMap((needed) => (needed.act === act ? [needed.policy] : []));
}

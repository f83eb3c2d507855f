// Tasks that want something done: chains of one to five writes, and now and then a question beside them.
import { must } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import type { Draft, Drafted, Errand } from './draft.js';
import { grow } from './grow.js';
import { openGrowth, type Growth } from './growth.js';
import { entityNamed, type Ground } from './ground.js';
import { ask, hasSaid, rowsBehind } from './questions.js';
import { pickCaller, valueUse } from './sample-call.js';
import { knownOf } from './scenario.js';
import type { Target } from './size.js';
import type { StepFailure } from './tally.js';
import { pickLeastUsed } from './use.js';
import type { Workshop } from './workshop.js';

const callersTried = 12;
/** Chance that a caller who wants something done has a question as well. */
const asksToo = 0.15;

export function draftDo(workshop: Workshop, tool: string, rng: Rng): Drafted {
  const target = workshop.sizes.next(rng);
  let failure: StepFailure = 'no-arguments';
  for (let attempt = 0; attempt < callersTried; attempt++) {
    const { ground, usage } = workshop;
    const caller = pickCaller(ground, must(ground.tools.get(tool), tool), usage, rng);
    const grown = growFor(workshop, caller, tool, target, rng);
    if (typeof grown !== 'string') return { draft: finishDraft(workshop, grown, rng) };
    failure = grown;
  }
  return { reason: `first-step-${failure}` };
}

/** Grows for a caller, or says why there is not even a first step. `avoid` are rows to leave alone. */
export function growFor(
  workshop: Workshop,
  caller: string,
  tool: string,
  target: Target,
  rng: Rng,
  avoid: readonly string[] = [],
): Growth | StepFailure {
  const growth = openGrowth(workshop.ground, caller, knownOf(workshop.ground, caller, rng));
  for (const id of avoid) growth.claimed.rows.add(id);
  try {
    return grow(workshop, growth, tool, target, rng) ?? growth;
  } finally {
    growth.clerk.session.close();
  }
}

/** The steps of a growth as errands. */
export function doneErrands(growth: Growth): readonly Errand[] {
  return growth.wishes.map((spoken) => ({ end: 'done', spoken }));
}

/** Names under which the use of a growth is counted: who, which tools, and which of a few values. */
export function usesOf({ ground, caller, chain }: Growth): readonly string[] {
  const values = chain.run.flatMap(({ call }) =>
    (ground.tools.get(call.tool)?.params ?? []).flatMap((param) => {
      const value = call.args[param.name];
      return param.type.kind === 'enum' && typeof value === 'string'
        ? [valueUse(call.tool, param.name, value)]
        : [];
    }),
  );
  return [caller, ...chain.steps.map(({ tool }) => tool), ...values];
}

function finishDraft(workshop: Workshop, growth: Growth, rng: Rng): Draft {
  const { caller, known, chain, ends } = growth;
  const done = doneErrands(growth);
  const question = rng.chance(asksToo) ? askBeside(workshop, growth, rng) : null;
  const errands = question === null ? done : rng.chance(0.5) ? [...done, question] : [question, ...done];
  const asked = question === null ? [] : [keyOf(question)];
  const used = [...usesOf(growth), ...asked];
  return { kind: 'do', caller, known, chain, chains: ends.length, errands, used };
}

/** A question about something that the chain does not change. */
function askBeside(
  { ground, usage, topics }: Workshop,
  { caller, known, changes, wishes }: Growth,
  rng: Rng,
): Extract<Errand, { end: 'told' }> | null {
  const keys = topics.tell.filter((key) => isNear(ground, key));
  if (keys.length === 0) return null;
  const asked = ask(ground, caller, pickLeastUsed(usage, keys, rng), null, [], rng);
  if (asked === null || hasSaid([...wishes, asked.spoken], known, asked.question.value.value)) return null;
  const behind = rowsBehind(ground, asked.question);
  return changes.some(({ id }) => behind.includes(id)) ? null : asked;
}

/** Whether a question is about what is the caller's or the caller itself. */
function isNear(ground: Ground, key: string): boolean {
  const [entity = ''] = key.split('.');
  return (ground.paths.get(entityNamed(ground, entity).name) ?? []).length > 0;
}

function keyOf({ question }: Extract<Errand, { end: 'told' }>): string {
  return `${question.entity}.${question.attr}`;
}

// Near misses in what is said: answers told wrong, not at all, or among others; refusals by another
// rule; hand-overs instead of refusals and the other way round; what is refused done all the same.
import { canonicalJson } from '../../core/json.js';
import { goldActions } from '../../env/gold.js';
import { handOverPolicies, policyIds } from '../../env/policy-ids.js';
import type { Action } from '../../env/protocol.js';
import type { TypedValue } from '../../policy/talk.js';
import type { Task } from '../../task/task.js';
import { answersMeant } from '../answers.js';
import type { CertifyContext } from '../context.js';
import { toolsThat } from '../tools.js';
import { undoneWishes } from '../undone.js';
import { plausibleAnswers } from './plausible.js';
import { vary, type Variation } from './variation.js';

export function wrongWords(context: CertifyContext, task: Task): readonly Variation[] {
  const gold = goldActions(task);
  const controls = new Set(toolsThat(context, 'control').map(({ name }) => name));
  return gold.flatMap((action, at) => {
    const act = action.type === 'say' && 'act' in action ? action.act : null;
    if (act?.act === 'tell') return wrongAnswers(context, task, gold, at, act.values);
    if (act?.act === 'refuse') return wrongEnds(context, task, gold, at, act.policy, null);
    if (action.type !== 'call' || !controls.has(action.tool)) return [];
    const { policy } = action.args;
    return wrongEnds(context, task, gold, at, null, typeof policy === 'string' ? policy : '');
  });
}

function wrongAnswers(
  context: CertifyContext,
  task: Task,
  gold: readonly Action[],
  at: number,
  values: readonly TypedValue[],
): readonly Variation[] {
  const say = (kind: string, what: string, told: readonly TypedValue[]): Variation | null =>
    vary(task, kind, what, gold.with(at, { type: 'say', act: { act: 'tell', values: told } }));
  const variations = values.flatMap((value, index) => {
    const question = answersMeant(context, task)?.find(
      (one) => canonicalJson(one.value) === canonicalJson(value),
    );
    if (question === undefined) return [];
    const others = plausibleAnswers(context, task, question.entity, question.column, value.value);
    return others.flatMap((other) => {
      if (typeof other === 'object') return [];
      const told = { type: value.type, value: other };
      const what = `${question.entity}.${question.attr}: ${String(value.value)} → ${String(other)}`;
      return [
        say('answer replaced', what, values.with(index, told)),
        say('answer among others', what, [...values, told]),
      ];
    });
  });
  const silent = vary(
    task,
    'answer left out',
    values.map(({ type }) => type).join(' '),
    gold.toSpliced(at, 1),
  );
  return [...variations, silent].filter((variation) => variation !== null);
}

/** Other ways to turn a wish down than gold's, where gold refuses by `refused` or hands over by `handed`. */
function wrongEnds(
  context: CertifyContext,
  task: Task,
  gold: readonly Action[],
  at: number,
  refused: string | null,
  handed: string | null,
): readonly Variation[] {
  const end = (kind: string, what: string, actions: readonly Action[]): Variation | null =>
    vary(task, kind, what, gold.toSpliced(at, 1, ...actions));
  const control = toolsThat(context, 'control')[0]?.name ?? '';
  const refusals = policyIds(context.view)
    .filter((policy) => policy !== refused)
    .map((policy) =>
      end(refused === null ? 'refused instead' : 'refused by another rule', policy, [
        { type: 'say', act: { act: 'refuse', policy } },
      ]),
    );
  const handOvers = handOverPolicies(context.view)
    .filter((policy) => policy !== handed)
    .map((policy) =>
      end(handed === null ? 'handed over instead' : 'handed over by another rule', policy, [
        { type: 'call', tool: control, args: { policy, summary: 'Please take over.' } },
      ]),
    );
  const done = undoneWishes(context, task).flatMap(({ call }) =>
    call === null
      ? []
      : [
          end('forbidden call made', call.tool, [
            { type: 'say', act: { act: 'propose', call } },
            { type: 'call', ...call },
          ]),
          end('forbidden call made first', call.tool, [
            { type: 'say', act: { act: 'propose', call } },
            { type: 'call', ...call },
            ...gold.slice(at, at + 1),
          ]),
        ],
  );
  return [...refusals, ...handOvers, ...done].filter((variation) => variation !== null);
}

// Near misses about what must not be told: it is looked up and told, by an act or in words, instead of the
// refusal or before it.
import { goldActions } from '../../env/gold.js';
import type { Action } from '../../env/protocol.js';
import { formatTyped } from '../../language/format-value.js';
import type { Task } from '../../task/task.js';
import { secretsMeant, type Secret } from '../answers.js';
import type { CertifyContext } from '../context.js';
import { concealersOf } from '../secrecy.js';
import { startSource } from '../start.js';
import { plausibleAnswers } from './plausible.js';
import { vary, type Variation } from './variation.js';

const mostOthers = 4;

export function secretsTold(context: CertifyContext, task: Task): readonly Variation[] {
  const gold = goldActions(task);
  return secretsMeant(context, task).flatMap((secret) => {
    const policies = concealersOf(context.domain, task.scenario.caller, secret, startSource(context, task));
    const read = readOf(context, secret);
    const tell: Action = { type: 'say', act: { act: 'tell', values: [secret.value] } };
    const say: Action = { type: 'say', text: `It is ${formatTyped(secret.value)}.` };
    const what = `${secret.entity}.${secret.attr}`;
    const others = plausibleAnswers(context, task, secret.entity, secret.column, secret.value.value)
      .slice(0, mostOthers)
      .flatMap((value) => (typeof value === 'object' ? [] : [{ type: secret.value.type, value }]));
    return gold.flatMap((action, at) => {
      const act = action.type === 'say' && 'act' in action ? action.act : null;
      if (act?.act !== 'refuse' || !policies.includes(act.policy)) return [];
      const instead = (kind: string, ...actions: readonly Action[]): Variation | null =>
        vary(task, kind, what, gold.toSpliced(at, 1, ...read, ...actions));
      return [
        instead('secret told', tell),
        instead('secret told in words', say),
        instead('secret told, then refused', tell, action),
        instead('secret told in words, then refused', say, action),
        ...others.map((value) =>
          instead(
            'secret answered wrong, then refused',
            { type: 'say', act: { act: 'tell', values: [value] } },
            action,
          ),
        ),
      ].filter((variation) => variation !== null);
    });
  });
}

/** The read that shows a row by its id, if there is one. */
function readOf({ domain }: CertifyContext, { entity, row }: Secret): readonly Action[] {
  const get = domain.tools.find(
    (tool) => tool.kind === 'derived' && tool.read === 'get' && tool.entity === entity,
  );
  const [param] = get?.params ?? [];
  return get === undefined || param === undefined
    ? []
    : [{ type: 'call', tool: get.name, args: { [param.name]: row } }];
}

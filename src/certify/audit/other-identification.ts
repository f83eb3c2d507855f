// Independent solutions: the caller identified in another way that the rules accept, by whatever of it
// the caller knows.
import { goldActions } from '../../env/gold.js';
import type { Action } from '../../env/protocol.js';
import { identifyingFinds, slotsOf } from '../../policy/belief/identity.js';
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import { vary, type Variation } from './variation.js';

export function otherIdentifications({ domain }: CertifyContext, task: Task): readonly Variation[] {
  const gold = goldActions(task);
  const finds = identifyingFinds(domain);
  const names = new Set(finds.map(({ name }) => name));
  const at = gold.findIndex((action) => action.type === 'call' && names.has(action.tool));
  if (at < 0) return [];
  const { known } = task.scenario;
  return finds.flatMap((find) => {
    const slots = slotsOf(domain, find);
    if (!slots.every(({ slot }) => Object.hasOwn(known, slot))) return [];
    const args = Object.fromEntries(slots.map(({ slot, param }) => [param, known[slot] ?? null]));
    const asks: Action = { type: 'say', act: { act: 'ask', slots: slots.map(({ slot }) => slot) } };
    const actions = gold.toSpliced(at, 1, asks, { type: 'call', tool: find.name, args });
    return vary(task, 'other identification', find.name, actions) ?? [];
  });
}

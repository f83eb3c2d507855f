// An explanation as lines for a person.
import { canonicalJson } from '../core/json.js';
import type { Call } from '../policy/talk.js';
import type { Difference, Explanation } from './explanation.js';
import { formatTyped } from '../language/format-value.js';
import type { Action } from './protocol.js';

/** Lines that say how the episode ended and why; steps count from 1, as people do. */
export function describeExplanation(facts: Omit<Explanation, 'text'>): string {
  const { diverged, undone, wrong, differences, untold, unread, acts, violations } = facts;
  const lines = [`${facts.agent} on ${facts.task}: ${facts.end}`];
  if (diverged !== null) {
    lines.push(
      `first leaves gold's way at step ${diverged.step + 1}: ${describeAction(diverged.action)} ${diverged.why}`,
    );
  }
  for (const { step, policy, text, tool } of violations) {
    lines.push(`step ${step + 1}${tool === undefined ? '' : ` (${tool})`} breaks '${policy}': ${text}`);
  }
  for (const call of undone) lines.push(`not done: ${describeCall(call)}`);
  for (const { step, call } of wrong)
    lines.push(`step ${step + 1} should not have been: ${describeCall(call)}`);
  for (const difference of differences) lines.push(describeDifference(difference));
  for (const value of untold) lines.push(`not told: ${value.type} ${formatTyped(value)}`);
  for (const id of unread) lines.push(`not read: ${id}`);
  for (const needed of acts) {
    if ('policy' in needed) lines.push(`wanted: ${needed.act} by '${needed.policy}'`);
  }
  return lines.join('\n');
}

function describeDifference({ entity, id, gold, actual, columns }: Difference): string {
  if (actual === null) return `${entity} ${id}: gold has it, the episode does not`;
  if (gold === null) return `${entity} ${id}: the episode has it, gold does not`;
  const values = columns.map(
    (column) =>
      `${column} is ${canonicalJson(actual[column] ?? null)}, gold has ${canonicalJson(gold[column] ?? null)}`,
  );
  return `${entity} ${id}: ${values.join('; ')}`;
}

function describeAction(action: Action): string {
  if (action.type === 'call') return describeCall(action);
  return 'act' in action ? `the act '${action.act.act}'` : `“${action.text}”`;
}

function describeCall({ tool, args }: Call): string {
  const values = Object.entries(args).map(([name, value]) => `${name}: ${canonicalJson(value)}`);
  return `${tool}(${values.join(', ')})`;
}

// The example of docs/spec.md is a right spec, and what the page says is refused is refused.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { problemsOf } from './boat-hire.js';

const page = readFileSync('docs/spec.md', 'utf8');
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
const block = (start: string): string => blocks.find((text) => text.startsWith(start)) ?? '';
const example = block('format:');

it('shows an example that the checker accepts', () => {
  expect(example).toContain('bike-hire');
  expect(problemsOf(example)).toEqual([]);
});

it('shows policies that the checker accepts, for a tool that takes an amount', () => {
  const tool = `tools:
  charge_rider:
    doc: Charge a rider.
    params: {hire_id: Hire, days: {type: int}, amount: {type: money, min: 0}}
    do: [{set: {hire.fee: hire.fee + amount}}]
    return: hire
`;
  const shown = block('policies:');
  expect(shown).toContain('kind: compute');
  const right = `${example.replace('tools:\n', tool).replace('policies:\n', shown)}\n${block('tables:')}`;
  expect(problemsOf(right)).toEqual([]);
  expect(problemsOf(right.replace('param: amount', 'param: hire_id')).join()).toContain('only a plain value');
  expect(problemsOf(right.replace('of: [Bike.serviced]', 'of: [Hire.fee]')).join()).toEqual('');
  expect(
    problemsOf(right.replace('of: [Bike.serviced]', 'of: [Bike.serviced], unless: subject == caller')).join(),
  ).toContain('nothing here leads to a Rider');
});

it('shows a table that the checker accepts, and a call of it', () => {
  const fee = 'late_fee(hire.bike.kind, late, true)';
  expect(page).toContain(`\`${fee}\``);
  const right = `${example.replace('hire.fee + late * 500', () => `"hire.fee + ${fee}"`)}\n${block('tables:')}`;
  expect(right).toContain('late_fee:');
  expect(problemsOf(right)).toEqual([]);
  expect(problemsOf(right.replace("['*', '*', '*', 500]", "[cargo, '*', '*', 500]")).join()).toContain(
    'no row fits kind city',
  );
  expect(problemsOf(right.replace("'> 7'", "'< 0'")).join()).toContain('never reached');
});

it.each([
  ['max(ceil((now - hire.due) / 1d), 0)', '(now - hire.due) / 1d', 'a fraction where money is wanted'],
  ['bike.serviced == null or today', 'today', "'bike.serviced' may be null"],
  ['hire.fee + late * 500', 'late * 12.5', 'a fraction where money is wanted'],
  ['max(ceil((now - hire.due) / 1d), 0)', 'max(ceil((now - hire.due) / 0d), 0)', 'division by zero'],
  ['subject == caller', 'rider == caller', "there is no 'rider' here"],
  ['until > now and until <= now + 3d', 'until > now and until < now', 'never holds'],
  ['before: write', 'before: [hire_bike]', "'caller' is asked for return_bike"],
])('refuses what it says is wrong: %s → %s', (right, wrong, says) => {
  expect(example).toContain(right);
  expect(problemsOf(example.replace(right, () => wrong)).join('\n')).toContain(says);
});

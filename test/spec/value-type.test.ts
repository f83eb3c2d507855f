// Patterns are run over whatever an agent sends, outside the sandbox: one that can take for ever is
// no pattern, and those that people write pass.
import { expect, it } from 'vitest';
import { problemsWith } from './boat-hire.js';

const phone = 'phone: {type: string, gen: "pattern:555-####", known: true}';
const problemsOfPattern = (pattern: string, gen: string): string =>
  problemsWith(phone, `phone: {type: string, pattern: '${pattern}', gen: "${gen}", known: true}`).join();

it.each([String.raw`^(\w+\s?)*$`, '^(x+)+$', '^((a|b+)c?){2,}$', '^(?:x{1,3}){9}$', '^(a?a?)+$'])(
  'the pattern %s is refused',
  (pattern) => {
    expect(problemsOfPattern(pattern, 'pattern:555')).toContain('a repetition inside a repetition');
  },
);

it.each([
  [String.raw`^555-\d{4}$`, 'pattern:555-####'],
  [String.raw`^(\d{4}-){2}[+(*]?\d+\)?$`, 'pattern:5555-5555-1'],
  [String.raw`^(?:AB|CD)?-\d{2,}$`, 'pattern:AB-##'],
])('the pattern %s passes', (pattern, gen) => {
  expect(problemsOfPattern(pattern, gen)).toBe('');
});

// The expression language as read: what binds tighter, what a text means and what is refused.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpression, parseLoop, type Syntax } from '../../src/spec/syntax.js';
import { printed, randomSyntax } from './syntax-print.js';

function read(text: string): string {
  const parsed = parseExpression(text);
  return parsed.ok ? printed(parsed.value) : `! ${parsed.error.message}`;
}

describe('precedence', () => {
  it.each([
    ['a or b and c', '(a or (b and c))'],
    ['a and b or c', '((a and b) or c)'],
    ['not a and b', '((not a) and b)'],
    ['not a == b', '(not (a == b))'],
    ['not not a', '(not (not a))'],
    ['a + b * c - d', '((a + (b * c)) - d)'],
    ['a - b - c', '((a - b) - c)'],
    ['a / 2 / 3', '((a / 2) / 3)'],
    ['-a.b + 1', '((- a.b) + 1)'],
    ['a + 1 < b * 2', '((a + 1) < (b * 2))'],
    ['a < 1 or b >= 2 and not c in d', '((a < 1) or ((b >= 2) and (not (c in d))))'],
    ['a not in [1, 2]', '(not (a in [1, 2]))'],
    ['(a or b) and c', '((a or b) and c)'],
    ['now - loan.due > 14d', '((now - loan.due) > 20160min)'],
    ["x == 'it''s'", '(x == "it\'s")'],
    ['count(Loan l where l.a or l.b) < 4', '(count(Loan l where (l.a or l.b)) < 4)'],
    ['sum(Fine f: f.amount + 1 where f.open)', 'sum(Fine f: (f.amount + 1) where f.open)'],
    ['all(c in copies: c.in)', 'all(c in copies: c.in)'],
    ['min(a, b) + min(x in xs: x)', '(min(a, b) + min(x in xs: x))'],
    ['count(copies)', 'count(item in copies)'],
    ['count(Loan)', 'count(Loan row)'],
  ])('%s', (text, meaning) => expect(read(text)).toBe(meaning));
});

describe('what cannot be read', () => {
  it.each([
    ['', '! the expression ends where a value is expected, at character 1'],
    ['a +', '! the expression ends where a value is expected, at character 4'],
    ['a b', "! 'b' stands where the expression should end, at character 3"],
    ['(a', "! the expression ends where ')' is expected, at character 3"],
    ['a < b < c', '! comparisons cannot be chained'],
    ['a && b', "! cannot read '&' at character 3"],
    ["a == 'b", '! a string is not closed'],
    ['a.', "! the expression ends where a name is expected after '.'"],
    ['14days', "! '14days' is no duration; write a whole number with min, h, d or w, as in 14d"],
    ['1.5h', "! '1.5h' is no duration; write a whole number with min, h, d or w, as in 14d"],
    ['Loan', "! the entity 'Loan' is no value"],
    ['count(Loan where x)', "! 'where' stands where a variable is expected after 'Loan'"],
    ['first(Loan l: l.due)', "! first takes no value after ':'"],
    ['99999999999999999999', '! the number 99999999999999999999 is too large'],
    ['('.repeat(500), '! nested more than 40 deep'],
    ['not '.repeat(200), '! nested more than 40 deep'],
    ['a == [1', "! '[' stands where a value is expected, at character 6"],
    ['a 🦉 b', "! cannot read '🦉' at character 3"],
  ])('%s', (text, problem) => expect(read(text)).toBe(problem));

  it('suggests what is written for &&, || and !', () => {
    const hints = ['a && b', 'a || b', '!a', 'a = b'].map((text) => {
      const parsed = parseExpression(text);
      return parsed.ok ? undefined : parsed.error.hint;
    });
    expect(hints).toEqual([
      "did you mean 'and'?",
      "did you mean 'or'?",
      "did you mean 'not'?",
      "did you mean '=='?",
    ]);
  });
});

it('reads back every expression that is printed, whatever its shape', () => {
  fc.assert(
    fc.property(randomSyntax(), (syntax: Syntax) => {
      expect(parseExpression(printed(syntax))).toEqual({ ok: true, value: syntax });
    }),
    { numRuns: 2000 },
  );
});

it('says one thing about any text, and throws for none', () => {
  const words = [
    '(',
    ')',
    '[',
    ',',
    '.',
    ':',
    'a',
    'L',
    'in',
    'where',
    'not',
    '==',
    '<',
    '-',
    "'x'",
    '1',
    '2d',
    'min',
  ];
  const soup = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((list) => list.join(' '));
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 60 }), soup), (text) => {
      const parsed = parseExpression(text);
      const loop = parseLoop(text);
      for (const one of [parsed, loop]) expect(one.ok || one.error.message !== '').toBe(true);
    }),
    { numRuns: 5000 },
  );
});

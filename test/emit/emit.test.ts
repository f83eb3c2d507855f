// What is emitted, as text: its form, its wording, its hash.
import { Ajv } from 'ajv';
import { format } from 'oxfmt';
import { describe, expect, it } from 'vitest';
import { emitDomain } from '../../src/emit/emit.js';
import { typeCheck } from '../../src/emit/type-check.js';
import { lendingDomain, lendingText } from './lending.js';
import { readDomain } from './read-domain.js';
import { tortureDomain } from './torture.js';

const lending = lendingDomain();
const emitted = emitDomain(lending);

/** The function of that name. */
function functionNamed(name: string, path = 'tools.ts'): string {
  const text = emitted.files[path] ?? '';
  const start = text.indexOf(`function ${name}(`);
  return text.slice(start, text.indexOf('\n}\n', start) + 2);
}

it.each([
  lending,
  readDomain('library'),
  readDomain('veterinary-clinic'),
  readDomain('card-desk'),
  readDomain('equipment-rental'),
  tortureDomain(),
])('emits $id as a formatter would write it', async (domain) => {
  for (const [path, text] of Object.entries(emitDomain(domain).files)) {
    const formatted = await format(path, text, { printWidth: 110, singleQuote: true });
    expect(formatted.code).toBe(text);
  }
});

it('emits one function a tool, which reads as if written by hand', () => {
  expect(functionNamed('returnLoan')).toMatchInlineSnapshot(`
    "function returnLoan(db: Db, args: { loan_id: string }): ToolResult<Loan> {
      const loan = db.loans.get(args.loan_id);
      if (!loan) return fail('LOAN_NOT_FOUND', \`No loan \${args.loan_id}.\`);
      if (loan.status !== 'active') return fail('LOAN_NOT_ACTIVE', 'The loan is not active.');
      const returnedLoan = db.loans.put({ ...loan, status: 'returned' });
      const copy = db.copies.must(loan.copy_id);
      if (copy.status !== 'out') return fail('COPY_NOT_OUT', 'The copy is not out.');
      db.copies.put({ ...copy, status: 'in' });
      if (loan.due < db.now) {
        db.fines.add({
          member_id: loan.member_id,
          amount: Math.ceil(minutesBetween(loan.due, db.now) / day) * 50,
          status: 'open',
        });
      }
      return ok(returnedLoan);
    }"
  `);
  expect(functionNamed('lendCopies')).toMatchInlineSnapshot(`
    "function lendCopies(
      db: Db,
      args: { member_id: string; copy_ids: readonly string[] },
    ): ToolResult<readonly Loan[]> {
      const member = db.members.get(args.member_id);
      if (!member) return fail('MEMBER_NOT_FOUND', \`No member \${args.member_id}.\`);
      const copies: Copy[] = [];
      for (const copy_id of args.copy_ids) {
        const copy = db.copies.get(copy_id);
        if (!copy) return fail('COPY_NOT_FOUND', \`No copy \${copy_id}.\`);
        copies.push(copy);
      }
      if (
        db.loans.where('member_id', member.member_id).filter((loan) => loan.status === 'active').length +
          copies.length >
        4
      ) {
        return fail('LOAN_LIMIT', 'The member would have more than four loans.');
      }
      for (const copy of copies) {
        if (copy.status !== 'in') return fail('COPY_NOT_IN', 'The copy is not in.');
        db.copies.put({ ...copy, status: 'out' });
        db.loans.add({
          member_id: member.member_id,
          copy_id: copy.copy_id,
          due: addMinutes(db.now, 14 * day),
          status: 'active',
        });
      }
      return ok(db.loans.where('member_id', member.member_id).filter((loan) => loan.status === 'active'));
    }"
  `);
});

it('emits policies and invariants as functions', () => {
  expect(functionNamed('ownForLoan', 'guards.ts')).toMatchInlineSnapshot(`
    "function ownForLoan(db: Db, args: { loan_id: string }, context: GuardContext): boolean {
      const loan = db.loans.get(args.loan_id);
      if (!loan) return true;
      const caller = db.members.get(context.caller);
      if (!caller) return true;
      return loan.member_id === caller.member_id;
    }"
  `);
  const guards = emitted.files['guards.ts'] ?? '';
  expect(guards.slice(guards.indexOf('export const invariants'))).toMatchInlineSnapshot(`
    "export const invariants: Readonly<Record<string, Invariant<Db>>> = {
      out_once: {
        of: 'Copy',
        holds: outOnce,
        touchedBy: {
          Loan: (db: Db, loan: Loan) => [db.copies.get(loan.copy_id)],
        },
      },
    };
    "
  `);
});

it('emits the same bytes again, and another hash for another rule', () => {
  expect(emitDomain(lending)).toEqual(emitted);
  const changed = lendingDomain(lendingText().replace('Identify the member first.', 'Ask who calls.'));
  expect(emitDomain(changed).hash).not.toBe(emitted.hash);
  expect(emitDomain(changed).files).toEqual(emitted.files);
});

describe('the manifest', () => {
  const tool = (name: string) => emitted.manifest.find((entry) => entry.name === name);

  it('has schemas that a validator accepts and that refuse what is foreign', () => {
    const ajv = new Ajv({ strict: true, keywords: ['x-entity'], formats: { date: true, 'date-time': true } });
    for (const { parameters } of emitted.manifest) ajv.compile(parameters);
    const fits = ajv.compile(tool('lend_copies')?.parameters ?? {});
    const ids = (...copy_ids: string[]) => fits({ member_id: 'ME-10000', copy_ids });
    expect(ids('CO-10000', 'CO-10001')).toBe(true);
    expect(ids('CO-10000')).toBe(false);
    expect(ids('CO-10000', 'CO-10000')).toBe(false);
    expect(ids('CO-10000', 'LO-10001')).toBe(false);
    expect(fits({ member_id: 'ME-10000', copy_ids: ['CO-10000', 'CO-10001'], more: 1 })).toBe(false);
  });

  it('says what a tool can refuse with, and in which units amounts are', () => {
    expect(tool('return_loan')?.description).toBe(
      'Take back a lent copy. A late return adds a fine of 0.50 per day. Can refuse with LOAN_NOT_ACTIVE, COPY_NOT_OUT.',
    );
    expect(tool('pay_fine')?.parameters['properties']).toMatchObject({
      fine_id: { 'x-entity': 'Fine' },
      amount: { type: 'integer', minimum: 1, description: 'What was handed over. In cents.' },
    });
  });

  it('ends with the hand-over, which names the rules that ask for it', () => {
    const last = emitted.manifest.at(-1);
    expect(last?.effect).toBe('control');
    expect(JSON.stringify(last?.parameters)).toContain('["large","other"]');
  });
});

it('tells an agent every rule with its id', () => {
  for (const { id, text } of lending.policies) expect(emitted.policyText).toContain(`- [${id}] ${text}`);
  expect(emitted.policyText).toContain('Monday 2 June 2025, 09:00');
});

it('reports what TypeScript says of a file, with its line', () => {
  const tools =
    "import type { Db } from './state.js';\nexport function f(db: Db): string {\n  const a = 1;\n  return db.now + db.loan;\n}\n";
  expect(typeCheck({ ...emitted.files, 'tools.ts': tools })).toEqual([
    { path: 'tools.ts', line: 3, message: "'a' is declared but its value is never read." },
    expect.objectContaining({ path: 'tools.ts', line: 4 }),
  ]);
});

// A domain written by hand in the shape of emitted code: members, books and loans, and honest tools
// over them. `withTools` adds tools, which may be as hostile as a test likes.
import { formatId, idScheme } from '../../src/core/id.js';
import type { GuestProgram, GuestRow, GuestState } from '../../sandbox/guest-api.js';

const schemes = {
  Member: idScheme('small', 'Member', 'MB'),
  Book: idScheme('small', 'Book', 'BK'),
  Loan: idScheme('small', 'Loan', 'LN'),
};

export const memberId = (at: number): string => formatId(schemes.Member, at);
export const bookId = (at: number): string => formatId(schemes.Book, at);
export const loanId = (at: number): string => formatId(schemes.Loan, at);

const table = (entity: keyof typeof schemes, name: string, references: Record<string, string>): object => ({
  entity,
  table: name,
  key: `${entity.toLowerCase()}_id`,
  ...schemes[entity],
  references,
});

const stateModule = `export const tables = ${JSON.stringify({
  Member: table('Member', 'members', {}),
  Book: table('Book', 'books', {}),
  Loan: table('Loan', 'loans', { member_id: 'Member', book_id: 'Book' }),
})};`;

const honestTools = `
import { addMinutes, fail, ok, sum } from 'toolgrove/guest';
import { guards, invariants } from './guards.js';
import { tables } from './state.js';
export const tools = {
  get_member(db, { member_id }) {
    const member = db.members.get(member_id);
    return member ? ok(member) : fail('MEMBER_NOT_FOUND', \`No member \${member_id}.\`);
  },
  list_member_loans(db, { member_id }) {
    return ok(db.loans.where('member_id', member_id));
  },
  list_loans: (db) => ok(db.loans.all()),
  search_books: (db, { status }) => ok(db.books.where('status', status)),
  lend(db, { member_id, book_id }) {
    const member = db.members.get(member_id);
    if (!member) return fail('MEMBER_NOT_FOUND', \`No member \${member_id}.\`);
    const book = db.books.must(book_id);
    const loan = db.loans.add({ member_id, book_id, due: addMinutes(db.now, 20160), status: 'open' });
    db.books.put({ ...book, status: 'lent' });
    if (book.status !== 'free') return fail('BOOK_NOT_FREE', 'The book is not free.');
    return ok(loan);
  },
  give_back(db, { loan_id }) {
    const loan = db.loans.get(loan_id);
    if (!loan) return fail('LOAN_NOT_FOUND', \`No loan \${loan_id}.\`);
    db.books.put({ ...db.books.must(loan.book_id), status: 'free' });
    return ok(db.loans.put({ ...loan, status: 'closed' }));
  },
  forget_loan(db, { loan_id }) {
    db.loans.remove(loan_id);
    return ok(true);
  },
  fine(db, { member_id, cents }) {
    const member = db.members.must(member_id);
    return ok(db.members.put({ ...member, fines: member.fines + cents }));
  },
  total_fines: (db) => ok(sum(db.members.all(), (member) => member.fines)),
`;

const guardsModule = `
export const guards = {
  own_loans: {
    give_back: (db, { loan_id }, { caller }) =>
      caller === null || db.loans.get(loan_id) === undefined || db.loans.get(loan_id).member_id === caller,
  },
};
export const invariants = {
  fines_not_negative: {
    of: 'Member',
    holds: (db, member) => member.fines >= 0,
    touchedBy: {},
  },
  lent_books_have_a_loan: {
    of: 'Book',
    holds: (db, book) =>
      book.status === 'free' || db.loans.where('book_id', book.book_id).some((loan) => loan.status === 'open'),
    touchedBy: { Loan: (db, loan) => [db.books.get(loan.book_id)] },
  },
  few_loans: {
    of: null,
    holds: (db) => db.loans.all().length < 1000000,
    touchedBy: { Loan: 'all' },
  },
};
`;

/** The domain with more tools: object members in JavaScript, such as `loop() { for (;;); },`. */
export function withTools(tools: string, before = ''): GuestProgram {
  return {
    modules: {
      'state.js': stateModule,
      'tools.js': `${honestTools}${tools}\n};\n${before}`,
      'guards.js': guardsModule,
    },
  };
}

/** `size` members, twice as many books, of which each fourth is lent. */
export function smallState(size = 6): GuestState {
  const members: GuestRow[] = [];
  const books: GuestRow[] = [];
  const loans: GuestRow[] = [];
  for (let at = 0; at < size; at++)
    members.push({ member_id: memberId(at), name: `Ada ${at}`, fines: at % 3 });
  for (let at = 0; at < 2 * size; at++) {
    const isLent = at % 4 === 0;
    books.push({
      book_id: bookId(at),
      title: `Book no. ${at}`,
      pages: 100 + at,
      status: isLent ? 'lent' : 'free',
    });
    if (!isLent) continue;
    const member_id = memberId(at % size);
    loans.push({
      loan_id: loanId(loans.length),
      member_id,
      book_id: bookId(at),
      due: '2025-06-20T09:00Z',
      status: 'open',
    });
  }
  return {
    now: '2025-06-02T09:00Z',
    tables: { Member: members, Book: books, Loan: loans },
    created: { Member: members.length, Book: books.length, Loan: loans.length },
  };
}

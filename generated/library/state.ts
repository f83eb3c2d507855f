// Harbour Town Library: the rows of each table, and the database that tools work on.
import type { Table, TableInfo } from 'toolgrove/guest';

export type MemberCategory = 'adult' | 'student' | 'junior';

export type MemberStatus = 'active' | 'suspended';

/** A person who holds a library card. */
export interface Member {
  readonly member_id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly card_number: string;
  readonly category: MemberCategory;
  readonly status: MemberStatus;
}

export type BookCategory = 'fiction' | 'nonfiction' | 'children' | 'reference';

/** A title in the catalogue, of which the library owns one or more copies. */
export interface Book {
  readonly book_id: string;
  readonly title: string;
  readonly author: string;
  readonly category: BookCategory;
  /** Where the title stands on the shelves. */
  readonly shelf_mark: string;
  /** What a lost copy costs to replace. In cents. */
  readonly price: number;
}

export type CopyBranch = 'harbour' | 'hilltop' | 'mill_road';

export type CopyStatus = 'available' | 'on_loan' | 'on_hold_shelf' | 'lost';

/** One physical copy of a title. */
export interface Copy {
  readonly copy_id: string;
  readonly book_id: string;
  readonly barcode: string;
  /** The branch that owns it. */
  readonly branch: CopyBranch;
  readonly status: CopyStatus;
}

export type LoanStatus = 'active' | 'returned' | 'lost';

/** A copy that a member has, or had, at home. */
export interface Loan {
  readonly loan_id: string;
  readonly member_id: string;
  readonly copy_id: string;
  /** The last day on which it can be returned without a charge. */
  readonly due: string;
  readonly renewals: number;
  readonly status: LoanStatus;
}

export type HoldBranch = 'harbour' | 'hilltop' | 'mill_road';

export type HoldStatus = 'waiting' | 'filled' | 'cancelled';

/** A member's place in the queue for a title. */
export interface Hold {
  readonly hold_id: string;
  readonly member_id: string;
  readonly book_id: string;
  /** Where the member wants to collect it. */
  readonly branch: HoldBranch;
  readonly placed: string;
  readonly status: HoldStatus;
}

export type PickupBranch = 'harbour' | 'hilltop' | 'mill_road';

export type PickupStatus = 'ready' | 'collected' | 'released';

/** A copy on the hold shelf, set aside for one member. */
export interface Pickup {
  readonly pickup_id: string;
  readonly member_id: string;
  readonly copy_id: string;
  readonly branch: PickupBranch;
  /** The last day on which it is kept. */
  readonly collect_by: string;
  readonly status: PickupStatus;
}

export type FineKind = 'late' | 'damage' | 'loss';

export type FineStatus = 'open' | 'paid' | 'waived' | 'withdrawn';

/** A charge on a member's account. */
export interface Fine {
  readonly fine_id: string;
  readonly member_id: string;
  readonly loan_id: string | null;
  readonly kind: FineKind;
  /** In cents. */
  readonly amount: number;
  readonly raised: string;
  readonly status: FineStatus;
}

/** The tables, and the moment at which every call happens. */
export interface Db {
  readonly now: string;
  readonly members: Table<Member, 'member_id'>;
  readonly books: Table<Book, 'book_id'>;
  readonly copies: Table<Copy, 'copy_id'>;
  readonly loans: Table<Loan, 'loan_id'>;
  readonly holds: Table<Hold, 'hold_id'>;
  readonly pickups: Table<Pickup, 'pickup_id'>;
  readonly fines: Table<Fine, 'fine_id'>;
}

/** Keys, id schemes and references of the tables, for the guest. */
export const tables: Readonly<Record<string, TableInfo>> = {
  Member: {
    entity: 'Member',
    table: 'members',
    key: 'member_id',
    prefix: 'ME',
    scale: 41557,
    shift: 60183,
    references: {},
  },
  Book: {
    entity: 'Book',
    table: 'books',
    key: 'book_id',
    prefix: 'BO',
    scale: 82747,
    shift: 59335,
    references: {},
  },
  Copy: {
    entity: 'Copy',
    table: 'copies',
    key: 'copy_id',
    prefix: 'CO',
    scale: 38557,
    shift: 24502,
    references: { book_id: 'Book' },
  },
  Loan: {
    entity: 'Loan',
    table: 'loans',
    key: 'loan_id',
    prefix: 'LO',
    scale: 84577,
    shift: 75311,
    references: { member_id: 'Member', copy_id: 'Copy' },
  },
  Hold: {
    entity: 'Hold',
    table: 'holds',
    key: 'hold_id',
    prefix: 'HO',
    scale: 2017,
    shift: 43077,
    references: { member_id: 'Member', book_id: 'Book' },
  },
  Pickup: {
    entity: 'Pickup',
    table: 'pickups',
    key: 'pickup_id',
    prefix: 'PI',
    scale: 84547,
    shift: 47436,
    references: { member_id: 'Member', copy_id: 'Copy' },
  },
  Fine: {
    entity: 'Fine',
    table: 'fines',
    key: 'fine_id',
    prefix: 'FI',
    scale: 1507,
    shift: 26194,
    references: { member_id: 'Member', loan_id: 'Loan' },
  },
};

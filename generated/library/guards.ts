// Harbour Town Library: what policies ask of a call (true: it complies; a call that names a missing
// row does), and what must hold of every state.
import { dateOf, sum, type Guard, type GuardContext, type Invariant } from 'toolgrove/guest';
import type { Copy, Db, Fine, Hold, Loan, Member, Pickup } from './state.js';

/** Act only on the identified member's own loans, holds, charges and card. Anyone may bring a copy back. */
function ownRecordsForMemberAndCopy(
  db: Db,
  args: { member_id: string; copy_id: string },
  context: GuardContext,
): boolean {
  const member = db.members.get(args.member_id);
  if (!member) return true;
  if (!db.copies.get(args.copy_id)) return true;
  const caller = db.members.get(context.caller);
  if (!caller) return true;
  return member.member_id === caller.member_id;
}

/** own_records, for a call that names a loan. */
function ownRecordsForLoan(db: Db, args: { loan_id: string }, context: GuardContext): boolean {
  const loan = db.loans.get(args.loan_id);
  if (!loan) return true;
  const caller = db.members.get(context.caller);
  if (!caller) return true;
  return loan.member_id === caller.member_id;
}

/** own_records, for a call that names a fine. */
function ownRecordsForFine(db: Db, args: { fine_id: string }, context: GuardContext): boolean {
  const fine = db.fines.get(args.fine_id);
  if (!fine) return true;
  const caller = db.members.get(context.caller);
  if (!caller) return true;
  return fine.member_id === caller.member_id;
}

/** own_records, for a call that names a member and a book. */
function ownRecordsForMemberAndBook(
  db: Db,
  args: { member_id: string; book_id: string },
  context: GuardContext,
): boolean {
  const member = db.members.get(args.member_id);
  if (!member) return true;
  if (!db.books.get(args.book_id)) return true;
  const caller = db.members.get(context.caller);
  if (!caller) return true;
  return member.member_id === caller.member_id;
}

/** own_records, for a call that names a hold. */
function ownRecordsForHold(db: Db, args: { hold_id: string }, context: GuardContext): boolean {
  const hold = db.holds.get(args.hold_id);
  if (!hold) return true;
  const caller = db.members.get(context.caller);
  if (!caller) return true;
  return hold.member_id === caller.member_id;
}

/** own_records, for a call that names a pickup. */
function ownRecordsForPickup(db: Db, args: { pickup_id: string }, context: GuardContext): boolean {
  const pickup = db.pickups.get(args.pickup_id);
  if (!pickup) return true;
  const caller = db.members.get(context.caller);
  if (!caller) return true;
  return pickup.member_id === caller.member_id;
}

/** own_records, for a call that names a member. */
function ownRecordsForMember(db: Db, args: { member_id: string }, context: GuardContext): boolean {
  const member = db.members.get(args.member_id);
  if (!member) return true;
  const caller = db.members.get(context.caller);
  if (!caller) return true;
  return member.member_id === caller.member_id;
}

/** In a joint payment, take only the identified member's own charges. */
function ownFines(db: Db, args: { fine_ids: readonly string[] }, context: GuardContext): boolean {
  const fines: Fine[] = [];
  for (const fine_id of args.fine_ids) {
    const fine = db.fines.get(fine_id);
    if (!fine) return true;
    fines.push(fine);
  }
  const caller = db.members.get(context.caller);
  if (!caller) return true;
  return fines.every((fine) => fine.member_id === caller.member_id);
}

/**
 * A reference work is not lent from the shelf; it leaves the library only by arrangement with the head
 * librarian.
 */
function libraryUseOnly(db: Db, args: { member_id: string; copy_id: string }): boolean {
  if (!db.members.get(args.member_id)) return true;
  const copy = db.copies.get(args.copy_id);
  if (!copy) return true;
  const book = db.books.must(copy.book_id);
  return book.category !== 'reference';
}

/** A junior member who has two items or more on loan is lent no further copy from the shelf. */
function juniorLimit(db: Db, args: { member_id: string; copy_id: string }): boolean {
  const member = db.members.get(args.member_id);
  if (!member) return true;
  if (!db.copies.get(args.copy_id)) return true;
  return (
    member.category !== 'junior' ||
    db.loans.where('member_id', member.member_id).filter((loan) => loan.status === 'active').length < 2
  );
}

/** While a member's open charges come to £15.00 or more, nothing is lent or renewed. */
function debtForMemberAndCopy(
  db: Db,
  args: { member_id: string; copy_id: string },
  context: GuardContext,
): boolean {
  if (!db.members.get(args.member_id)) return true;
  if (!db.copies.get(args.copy_id)) return true;
  const caller = db.members.get(context.caller);
  if (!caller) return true;
  return (
    sum(
      db.fines.where('member_id', caller.member_id).filter((fine) => fine.status === 'open'),
      (fine) => fine.amount,
    ) < 1500
  );
}

/** debt, for a call that names a loan. */
function debtForLoan(db: Db, args: { loan_id: string }, context: GuardContext): boolean {
  if (!db.loans.get(args.loan_id)) return true;
  const caller = db.members.get(context.caller);
  if (!caller) return true;
  return (
    sum(
      db.fines.where('member_id', caller.member_id).filter((fine) => fine.status === 'open'),
      (fine) => fine.amount,
    ) < 1500
  );
}

/** debt, for a call that names a pickup. */
function debtForPickup(db: Db, args: { pickup_id: string }, context: GuardContext): boolean {
  if (!db.pickups.get(args.pickup_id)) return true;
  const caller = db.members.get(context.caller);
  if (!caller) return true;
  return (
    sum(
      db.fines.where('member_id', caller.member_id).filter((fine) => fine.status === 'open'),
      (fine) => fine.amount,
    ) < 1500
  );
}

/** A loan is renewed at most twice. */
function twoRenewals(db: Db, args: { loan_id: string }): boolean {
  const loan = db.loans.get(args.loan_id);
  if (!loan) return true;
  return loan.renewals < 2;
}

/** An overdue loan is not renewed; it has to come back. */
function overdue(db: Db, args: { loan_id: string }): boolean {
  const loan = db.loans.get(args.loan_id);
  if (!loan) return true;
  return loan.due >= dateOf(db.now);
}

/** A loan is not renewed while a hold waits for the title and no copy of it is available. */
function wanted(db: Db, args: { loan_id: string }): boolean {
  const loan = db.loans.get(args.loan_id);
  if (!loan) return true;
  const loanCopy = db.copies.must(loan.copy_id);
  return (
    !db.holds.where('book_id', loanCopy.book_id).some((hold) => hold.status === 'waiting') ||
    db.copies.where('book_id', loanCopy.book_id).some((copy) => copy.status === 'available')
  );
}

/** A late charge is waived only up to £5.00. */
function smallWaivers(db: Db, args: { fine_id: string }): boolean {
  const fine = db.fines.get(args.fine_id);
  if (!fine) return true;
  return fine.kind !== 'late' || fine.amount <= 500;
}

/** Waiving a charge for damage or loss is for the branch manager to decide. Hand the talk over. */
function damageAndLoss(db: Db, args: { fine_id: string }): boolean {
  const fine = db.fines.get(args.fine_id);
  if (!fine) return true;
  return fine.kind === 'late';
}

/** No hold is placed for a title of which a copy is available at the branch of collection. */
function noNeedlessHold(
  db: Db,
  args: { member_id: string; book_id: string; branch: 'harbour' | 'hilltop' | 'mill_road' },
): boolean {
  if (!db.members.get(args.member_id)) return true;
  const book = db.books.get(args.book_id);
  if (!book) return true;
  return !db.copies
    .where('book_id', book.book_id)
    .some((copy) => copy.branch === args.branch && copy.status === 'available');
}

/** A copy that is set aside is no longer handed out when its last day of collection has passed. */
function pickupLapsed(db: Db, args: { pickup_id: string }): boolean {
  const pickup = db.pickups.get(args.pickup_id);
  if (!pickup) return true;
  return pickup.collect_by >= dateOf(db.now);
}

/** A suspended card is reinstated only when no charge is open. */
function clearAccount(db: Db, args: { member_id: string }): boolean {
  const member = db.members.get(args.member_id);
  if (!member) return true;
  return !db.fines.where('member_id', member.member_id).some((fine) => fine.status === 'open');
}

/**
 * A title priced at £40.00 or more is lent from the shelf only with the head librarian's consent. Hand
 * the talk over.
 */
function valuable(db: Db, args: { member_id: string; copy_id: string }): boolean {
  if (!db.members.get(args.member_id)) return true;
  const copy = db.copies.get(args.copy_id);
  if (!copy) return true;
  const book = db.books.must(copy.book_id);
  return book.price < 4000 || book.category === 'reference';
}

export const guards: Readonly<Record<string, Readonly<Record<string, Guard<Db>>>>> = {
  own_records: {
    lend_copy: ownRecordsForMemberAndCopy,
    renew_loan: ownRecordsForLoan,
    report_lost: ownRecordsForLoan,
    mark_found: ownRecordsForLoan,
    pay_fine: ownRecordsForFine,
    waive_fine: ownRecordsForFine,
    place_hold: ownRecordsForMemberAndBook,
    cancel_hold: ownRecordsForHold,
    change_pickup_branch: ownRecordsForHold,
    collect_pickup: ownRecordsForPickup,
    release_pickup: ownRecordsForPickup,
    update_contact: ownRecordsForMember,
    suspend_card: ownRecordsForMember,
    reinstate_card: ownRecordsForMember,
  },
  own_fines: {
    pay_fines: ownFines,
  },
  library_use_only: {
    lend_copy: libraryUseOnly,
  },
  junior_limit: {
    lend_copy: juniorLimit,
  },
  debt: {
    lend_copy: debtForMemberAndCopy,
    renew_loan: debtForLoan,
    collect_pickup: debtForPickup,
  },
  two_renewals: {
    renew_loan: twoRenewals,
  },
  overdue: {
    renew_loan: overdue,
  },
  wanted: {
    renew_loan: wanted,
  },
  small_waivers: {
    waive_fine: smallWaivers,
  },
  damage_and_loss: {
    waive_fine: damageAndLoss,
  },
  no_needless_hold: {
    place_hold: noNeedlessHold,
  },
  pickup_lapsed: {
    collect_pickup: pickupLapsed,
  },
  clear_account: {
    reinstate_card: clearAccount,
  },
  valuable: {
    lend_copy: valuable,
  },
};

/** A copy on an active loan is out. */
function loanHasItsCopy(db: Db, loan: Loan): boolean {
  const copy = db.copies.must(loan.copy_id);
  return loan.status !== 'active' || copy.status === 'on_loan';
}

/** A copy that is out is on exactly one active loan. */
function oneLoanACopy(db: Db, copy: Copy): boolean {
  return (
    copy.status !== 'on_loan' ||
    db.loans.where('copy_id', copy.copy_id).filter((loan) => loan.status === 'active').length === 1
  );
}

/** A copy on the hold shelf waits for exactly one member. */
function pickupHasItsCopy(db: Db, copy: Copy): boolean {
  return (
    copy.status !== 'on_hold_shelf' ||
    db.pickups.where('copy_id', copy.copy_id).filter((pickup) => pickup.status === 'ready').length === 1
  );
}

/** ready_is_on_the_shelf: all(Pickup p: p.status != 'ready' or p.copy.status == 'on_hold_shelf') */
function readyIsOnTheShelf(db: Db, pickup: Pickup): boolean {
  const copy = db.copies.must(pickup.copy_id);
  return pickup.status !== 'ready' || copy.status === 'on_hold_shelf';
}

/** loan_limit: all(Member m: count(Loan l where l.member == m and l.status == 'active') <= 6) */
function loanLimit(db: Db, member: Member): boolean {
  return db.loans.where('member_id', member.member_id).filter((loan) => loan.status === 'active').length <= 6;
}

/** Nobody stands twice in the queue for a title. */
function onePlaceInAQueue(db: Db, hold: Hold): boolean {
  return (
    hold.status !== 'waiting' ||
    db.holds
      .where('member_id', hold.member_id)
      .filter((o) => o.book_id === hold.book_id && o.status === 'waiting').length === 1
  );
}

/** A charge about a loan is on the account of the member who has it. */
function chargesMatchTheirLoans(db: Db, fine: Fine): boolean {
  return fine.loan_id === null || db.loans.must(fine.loan_id).member_id === fine.member_id;
}

/** A loan is charged for when it ends, not while it runs. */
function chargedWhenItEnds(db: Db, fine: Fine): boolean {
  return fine.loan_id === null || db.loans.must(fine.loan_id).status !== 'active';
}

export const invariants: Readonly<Record<string, Invariant<Db>>> = {
  loan_has_its_copy: {
    of: 'Loan',
    holds: loanHasItsCopy,
    touchedBy: {
      Copy: (db: Db, copy: Copy) => db.loans.where('copy_id', copy.copy_id),
    },
  },
  one_loan_a_copy: {
    of: 'Copy',
    holds: oneLoanACopy,
    touchedBy: {
      Loan: (db: Db, loan: Loan) => [db.copies.get(loan.copy_id)],
    },
  },
  pickup_has_its_copy: {
    of: 'Copy',
    holds: pickupHasItsCopy,
    touchedBy: {
      Pickup: (db: Db, pickup: Pickup) => [db.copies.get(pickup.copy_id)],
    },
  },
  ready_is_on_the_shelf: {
    of: 'Pickup',
    holds: readyIsOnTheShelf,
    touchedBy: {
      Copy: (db: Db, copy: Copy) => db.pickups.where('copy_id', copy.copy_id),
    },
  },
  loan_limit: {
    of: 'Member',
    holds: loanLimit,
    touchedBy: {
      Loan: (db: Db, loan: Loan) => [db.members.get(loan.member_id)],
    },
  },
  one_place_in_a_queue: {
    of: 'Hold',
    holds: onePlaceInAQueue,
    touchedBy: {
      Hold: (db: Db, hold: Hold) => db.holds.where('member_id', hold.member_id),
    },
  },
  charges_match_their_loans: {
    of: 'Fine',
    holds: chargesMatchTheirLoans,
    touchedBy: {
      Loan: (db: Db, loan: Loan) => db.fines.where('loan_id', loan.loan_id),
    },
  },
  charged_when_it_ends: {
    of: 'Fine',
    holds: chargedWhenItEnds,
    touchedBy: {
      Loan: (db: Db, loan: Loan) => db.fines.where('loan_id', loan.loan_id),
    },
  },
};

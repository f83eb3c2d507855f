import { dateOf, sum } from 'toolgrove/guest';
function ownRecordsForMemberAndCopy(db, args, context) {
    const member = db.members.get(args.member_id);
    if (!member)
        return true;
    if (!db.copies.get(args.copy_id))
        return true;
    const caller = db.members.get(context.caller);
    if (!caller)
        return true;
    return member.member_id === caller.member_id;
}
function ownRecordsForLoan(db, args, context) {
    const loan = db.loans.get(args.loan_id);
    if (!loan)
        return true;
    const caller = db.members.get(context.caller);
    if (!caller)
        return true;
    return loan.member_id === caller.member_id;
}
function ownRecordsForFine(db, args, context) {
    const fine = db.fines.get(args.fine_id);
    if (!fine)
        return true;
    const caller = db.members.get(context.caller);
    if (!caller)
        return true;
    return fine.member_id === caller.member_id;
}
function ownRecordsForMemberAndBook(db, args, context) {
    const member = db.members.get(args.member_id);
    if (!member)
        return true;
    if (!db.books.get(args.book_id))
        return true;
    const caller = db.members.get(context.caller);
    if (!caller)
        return true;
    return member.member_id === caller.member_id;
}
function ownRecordsForHold(db, args, context) {
    const hold = db.holds.get(args.hold_id);
    if (!hold)
        return true;
    const caller = db.members.get(context.caller);
    if (!caller)
        return true;
    return hold.member_id === caller.member_id;
}
function ownRecordsForPickup(db, args, context) {
    const pickup = db.pickups.get(args.pickup_id);
    if (!pickup)
        return true;
    const caller = db.members.get(context.caller);
    if (!caller)
        return true;
    return pickup.member_id === caller.member_id;
}
function ownRecordsForMember(db, args, context) {
    const member = db.members.get(args.member_id);
    if (!member)
        return true;
    const caller = db.members.get(context.caller);
    if (!caller)
        return true;
    return member.member_id === caller.member_id;
}
function ownFines(db, args, context) {
    const fines = [];
    for (const fine_id of args.fine_ids) {
        const fine = db.fines.get(fine_id);
        if (!fine)
            return true;
        fines.push(fine);
    }
    const caller = db.members.get(context.caller);
    if (!caller)
        return true;
    return fines.every((fine) => fine.member_id === caller.member_id);
}
function libraryUseOnly(db, args) {
    if (!db.members.get(args.member_id))
        return true;
    const copy = db.copies.get(args.copy_id);
    if (!copy)
        return true;
    const book = db.books.must(copy.book_id);
    return book.category !== 'reference';
}
function juniorLimit(db, args) {
    const member = db.members.get(args.member_id);
    if (!member)
        return true;
    if (!db.copies.get(args.copy_id))
        return true;
    return (member.category !== 'junior' ||
        db.loans.where('member_id', member.member_id).filter((loan) => loan.status === 'active').length < 2);
}
function debtForMemberAndCopy(db, args, context) {
    if (!db.members.get(args.member_id))
        return true;
    if (!db.copies.get(args.copy_id))
        return true;
    const caller = db.members.get(context.caller);
    if (!caller)
        return true;
    return (sum(db.fines.where('member_id', caller.member_id).filter((fine) => fine.status === 'open'), (fine) => fine.amount) < 1500);
}
function debtForLoan(db, args, context) {
    if (!db.loans.get(args.loan_id))
        return true;
    const caller = db.members.get(context.caller);
    if (!caller)
        return true;
    return (sum(db.fines.where('member_id', caller.member_id).filter((fine) => fine.status === 'open'), (fine) => fine.amount) < 1500);
}
function debtForPickup(db, args, context) {
    if (!db.pickups.get(args.pickup_id))
        return true;
    const caller = db.members.get(context.caller);
    if (!caller)
        return true;
    return (sum(db.fines.where('member_id', caller.member_id).filter((fine) => fine.status === 'open'), (fine) => fine.amount) < 1500);
}
function twoRenewals(db, args) {
    const loan = db.loans.get(args.loan_id);
    if (!loan)
        return true;
    return loan.renewals < 2;
}
function overdue(db, args) {
    const loan = db.loans.get(args.loan_id);
    if (!loan)
        return true;
    return loan.due >= dateOf(db.now);
}
function wanted(db, args) {
    const loan = db.loans.get(args.loan_id);
    if (!loan)
        return true;
    const loanCopy = db.copies.must(loan.copy_id);
    return (!db.holds.where('book_id', loanCopy.book_id).some((hold) => hold.status === 'waiting') ||
        db.copies.where('book_id', loanCopy.book_id).some((copy) => copy.status === 'available'));
}
function smallWaivers(db, args) {
    const fine = db.fines.get(args.fine_id);
    if (!fine)
        return true;
    return fine.kind !== 'late' || fine.amount <= 500;
}
function damageAndLoss(db, args) {
    const fine = db.fines.get(args.fine_id);
    if (!fine)
        return true;
    return fine.kind === 'late';
}
function noNeedlessHold(db, args) {
    if (!db.members.get(args.member_id))
        return true;
    const book = db.books.get(args.book_id);
    if (!book)
        return true;
    return !db.copies
        .where('book_id', book.book_id)
        .some((copy) => copy.branch === args.branch && copy.status === 'available');
}
function pickupLapsed(db, args) {
    const pickup = db.pickups.get(args.pickup_id);
    if (!pickup)
        return true;
    return pickup.collect_by >= dateOf(db.now);
}
function clearAccount(db, args) {
    const member = db.members.get(args.member_id);
    if (!member)
        return true;
    return !db.fines.where('member_id', member.member_id).some((fine) => fine.status === 'open');
}
function valuable(db, args) {
    if (!db.members.get(args.member_id))
        return true;
    const copy = db.copies.get(args.copy_id);
    if (!copy)
        return true;
    const book = db.books.must(copy.book_id);
    return book.price < 4000 || book.category === 'reference';
}
export const guards = {
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
function loanHasItsCopy(db, loan) {
    const copy = db.copies.must(loan.copy_id);
    return loan.status !== 'active' || copy.status === 'on_loan';
}
function oneLoanACopy(db, copy) {
    return (copy.status !== 'on_loan' ||
        db.loans.where('copy_id', copy.copy_id).filter((loan) => loan.status === 'active').length === 1);
}
function pickupHasItsCopy(db, copy) {
    return (copy.status !== 'on_hold_shelf' ||
        db.pickups.where('copy_id', copy.copy_id).filter((pickup) => pickup.status === 'ready').length === 1);
}
function readyIsOnTheShelf(db, pickup) {
    const copy = db.copies.must(pickup.copy_id);
    return pickup.status !== 'ready' || copy.status === 'on_hold_shelf';
}
function loanLimit(db, member) {
    return db.loans.where('member_id', member.member_id).filter((loan) => loan.status === 'active').length <= 6;
}
function onePlaceInAQueue(db, hold) {
    return (hold.status !== 'waiting' ||
        db.holds
            .where('member_id', hold.member_id)
            .filter((o) => o.book_id === hold.book_id && o.status === 'waiting').length === 1);
}
function chargesMatchTheirLoans(db, fine) {
    return fine.loan_id === null || db.loans.must(fine.loan_id).member_id === fine.member_id;
}
function chargedWhenItEnds(db, fine) {
    return fine.loan_id === null || db.loans.must(fine.loan_id).status !== 'active';
}
export const invariants = {
    loan_has_its_copy: {
        of: 'Loan',
        holds: loanHasItsCopy,
        touchedBy: {
            Copy: (db, copy) => db.loans.where('copy_id', copy.copy_id),
        },
    },
    one_loan_a_copy: {
        of: 'Copy',
        holds: oneLoanACopy,
        touchedBy: {
            Loan: (db, loan) => [db.copies.get(loan.copy_id)],
        },
    },
    pickup_has_its_copy: {
        of: 'Copy',
        holds: pickupHasItsCopy,
        touchedBy: {
            Pickup: (db, pickup) => [db.copies.get(pickup.copy_id)],
        },
    },
    ready_is_on_the_shelf: {
        of: 'Pickup',
        holds: readyIsOnTheShelf,
        touchedBy: {
            Copy: (db, copy) => db.pickups.where('copy_id', copy.copy_id),
        },
    },
    loan_limit: {
        of: 'Member',
        holds: loanLimit,
        touchedBy: {
            Loan: (db, loan) => [db.members.get(loan.member_id)],
        },
    },
    one_place_in_a_queue: {
        of: 'Hold',
        holds: onePlaceInAQueue,
        touchedBy: {
            Hold: (db, hold) => db.holds.where('member_id', hold.member_id),
        },
    },
    charges_match_their_loans: {
        of: 'Fine',
        holds: chargesMatchTheirLoans,
        touchedBy: {
            Loan: (db, loan) => db.fines.where('loan_id', loan.loan_id),
        },
    },
    charged_when_it_ends: {
        of: 'Fine',
        holds: chargedWhenItEnds,
        touchedBy: {
            Loan: (db, loan) => db.fines.where('loan_id', loan.loan_id),
        },
    },
};

import { addMinutes, dateOf, fail, minutesBetween, ok, sum, } from 'toolgrove/guest';
const day = 24 * 60;
export function getMember(db, args) {
    const member = db.members.get(args.member_id);
    if (!member)
        return fail('MEMBER_NOT_FOUND', `No member ${args.member_id}.`);
    return ok(member);
}
export function findMemberByCardNumber(db, args) {
    const [member, another] = db.members.where('card_number', args.card_number);
    if (!member)
        return fail('MEMBER_NOT_FOUND', 'No member matches.');
    if (another)
        return fail('MEMBER_AMBIGUOUS', 'Several members match.');
    return ok(member);
}
export function findMemberByNameAndPhone(db, args) {
    const [member, another] = db.members
        .where('name', args.name)
        .filter((candidate) => candidate.phone === args.phone);
    if (!member)
        return fail('MEMBER_NOT_FOUND', 'No member matches.');
    if (another)
        return fail('MEMBER_AMBIGUOUS', 'Several members match.');
    return ok(member);
}
export function getBook(db, args) {
    const book = db.books.get(args.book_id);
    if (!book)
        return fail('BOOK_NOT_FOUND', `No book ${args.book_id}.`);
    return ok(book);
}
export function findBookByTitle(db, args) {
    const [book, another] = db.books.where('title', args.title);
    if (!book)
        return fail('BOOK_NOT_FOUND', 'No book matches.');
    if (another)
        return fail('BOOK_AMBIGUOUS', 'Several books match.');
    return ok(book);
}
export function searchBooks(db, args) {
    return ok(db.books
        .all()
        .filter((book) => (args.author === undefined || book.author === args.author) &&
        (args.category === undefined || book.category === args.category)));
}
export function getCopy(db, args) {
    const copy = db.copies.get(args.copy_id);
    if (!copy)
        return fail('COPY_NOT_FOUND', `No copy ${args.copy_id}.`);
    return ok(copy);
}
export function findCopyByBarcode(db, args) {
    const [copy, another] = db.copies.where('barcode', args.barcode);
    if (!copy)
        return fail('COPY_NOT_FOUND', 'No copy matches.');
    if (another)
        return fail('COPY_AMBIGUOUS', 'Several copies match.');
    return ok(copy);
}
export function listBookCopies(db, args) {
    const book = db.books.get(args.book_id);
    if (!book)
        return fail('BOOK_NOT_FOUND', `No book ${args.book_id}.`);
    return ok(db.copies.where('book_id', book.book_id));
}
export function getLoan(db, args) {
    const loan = db.loans.get(args.loan_id);
    if (!loan)
        return fail('LOAN_NOT_FOUND', `No loan ${args.loan_id}.`);
    return ok(loan);
}
export function listMemberLoans(db, args) {
    const member = db.members.get(args.member_id);
    if (!member)
        return fail('MEMBER_NOT_FOUND', `No member ${args.member_id}.`);
    return ok(db.loans.where('member_id', member.member_id));
}
export function getHold(db, args) {
    const hold = db.holds.get(args.hold_id);
    if (!hold)
        return fail('HOLD_NOT_FOUND', `No hold ${args.hold_id}.`);
    return ok(hold);
}
export function listMemberHolds(db, args) {
    const member = db.members.get(args.member_id);
    if (!member)
        return fail('MEMBER_NOT_FOUND', `No member ${args.member_id}.`);
    return ok(db.holds.where('member_id', member.member_id));
}
export function listBookHolds(db, args) {
    const book = db.books.get(args.book_id);
    if (!book)
        return fail('BOOK_NOT_FOUND', `No book ${args.book_id}.`);
    return ok(db.holds.where('book_id', book.book_id));
}
export function getPickup(db, args) {
    const pickup = db.pickups.get(args.pickup_id);
    if (!pickup)
        return fail('PICKUP_NOT_FOUND', `No pickup ${args.pickup_id}.`);
    return ok(pickup);
}
export function listMemberPickups(db, args) {
    const member = db.members.get(args.member_id);
    if (!member)
        return fail('MEMBER_NOT_FOUND', `No member ${args.member_id}.`);
    return ok(db.pickups.where('member_id', member.member_id));
}
export function getFine(db, args) {
    const fine = db.fines.get(args.fine_id);
    if (!fine)
        return fail('FINE_NOT_FOUND', `No fine ${args.fine_id}.`);
    return ok(fine);
}
export function listMemberFines(db, args) {
    const member = db.members.get(args.member_id);
    if (!member)
        return fail('MEMBER_NOT_FOUND', `No member ${args.member_id}.`);
    return ok(db.fines.where('member_id', member.member_id));
}
export function lendCopy(db, args) {
    const member = db.members.get(args.member_id);
    if (!member)
        return fail('MEMBER_NOT_FOUND', `No member ${args.member_id}.`);
    const copy = db.copies.get(args.copy_id);
    if (!copy)
        return fail('COPY_NOT_FOUND', `No copy ${args.copy_id}.`);
    if (member.status !== 'active')
        return fail('CARD_SUSPENDED', 'The library card is suspended.');
    if (db.loans.where('member_id', member.member_id).filter((l) => l.status === 'active').length >= 6) {
        return fail('LOAN_LIMIT', 'The member already has six items on loan.');
    }
    if (copy.status !== 'available')
        return fail('COPY_NOT_AVAILABLE', 'The copy is not available.');
    db.copies.put({ ...copy, status: 'on_loan' });
    return ok(db.loans.add({
        member_id: member.member_id,
        copy_id: copy.copy_id,
        due: addMinutes(dateOf(db.now), 21 * day),
        renewals: 0,
        status: 'active',
    }));
}
export function renewLoan(db, args) {
    const loan = db.loans.get(args.loan_id);
    if (!loan)
        return fail('LOAN_NOT_FOUND', `No loan ${args.loan_id}.`);
    if (loan.status !== 'active')
        return fail('LOAN_NOT_ACTIVE', 'The loan is not active.');
    return ok(db.loans.put({ ...loan, due: addMinutes(loan.due, 21 * day), renewals: loan.renewals + 1 }));
}
export function returnLoan(db, args) {
    const loan = db.loans.get(args.loan_id);
    if (!loan)
        return fail('LOAN_NOT_FOUND', `No loan ${args.loan_id}.`);
    const today = dateOf(db.now);
    const copy = db.copies.must(loan.copy_id);
    const next = db.holds.where('book_id', copy.book_id).find((hold) => hold.status === 'waiting') ?? null;
    if (loan.status !== 'active')
        return fail('LOAN_NOT_ACTIVE', 'The loan is not active.');
    const returnedLoan = db.loans.put({ ...loan, status: 'returned' });
    if (loan.due < today) {
        db.fines.add({
            member_id: loan.member_id,
            loan_id: loan.loan_id,
            kind: 'late',
            amount: Math.min((minutesBetween(loan.due, today) / day) * 25, 1000),
            raised: today,
            status: 'open',
        });
    }
    if (next !== null) {
        db.holds.put({ ...next, status: 'filled' });
        if (copy.status !== 'available' && copy.status !== 'on_loan') {
            return fail('COPY_CANNOT_SET_ASIDE', 'The copy cannot be changed from its present state.');
        }
        db.copies.put({ ...copy, status: 'on_hold_shelf' });
        db.pickups.add({
            member_id: next.member_id,
            copy_id: copy.copy_id,
            branch: next.branch,
            collect_by: addMinutes(today, 7 * day),
            status: 'ready',
        });
    }
    else {
        if (copy.status !== 'on_loan')
            return fail('COPY_NOT_ON_LOAN', 'The copy is not on loan.');
        db.copies.put({ ...copy, status: 'available' });
    }
    return ok(returnedLoan);
}
export function quoteCharges(db, args) {
    const loan = db.loans.get(args.loan_id);
    if (!loan)
        return fail('LOAN_NOT_FOUND', `No loan ${args.loan_id}.`);
    const daysLate = Math.max(minutesBetween(loan.due, dateOf(db.now)) / day, 0);
    if (loan.status !== 'active')
        return fail('LOAN_NOT_ACTIVE', 'The loan is not active.');
    const copy = db.copies.must(loan.copy_id);
    const book = db.books.must(copy.book_id);
    return ok({
        days_late: daysLate,
        late_charge: Math.min(daysLate * 25, 1000),
        loss_charge: book.price + 500,
    });
}
export function reportLost(db, args) {
    const loan = db.loans.get(args.loan_id);
    if (!loan)
        return fail('LOAN_NOT_FOUND', `No loan ${args.loan_id}.`);
    if (loan.status !== 'active')
        return fail('LOAN_NOT_ACTIVE', 'The loan is not active.');
    const lostLoan = db.loans.put({ ...loan, status: 'lost' });
    const copy = db.copies.must(loan.copy_id);
    if (copy.status !== 'on_loan')
        return fail('COPY_NOT_ON_LOAN', 'The copy is not on loan.');
    db.copies.put({ ...copy, status: 'lost' });
    const book = db.books.must(copy.book_id);
    db.fines.add({
        member_id: loan.member_id,
        loan_id: loan.loan_id,
        kind: 'loss',
        amount: book.price + 500,
        raised: dateOf(db.now),
        status: 'open',
    });
    return ok(lostLoan);
}
export function markFound(db, args) {
    const loan = db.loans.get(args.loan_id);
    if (!loan)
        return fail('LOAN_NOT_FOUND', `No loan ${args.loan_id}.`);
    if (loan.status !== 'lost')
        return fail('LOAN_NOT_LOST', 'The loan is not lost.');
    const returnedLoan = db.loans.put({ ...loan, status: 'returned' });
    const copy = db.copies.must(loan.copy_id);
    if (copy.status !== 'lost')
        return fail('COPY_NOT_LOST', 'The copy is not lost.');
    db.copies.put({ ...copy, status: 'available' });
    const fines = db.fines
        .where('loan_id', loan.loan_id)
        .filter((fine) => fine.kind === 'loss' && fine.status === 'open');
    for (const fine of fines) {
        db.fines.put({ ...fine, status: 'withdrawn' });
    }
    return ok(returnedLoan);
}
export function payFine(db, args) {
    const fine = db.fines.get(args.fine_id);
    if (!fine)
        return fail('FINE_NOT_FOUND', `No fine ${args.fine_id}.`);
    if (fine.status !== 'open')
        return fail('FINE_NOT_OPEN', 'The fine is not open.');
    return ok(db.fines.put({ ...fine, status: 'paid' }));
}
export function payFines(db, args) {
    const fines = [];
    for (const fine_id of args.fine_ids) {
        const fine = db.fines.get(fine_id);
        if (!fine)
            return fail('FINE_NOT_FOUND', `No fine ${fine_id}.`);
        fines.push(fine);
    }
    for (const fine of fines) {
        if (fine.status !== 'open')
            return fail('FINE_NOT_OPEN', 'The fine is not open.');
        db.fines.put({ ...fine, status: 'paid' });
    }
    const currentFines = fines.map((fine) => db.fines.must(fine.fine_id));
    return ok({ fines: currentFines, total: sum(currentFines, (f) => f.amount) });
}
export function waiveFine(db, args) {
    const fine = db.fines.get(args.fine_id);
    if (!fine)
        return fail('FINE_NOT_FOUND', `No fine ${args.fine_id}.`);
    if (fine.status !== 'open')
        return fail('FINE_NOT_OPEN', 'The fine is not open.');
    return ok(db.fines.put({ ...fine, status: 'waived' }));
}
export function placeHold(db, args) {
    const member = db.members.get(args.member_id);
    if (!member)
        return fail('MEMBER_NOT_FOUND', `No member ${args.member_id}.`);
    const book = db.books.get(args.book_id);
    if (!book)
        return fail('BOOK_NOT_FOUND', `No book ${args.book_id}.`);
    if (member.status !== 'active')
        return fail('CARD_SUSPENDED', 'The library card is suspended.');
    if (db.holds
        .where('member_id', member.member_id)
        .some((h) => h.book_id === book.book_id && h.status === 'waiting')) {
        return fail('ALREADY_WAITING', 'The member already waits for this title.');
    }
    if (db.holds.where('member_id', member.member_id).filter((h) => h.status === 'waiting').length >= 5) {
        return fail('HOLD_LIMIT', 'The member already waits for five titles.');
    }
    return ok(db.holds.add({
        member_id: member.member_id,
        book_id: book.book_id,
        branch: args.branch,
        placed: dateOf(db.now),
        status: 'waiting',
    }));
}
export function cancelHold(db, args) {
    const hold = db.holds.get(args.hold_id);
    if (!hold)
        return fail('HOLD_NOT_FOUND', `No hold ${args.hold_id}.`);
    if (hold.status !== 'waiting')
        return fail('HOLD_NOT_WAITING', 'The hold is not waiting.');
    return ok(db.holds.put({ ...hold, status: 'cancelled' }));
}
export function changePickupBranch(db, args) {
    const hold = db.holds.get(args.hold_id);
    if (!hold)
        return fail('HOLD_NOT_FOUND', `No hold ${args.hold_id}.`);
    if (hold.status !== 'waiting')
        return fail('HOLD_NOT_WAITING', 'The hold is no longer waiting.');
    if (hold.branch === args.branch)
        return fail('SAME_BRANCH', 'The hold is already for this branch.');
    return ok(db.holds.put({ ...hold, branch: args.branch }));
}
export function collectPickup(db, args) {
    const pickup = db.pickups.get(args.pickup_id);
    if (!pickup)
        return fail('PICKUP_NOT_FOUND', `No pickup ${args.pickup_id}.`);
    const member = db.members.must(pickup.member_id);
    if (member.status !== 'active')
        return fail('CARD_SUSPENDED', 'The library card is suspended.');
    if (db.loans.where('member_id', member.member_id).filter((l) => l.status === 'active').length >= 6) {
        return fail('LOAN_LIMIT', 'The member already has six items on loan.');
    }
    if (pickup.status !== 'ready')
        return fail('PICKUP_NOT_READY', 'The pickup is not ready.');
    db.pickups.put({ ...pickup, status: 'collected' });
    const copy = db.copies.must(pickup.copy_id);
    if (copy.status !== 'on_hold_shelf') {
        return fail('COPY_NOT_ON_HOLD_SHELF', 'The copy is not on hold shelf.');
    }
    db.copies.put({ ...copy, status: 'on_loan' });
    return ok(db.loans.add({
        member_id: member.member_id,
        copy_id: pickup.copy_id,
        due: addMinutes(dateOf(db.now), 21 * day),
        renewals: 0,
        status: 'active',
    }));
}
export function releasePickup(db, args) {
    const pickup = db.pickups.get(args.pickup_id);
    if (!pickup)
        return fail('PICKUP_NOT_FOUND', `No pickup ${args.pickup_id}.`);
    const copy = db.copies.must(pickup.copy_id);
    const next = db.holds.where('book_id', copy.book_id).find((hold) => hold.status === 'waiting') ?? null;
    if (pickup.status !== 'ready')
        return fail('PICKUP_NOT_READY', 'The pickup is not ready.');
    const releasedPickup = db.pickups.put({ ...pickup, status: 'released' });
    if (next !== null) {
        db.holds.put({ ...next, status: 'filled' });
        db.pickups.add({
            member_id: next.member_id,
            copy_id: copy.copy_id,
            branch: next.branch,
            collect_by: addMinutes(dateOf(db.now), 7 * day),
            status: 'ready',
        });
    }
    else {
        if (copy.status !== 'on_hold_shelf') {
            return fail('COPY_NOT_ON_HOLD_SHELF', 'The copy is not on hold shelf.');
        }
        db.copies.put({ ...copy, status: 'available' });
    }
    return ok(releasedPickup);
}
export function updateContact(db, args) {
    const member = db.members.get(args.member_id);
    if (!member)
        return fail('MEMBER_NOT_FOUND', `No member ${args.member_id}.`);
    const email = args.email ?? null;
    const phone = args.phone ?? null;
    if (email === null && phone === null) {
        return fail('NOTHING_TO_CHANGE', 'Give a new email address or phone number.');
    }
    if (email !== null) {
        if (db.members.where('email', email).some((other) => other.member_id !== member.member_id)) {
            return fail('EMAIL_TAKEN', 'Another member has this email.');
        }
        db.members.put({ ...member, email });
    }
    if (phone !== null) {
        const currentMember = db.members.must(member.member_id);
        db.members.put({ ...currentMember, phone });
    }
    return ok(db.members.must(member.member_id));
}
export function suspendCard(db, args) {
    const member = db.members.get(args.member_id);
    if (!member)
        return fail('MEMBER_NOT_FOUND', `No member ${args.member_id}.`);
    if (member.status !== 'active')
        return fail('MEMBER_NOT_ACTIVE', 'The member is not active.');
    return ok(db.members.put({ ...member, status: 'suspended' }));
}
export function reinstateCard(db, args) {
    const member = db.members.get(args.member_id);
    if (!member)
        return fail('MEMBER_NOT_FOUND', `No member ${args.member_id}.`);
    if (member.status !== 'suspended')
        return fail('MEMBER_NOT_SUSPENDED', 'The member is not suspended.');
    return ok(db.members.put({ ...member, status: 'active' }));
}
export const tools = {
    get_member: getMember,
    find_member_by_card_number: findMemberByCardNumber,
    find_member_by_name_and_phone: findMemberByNameAndPhone,
    get_book: getBook,
    find_book_by_title: findBookByTitle,
    search_books: searchBooks,
    get_copy: getCopy,
    find_copy_by_barcode: findCopyByBarcode,
    list_book_copies: listBookCopies,
    get_loan: getLoan,
    list_member_loans: listMemberLoans,
    get_hold: getHold,
    list_member_holds: listMemberHolds,
    list_book_holds: listBookHolds,
    get_pickup: getPickup,
    list_member_pickups: listMemberPickups,
    get_fine: getFine,
    list_member_fines: listMemberFines,
    lend_copy: lendCopy,
    renew_loan: renewLoan,
    return_loan: returnLoan,
    quote_charges: quoteCharges,
    report_lost: reportLost,
    mark_found: markFound,
    pay_fine: payFine,
    pay_fines: payFines,
    waive_fine: waiveFine,
    place_hold: placeHold,
    cancel_hold: cancelHold,
    change_pickup_branch: changePickupBranch,
    collect_pickup: collectPickup,
    release_pickup: releasePickup,
    update_contact: updateContact,
    suspend_card: suspendCard,
    reinstate_card: reinstateCard,
};

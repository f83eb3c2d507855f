// A lending desk in a few lines, whose emitted text the tests know by heart.
import { readSpec } from '../../src/spec/read.js';
import { formatIssue } from '../../src/core/result.js';
import type { Domain } from '../../src/spec/model.js';

const text = `
format: toolgrove.domain-spec/1.0
id: lending
title: Lending Desk
agent: clerk
clock: 2025-06-02T09:00Z
caller: Member
entities:
  Member:
    n: 4
    find: [[email]]
    attrs:
      name: {type: string, gen: person.fullName, known: true}
      email: {type: string, gen: internet.email, unique: true, known: true}
  Copy:
    n: 6
    plural: Copies
    attrs: {title: {type: string, gen: "pattern:T##"}}
    states: {init: in, events: {out: [in, out], back: [out, in]}}
  Loan:
    n: 5
    list: [member]
    attrs:
      member: {type: ref, to: Member}
      copy: {type: ref, to: Copy, distinct: true, init_event: out}
      due: {type: datetime, gen: "date:-12d..20d"}
    states: {init: active, events: {close: [active, returned]}}
  Fine:
    n: 5
    attrs:
      member: {type: ref, to: Member}
      amount: {type: money, gen: "int:100..400"}
    states: {init: open, events: {pay: [open, paid]}}
tools:
  lend_copies:
    doc: Lend copies to a member for 14 days
    params: {member_id: Member, copy_ids: {list: Copy, min_items: 2, max_items: 3}}
    require:
      - ["count(Loan l where l.member == member and l.status == 'active') + count(c in copies) <= 4", LOAN_LIMIT, The member would have more than four loans.]
    do:
      - each: copy in copies
        do:
          - fire: copy.out
          - create: Loan
            with: {member: member, copy: copy, due: now + 14d}
    return: "list(Loan l where l.member == member and l.status == 'active')"
  return_loan:
    doc: Take back a lent copy. A late return adds a fine of 0.50 per day.
    params: {loan_id: Loan}
    do:
      - fire: loan.close
      - fire: loan.copy.back
      - if: loan.due < now
        then:
          - create: Fine
            with: {member: loan.member, amount: "ceil((now - loan.due) / 1d) * 50"}
    return: loan
  pay_fine:
    doc: Record payment of an open fine.
    params: {fine_id: Fine, amount: {type: money, min: 1, doc: What was handed over}}
    do:
      - fire: fine.pay
    return: fine
policies:
  - {id: identify, kind: verify, before: write, by: Member, text: Identify the member first.}
  - {id: own, kind: guard, on: [pay_fine, return_loan], require: subject == caller, text: Act on the member's own records only.}
  - {id: large, kind: escalate, on: [pay_fine], when: fine.amount > 300, text: Fines above 3.00 are paid upstairs.}
invariants:
  - {id: out_once, holds: "all(Copy c: c.status == 'in' or count(Loan l where l.copy == c and l.status == 'active') == 1)"}
`;

export function lendingText(): string {
  return text;
}

/** The domain, from its text or a changed one. */
export function lendingDomain(changed: string = text): Domain {
  const read = readSpec(changed);
  if (!read.ok) throw new Error(read.error.map((issue) => formatIssue(issue)).join('\n'));
  return read.value;
}

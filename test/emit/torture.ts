// A domain that no trade has: every statement and every kind of expression, and the traps of emission
// from rows that do not change: two names for one row, rows that an earlier turn of a loop wrote or
// removed, references that are null, attributes named after words of TypeScript, tables that narrow
// what TypeScript knows and are called like what stands beside them.
import { readSpec } from '../../src/spec/read.js';
import { formatIssue } from '../../src/core/result.js';
import type { Domain } from '../../src/spec/model.js';

const text = `
format: toolgrove.domain-spec/1.0
id: torture
title: Torture Chamber
clock: 2025-06-02T09:30Z
caller: Account
entities:
  Account:
    n: 5
    find: [[code], [name, tier]]
    search: [tier, parent, name]
    list: [parent]
    attrs:
      code: {type: string, gen: "pattern:A-##", unique: true, known: true}
      name: {type: string, gen: person.firstName, known: true}
      nick: {type: string, optional: true, unique: true}
      tier: {type: enum, of: [basic, plus, class], known: true}
      balance: {type: money, default: 0}
      parent: {type: ref, to: Account, optional: true}
      limit: {type: money, optional: true}
      vip: {type: bool, default: false}
    states:
      init: open
      events:
        freeze: [open, frozen]
        thaw: [frozen, open]
        shut: {from: [open, frozen], to: shut}
        reset: {from: [open, frozen, shut], to: open, code: NEVER_SEEN, message: Cannot be seen.}
  Task:
    n: 9
    plural: Tasks
    search: [account, status, new]
    list: [account, next]
    find: [[account, new]]
    attrs:
      account: {type: ref, to: Account}
      next: {type: ref, to: Task, optional: true}
      case: {type: enum, of: [red, green, blue]}
      class: {type: enum, of: [green, black], optional: true}
      new: {type: int, default: 1}
      due: {type: date}
      at: {type: datetime, optional: true}
      note: {type: text, optional: true}
    states:
      init: todo
      events:
        start: [todo, doing]
        finish: [doing, done]
        drop: {from: [todo, doing], to: dropped}
  Tag:
    n: 8
    list: [task]
    attrs:
      task: {type: ref, to: Task}
      owner: {type: ref, to: Account, optional: true}
      words: {type: string, gen: "pattern:w#"}
      weight: {type: int, default: 2}

tables:
  # a parameter, a constant and a policy have this name too
  bonus:
    doc: "What is added. */ Mind the end."
    by: {case: {attr: Task.case}, new: {type: int}, class: {type: bool}}
    gives: int
    rows:
      - [[red, blue], '<= -1', true, -3]
      - [red, '*', '*', 2]
      - [[red, green], [0, 2, 3], '*', 0]
      - [blue, '1..1', [true, false], 7]
      - [green, '*', '*', 1]
      - [[red, blue, green], '> 4', false, 5]
      - ['*', '*', false, 4]
      - ['*', '< 9', '*', -1]
      - ['*', '*', '*', 9]
  shade:
    doc: Another colour.
    by: {in: {enum: [green, black]}, db: {attr: Account.tier}, unused: {type: money}}
    gives: {attr: Task.class}
    rows:
      - [green, [basic, plus], '*', black]
      - [[black, green], class, '*', black]
      - [black, basic, '*', green]
      - ['*', '*', '*', green]
  own_row:
    doc: One row.
    by: {args: {type: money}}
    gives: bool
    rows: [['*', true]]
  fits:
    doc: No row for what is left.
    by: {vip: {type: bool}, amount: {type: money}}
    gives: bool
    rows:
      - [false, '< 100', true]
      - [true, '>= 50', true]
      - [false, '>= 100', false]
      - [true, '< 50', false]

tools:
  ask_tables:
    doc: Tables in every place.
    params: {task_id: Task, account_id: Account, bonus: {type: int, min: -2, max: 9}, kind: {enum: [green, black]}}
    let:
      shade: "shade(kind, account.tier, account.balance)"
      most: "max(Task t: bonus(t.case, t.new, account.vip) where t.account == account)"
    require:
      - ["bonus(task.case, bonus, not account.vip) != 9", NINE, It is nine.]
    do:
      - if: "fits(account.vip, account.balance - 7)"
        then:
          - set: {task.new: "bonus(task.case, task.new, true)", task.class: shade}
          - set: {account.balance: "account.balance + bonus(task.case, task.new, account.vip) * 10"}
        else:
          - each: Task t where bonus(t.case, bonus, t.account.vip) > 3
            do: [{set: {t.new: "bonus(t.case, t.new, fits(t.account.vip, t.account.balance))"}}]
    return: {shade: shade, most: most, task: task, own: own_row(account.balance), ours: "count(Task t where shade('black', t.account.tier, 1) == shade)"}
  # two parameters may be one row
  transfer:
    doc: Move money.
    params: {from_id: Account, to_id: Account, amount: {type: money, min: 0, max: 400}}
    require:
      - [from.balance >= amount, TOO_LITTLE, There is too little.]
      - ["from.status == 'open' or from.vip", SHUT, "It's \\"shut\\"."]
    do:
      - set: {from.balance: from.balance - amount, to.balance: to.balance + amount}
      - set: {from.limit: to.balance}
      - if: from.balance > to.balance
        then:
          - set: {to.limit: from.balance - to.balance}
          - fire: to.freeze
        else:
          - set: {from.vip: to.vip, to.vip: 'true'}
      - if: from.limit != null and from.limit > 100
        then: [{fire: from.freeze}]
    return: {from: from, to: to, limit: to.limit, both: from.balance + to.balance}
  swap_codes:
    doc: Exchange codes, which cannot work unless one is the other.
    params: {one_id: Account, other_id: Account}
    do:
      - set: {one.code: other.code, other.code: one.code, one.nick: other.nick}
    return: {one: one, other: other}
  name_both:
    doc: Give two accounts nicknames.
    params: {one_id: Account, other_id: Account, nick: {attr: Account.nick, optional: true}, code: {attr: Account.code}}
    do:
      - set: {one.nick: nick, other.name: one.name, other.nick: other.code}
      - set: {one.code: code, one.name: other.nick}
    return: other
  reparent:
    doc: Move an account below another and write through the path.
    params: {account_id: Account, parent_id: {ref: Account, optional: true}}
    let:
      old: account.parent
      sums: "sum(Account a: a.balance where a.parent == account)"
    do:
      - set: {account.parent: parent}
      - if: account.parent != null
        then:
          - set: {account.parent.balance: account.parent.balance + 7, account.limit: account.parent.limit}
          - fire: account.parent.freeze
          - if: account.parent.parent != null and account.parent.parent.balance > 10
            then: [{set: {account.parent.parent.name: account.parent.name}}]
        else:
          - set: {account.balance: 'account.balance + sums'}
      - if: old != null
        then: [{set: {old.limit: account.balance}}]
    return: {account: account, old: old, parent: account.parent, above: account.parent}
  chain:
    doc: Follow references while writing them.
    params: {task_id: Task, other_id: Task}
    let: {first_next: task.next, owner: task.account}
    require:
      - [task.next != null, NO_NEXT, There is no next.]
      - ["task.next.status != 'done'", NEXT_DONE, The next is done.]
    do:
      - set: {task.next.new: task.next.new + task.new}
      - set: {task.next: other, task.account.balance: task.account.balance + 1}
      - set: {task.next.new: task.next.new * 2, other.case: task.case}
      - set: {task.account: other.account}
      - set: {task.account.balance: task.account.balance + owner.balance}
      - fire: task.next.start
    return:
      task: task
      first: first_next
      next: task.next
      owner: owner
      balance: task.account.balance
  purge:
    doc: Remove what is done.
    params: {account_id: Account}
    do:
      - each: Task t where t.account == account and t.status == 'done'
        do:
          - each: Tag g where g.task == t
            do: [{delete: g}]
          - delete: t
      - set: {account.balance: "count(Task t where t.account == account)"}
    return: {left: "list(Task t where t.account == account)", tags: "count(Tag g where g.owner == account)"}
  delete_next:
    doc: Remove what comes next, of every task; some is gone when its turn comes.
    params: {account_id: Account}
    do:
      - each: Tag g where g.task.account == account
        do:
          - set: {g.weight: g.weight + 1}
          - if: g.weight > 2
            then:
              - each: Tag o where o.task == g.task and o != g
                do: [{delete: o}]
      - each: Task t where t.account == account and t.next == null
        do:
          - each: Task u where u.next == t
            do: [{set: {u.next: 'null'}}]
          - each: Tag g where g.task == t
            do: [{delete: g}]
          - delete: t
    return: "count(Task t)"
  remove_account:
    doc: Remove an account.
    params: {account_id: Account}
    do: [{delete: account}]
    return: "count(Account a)"
  close_all:
    doc: Several tasks at once.
    params: {task_ids: {list: Task, min_items: 1, max_items: 4}, account_id: Account, bonus: {type: int, min: 0, max: 3, optional: true}}
    require:
      - ["all(t in tasks: t.status != 'done')", SOME_DONE, Some are done.]
      - [task_count_ok or exists(t in tasks where t.account == account), NOT_THEIRS, None is theirs.]
    let:
      task_count_ok: count(t in tasks) < 3
    do:
      - each: task in tasks where task.new > 0
        do:
          - fire: task.start
          - set: {task.account.balance: task.account.balance + task.new, account.balance: account.balance + 1}
          - if: bonus != null
            then: [{set: {task.new: task.new + bonus, account.limit: bonus}}]
      - each: task in tasks
        do:
          - if: task.next != null
            then: [{set: {task.next.new: task.new + 1}}]
          - set: {task.note: task.account.name}
    return: {tasks: tasks, news: "list(t in tasks: t.new)", account: account, most: "max(t in tasks: t.new)", first: first(t in tasks where t.new > 2)}
  numbers:
    doc: Lists of scalars.
    params:
      amounts: {list: {type: int, min: 0, max: 9}, min_items: 1, max_items: 5}
      words: {list: {type: string}, optional: true}
      kinds: {list: {enum: [red, green]}, optional: true}
      task_ids: {list: Task, optional: true}
      task_id: {ref: Task, optional: true}
    let:
      total: "sum(x in amounts: x)"
    require:
      - [words == null or not ('no' in words), NO_WORDS, No.]
      - [tasks == null or task == null or task in tasks, NOT_IN, Not in it.]
    return:
      total: total
      least: "min(x in amounts: x)"
      most: "max(x in amounts: x * 2 where x > 3)"
      many: "count(x in amounts where x > 2)"
      has: 4 in amounts
      doubled: "list(x in amounts: x * 2 where x != 1)"
      same: amounts
      words: words
      red: "kinds != null and 'red' in kinds"
      colour: "task != null and kinds != null and task.case in kinds"
      task: task
      tasks: tasks
      next: "task != null and task.next != null and task.next.new > 1"
      late: "task != null and (task.at == null or date(task.at) > task.due)"
  aggregates:
    doc: Every aggregate.
    params: {account_id: Account, task_id: {ref: Task, optional: true}}
    let:
      newest: "first(Task t where t.account == account and t.status == 'todo')"
      any: first(Tag g)
      mine: "list(Task t where t.account == account)"
    return:
      newest: newest
      any: any
      mine: mine
      due: "min(Task t: t.due where t.account == account)"
      last: "max(Task t: t.at where t.at != null and t.account == account)"
      heavy: "sum(Tag g: g.weight where g.task.account == account)"
      owned: "count(Tag g where g.owner == account and g.task.next != null)"
      none: "first(Tag g where g.owner == account) == null"
      every: "all(Task t: t.due > today where t.account == account)"
      all_open: "all(Account a: a.status == 'open')"
      tagged: "count(t in mine where exists(Tag g where g.task == t))"
      deep: "sum(t in mine: sum(Tag g: g.weight * t.new where g.task == t))"
      dues: "list(Task t: t.due where t.case == 'red')"
      owners: "list(Tag g: g.task.account)"
      is_newest: newest != null and task != null and newest == task
      same_next: newest != null and task != null and newest.next == task
      above: "account.parent != null and exists(Task t where t.account == account.parent)"
      siblings: "count(Account a where a.parent == account.parent)"
      guarded: "count(Task t where task != null and t.next == task.next)"
  dates:
    doc: Dates, durations and rounding.
    params: {task_id: Task, at: {type: datetime, optional: true}, day: {type: date, optional: true}}
    require:
      - [at == null or at > now, PAST, It is past.]
      - [day == null or day >= today, DAY_PAST, The day is past.]
      - ["task.case in ['red', 'blue'] or task.due < today", WRONG_CASE, Wrong.]
    let:
      soon: now + 36h
      late: task.due + 36h
      early: task.due - 36h
    do:
      - if: at != null and task.at != null
        then: [{set: {task.at: "max(at, task.at)", task.due: "date(min(at, task.at))"}}]
        else: [{set: {task.at: at}}]
      - if: day != null
        then: [{set: {task.due: day - 1w}}]
    return:
      task: task
      soon: soon
      late: late
      early: early
      back: soon - 90min
      days: ceil((today - task.due) / 1d)
      hours: floor((soon - now) / 1h)
      half: round(task.new / 2)
      neg: -task.new + 1 - (2 - task.new) * -3
      part: task.new * 3 / 2
      mixed: abs(task.new - 5) * 2 - max(task.new, 3) / 4
      least: min(task.new, 2)
      sooner: min(task.due, today)
      gap: ((now - soon) * 2 + 30min) / 1min
      same: task.class != null and task.class == task.case
      differ: task.class == null or task.class != 'black'
  make:
    doc: Create and go on with what was created.
    params: {account_id: Account, colour: {attr: Task.case}, nick: {attr: Account.nick, optional: true}, next_id: {ref: Task, optional: true}}
    require:
      - ["account.status in ['open', 'frozen']", ACCOUNT_SHUT, It is shut.]
    do:
      - create: Account
        as: child
        with: {code: account.name, name: account.code, nick: nick, tier: account.tier, parent: account, balance: "count(Account a)"}
      - create: Task
        as: task
        with: {account: child, next: next, case: colour, new: "count(Task t) + 1", due: today}
      - create: Tag
        with: {task: task, words: child.name, owner: "task.account"}
      - fire: task.start
      - set: {task.next: task, account.balance: child.balance, task.account.limit: task.account.balance}
      - if: "account.status == 'frozen'"
        then:
          - fire: account.thaw
          - fire: child.freeze
        else:
          - fire: account.freeze
          - if: "account.status == 'frozen'"
            then: [{fire: account.reset}]
      - each: Tag g where g.task == task
        do:
          - set: {g.weight: g.weight + task.new, task.new: task.new + 1}
      - fire: task.finish
    return: {task: task, child: child, account: account, tags: "list(Tag g where g.task == task)"}
  walk:
    doc: A loop that writes what is around it and what comes after it.
    params: {account_id: Account}
    do:
      - each: Task t where t.account == account
        do:
          - if: t.next != null
            then:
              - set: {t.next.new: t.next.new + t.new}
              - if: "t.status == 'todo' and t.next.status == 'todo'"
                then: [{fire: t.next.drop}]
          - set: {t.account.balance: account.balance + t.new, account.limit: t.new}
          - each: Account a where a.parent == account
            do: [{set: {a.balance: a.balance + account.balance, a.parent: 'null'}}]
      - each: 'a in list(Tag g: g.task.account)'
        do:
          - set: {a.balance: a.balance + 1}
      - each: 'n in list(Task t: t.new where t.account == account)'
        do:
          - set: {account.balance: account.balance + n}
      - each: Tag g where g.task.account == account
        do:
          - set: {g.weight: g.weight + 1}
    return: account
  spread:
    doc: Right sides that read tables, all of them before the writes.
    params: {one_id: Account, other_id: Account}
    do:
      - set:
          one.balance: one.balance + 3
          other.balance: "sum(Account a: a.balance)"
          one.limit: "count(Account a where a.balance > 300)"
          other.vip: one.vip and exists(Account a where a.balance == one.balance)
    return: {one: one, other: other}
  move:
    doc: Give a task to another account.
    params: {task_id: Task, account_id: Account}
    do:
      - set: {task.account: account}
    return: task.account.balance
  states:
    doc: Requirements that settle what an event asks for.
    params: {task_id: Task, account_id: Account}
    require:
      - ["task.status == 'todo'", NOT_TODO, Not to do.]
      - ["account.status != 'shut'", NOT_SHUT, Shut.]
      - ["account.tier != 'class' or not account.vip", CLASSY, Too classy.]
    do:
      - fire: task.start
      - fire: account.shut
      - if: "task.status == 'doing' and task.case == 'red'"
        then: [{fire: task.finish}]
        else:
          - if: task.class == null
            then: [{set: {task.class: "'green'"}}]
            else: [{set: {task.class: 'null', task.note: "'it''s'"}}]
      - if: "task.status == 'todo'"
        then: [{fire: task.drop}]
    return: {task: task, account: account, doing: "task.status == 'doing'"}

policies:
  - {id: own, kind: guard, on: [purge, reparent], require: account == caller, text: "Own only. */ Mind the end."}
  - {id: verify, kind: verify, before: write, by: Account, text: Identify first.}
  - {id: red, kind: guard, on: [make], require: "colour != 'red' or next != null and next.account == caller", text: No red.}
  - {id: listed, kind: guard, on: [close_all], require: "all(t in tasks: t.account == account and t.new < 4) and bonus != 1", text: Listed.}
  - {id: poor, kind: escalate, on: [transfer, states], when: "sum(Account a: a.balance where a.parent == caller) > 3000 or caller.vip", text: Poor.}
  - {id: bonus, kind: guard, on: [ask_tables, chain], require: "bonus(task.case, task.new, caller.vip) < 4 or fits(true, caller.balance)", text: Bonus.}
  - {id: sums, kind: compute, on: [transfer], param: amount, value: "min(from.balance, 400) - ceil(sum(Account a: a.balance where a.parent == caller) / 9)", text: Sums.}
  - {id: tint, kind: compute, on: [ask_tables], param: kind, value: "'black'", text: Tint.}
  - {id: hush, kind: conceal, of: [Account.name, Task.note, Tag.words, Account.vip], unless: "subject == caller or today > '2025-06-01' and exists(Tag g where g.weight > 5 and subject.vip)", text: Hush.}
  - {id: hidden, kind: conceal, of: [Account.nick], text: Hidden.}
  - {id: shy, kind: conceal, of: [Task.class], unless: "bonus(task.case, task.new, true) < 3 and task.next == null", text: Shy.}
  - {id: nobody, kind: guard, on: [dates], require: "not exists(Task t where t.due < today and t.next == task)", text: Nobody.}

invariants:
  - {id: rich, holds: "all(Account a: a.balance <= 900 or a.vip)"}
  - {id: doing_open, holds: "all(Task t: t.status != 'doing' or t.account.status != 'shut')"}
  - {id: few, holds: "all(Account a: count(Task t where t.account == a) < 3 where a.tier == 'basic')"}
  - {id: tag_owner, holds: "not exists(Tag g where g.owner != null and g.owner != g.task.account and g.weight > 6)"}
  - {id: heavy, holds: "all(Account a: sum(Tag g: g.weight where g.task.account == a) < 14)"}
  - {id: cousins, holds: "all(Tag g: g.task.next == null or g.task.next.account == g.task.account or g.task.next.new < 12)"}
  - {id: whole, holds: "count(Task t where t.status == 'done') < 4"}
  - {id: parents, holds: "all(Account a: a.parent == null or a.parent.balance <= 900)"}
  - {id: kin, holds: "all(Task t: all(Tag g: g.weight < 7 where g.owner == t.account))"}
  - {id: deep, holds: "all(Task t: t.next == null or sum(Tag g: g.weight where g.task == t.next) < 13)"}
  - {id: tabled, holds: "all(Task t: bonus(t.case, t.new, t.account.vip) < 9)"}
  - {id: pairs, holds: "all(Tag g: count(Tag o where o.task.account == g.task.account and o.weight > 6) < 2)"}
`;

/** The domain. */
export function tortureDomain(): Domain {
  const read = readSpec(text);
  if (!read.ok) throw new Error(read.error.map((issue) => formatIssue(issue)).join('\n'));
  return read.value;
}

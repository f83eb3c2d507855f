// Today's date, which a function that speaks of it more than once keeps as a constant.
import { call, constant, levels, reference, type Code } from './code.js';
import { guest, type Block } from './scope.js';

/** `today`, or `dateOf(db.now)` where nothing else in the function asks for it. */
export function todayCode(block: Block): Code {
  block.today.uses += 1;
  const inline = dateNow(block);
  return { doc: () => (block.today.uses > 1 ? 'today' : inline.doc), level: levels.atom };
}

/** Declares the constant, where the function needs it, in front of the line given. */
export function declareToday(block: Block, before: number): void {
  if (block.today.uses > 1) block.lines.splice(before, 0, constant('today', dateNow(block)));
}

function dateNow(block: Block): Code {
  block.needs.db = true;
  return call(guest(block, 'dateOf'), [reference('db.now')]);
}

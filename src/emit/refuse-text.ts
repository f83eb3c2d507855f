// Guard clauses: what refuses a call, or answers it early.
import { atom, call, quote, testParts, type Code } from './code.js';
import { choice, group, hardline, indent, softline, type Doc } from './layout.js';
import { guest, type Block } from './scope.js';

/** `if (test) return …;`, on one line where it fits. */
export function returnIf(test: Code, returned: Doc): Doc {
  const body: Doc = ['return ', returned, ';'];
  return choice([
    ['if (', test.doc, ') ', body],
    [ifHead(test), indent([hardline, body]), hardline, '}'],
  ]);
}

/** `if (test) {` */
export function ifHead(test: Code): Doc {
  return ['if (', group([indent([softline, ...testParts(test)]), softline]), ') {'];
}

/** `fail('CODE', 'Message.')` */
export function failCode(block: Block, code: string, message: Doc): Code {
  return call(guest(block, 'fail'), [atom(quote(code)), atom(message)]);
}

/** Refuses the call when the test holds. */
export function refuseIf(test: Code, code: string, message: string, block: Block): void {
  block.refusals.add(code);
  block.lines.push(returnIf(test, failCode(block, code, quote(message)).doc));
}

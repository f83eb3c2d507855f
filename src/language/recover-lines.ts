// From a text to the line items that it lists: between two lines stands a comma or an "and", and a line
// is its row with how many of it in front and the rest in brackets. "two cement mixers and one angle
// grinder", "my hired skip dumper (condition: dirty and litres short: 12)".
import type { Type } from '../spec/model.js';
import type { Reference } from '../policy/talk.js';
import { countNames } from './count-words.js';
import { readingsAs } from './known-paths.js';
import type { Mention } from './recover-mentions.js';
import { recoverRow, type Scope } from './recover-row.js';
import { slotOfField, type Slot } from './recover-slots.js';

/** A piece of the text, and the mentions in it, whose places count from its beginning. */
interface Piece {
  readonly text: string;
  readonly mentions: readonly Mention[];
}

/** The lines that the text states with these mentions, or null where a value of theirs belongs to none. */
export function recoverLines(
  scope: Scope,
  text: string,
  { fields }: Extract<Type, { kind: 'record' }>,
  mentions: readonly Mention[],
): Reference | null {
  const lines: Reference[] = [];
  for (const piece of parted({ text, mentions })) {
    const line = recoverLine(scope, fields.map(slotOfField), piece);
    if (line !== null) lines.push(line);
    else if (piece.mentions.length > 0) return null;
  }
  return lines.length === 0 ? null : { type: 'list', items: lines };
}

/** The line: its labelled fields, how many are meant, and the row that all the rest names. */
function recoverLine(scope: Scope, slots: readonly Slot[], piece: Piece): Reference | null {
  const head = slots.find(({ type }) => type.kind === 'row');
  const fields: Record<string, Reference> = {};
  let rest = piece;
  for (const slot of slots) {
    if (slot === head) continue;
    const own = countNames.has(slot.attr) ? countIn(rest, slot) : labelled(rest, slot, slots);
    const reference = own === null ? null : referenceOf(scope, slot, own);
    if (own === null || reference === null) continue;
    fields[slot.name] = reference;
    rest = without(rest, own);
  }
  if (head !== undefined) {
    const row = referenceOf(scope, head, {
      ...rest,
      mentions: rest.mentions.filter(({ kind }) => kind !== 'count'),
    });
    if (row === null) return null;
    fields[head.name] = row;
  }
  const whole = slots.every(({ name, optional }) => optional || fields[name] !== undefined);
  return whole ? { type: 'record', fields } : null;
}

function referenceOf(scope: Scope, slot: Slot, { text, mentions }: Piece): Reference | null {
  if (slot.type.kind === 'row') return recoverRow(scope, slot.type.entity, mentions, text);
  const [first, ...others] = mentions;
  const value = first === undefined || others.length > 0 ? undefined : readingsAs(first, slot.type, slot)[0];
  return value === undefined ? null : { type: 'value', value };
}

/** A stretch of a piece, with where it begins. */
interface Stretch extends Piece {
  readonly from: number;
}

/** The number in front of what is counted: the last before the brackets, as in "one more thing: two drills". */
function countIn(piece: Piece, slot: Slot): Stretch | null {
  const bracket = piece.text.indexOf('(');
  const count = piece.mentions.findLast(
    (mention) => (bracket < 0 || mention.at < bracket) && readingsAs(mention, slot.type, slot).length > 0,
  );
  return count === undefined ? null : stretch(piece, count.at, count.end);
}

/** What stands behind the field's name in brackets, up to the next one: `condition: dirty`. */
function labelled(piece: Piece, slot: Slot, slots: readonly Slot[]): Stretch | null {
  const bracket = /\(([^()]*)\)/.exec(piece.text);
  if (bracket === null) return null;
  const label = (attr: string): string => `${attr.replaceAll('_', ' ')}: `;
  const from = piece.text.indexOf(label(slot.attr), bracket.index);
  if (from < 0) return null;
  const start = from + label(slot.attr).length;
  const nexts = slots
    .map(({ attr }) => piece.text.indexOf(label(attr), start))
    .filter((next) => next >= 0 && next < bracket.index + bracket[0].length);
  const end = Math.min(bracket.index + bracket[0].length - 1, ...nexts);
  return stretch(piece, start, end);
}

function stretch({ text, mentions }: Piece, from: number, to: number): Stretch {
  const inside = mentions.filter(({ at, end }) => at >= from && end <= to);
  return {
    from,
    text: text.slice(from, to),
    mentions: inside.map((mention) => ({ ...mention, at: mention.at - from, end: mention.end - from })),
  };
}

/** The piece with the stretch made blank. */
function without({ text, mentions }: Piece, { from, text: taken }: Stretch): Piece {
  const to = from + taken.length;
  return {
    text: `${text.slice(0, from)}${' '.repeat(taken.length)}${text.slice(to)}`,
    mentions: mentions.filter(({ at, end }) => at < from || end > to),
  };
}

/** The pieces between commas and "and" outside brackets. */
function parted(piece: Piece): readonly Piece[] {
  const marks = [...piece.text.matchAll(/\([^()]*\)|, (?:and )?| and /g)];
  const partings = marks.filter(([mark]) => !mark.startsWith('('));
  const starts = [0, ...partings.map(({ index, 0: mark }) => index + mark.length)];
  return starts.map((from, at) => stretch(piece, from, partings[at]?.index ?? piece.text.length));
}

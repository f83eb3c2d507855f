// Which mention of a sentence fills which place of what is asked for. Mentions that belong together
// stand together, so each place takes a run of them; all ways to deal them out are weighed by what they
// leave unexplained, what they leave unfilled, and the words before each mention.
import { computedParams } from '../policy/belief/rules.js';
import type { Domain, Param, Tool, Type } from '../spec/model.js';
import { entityOf } from '../policy/belief/path.js';
import { knownPaths, readingsAs } from './known-paths.js';
import { lexiconOf, wordsIn, type Topic } from './lexicon.js';
import type { Mention, MentionKind } from './recover-mentions.js';
import { canStandInLine } from './recover-lines.js';
import { canName } from './recover-row.js';

/** A place to fill: a parameter, or `of` for what a question is about. */
export interface Slot {
  readonly name: string;
  readonly type: Type;
  readonly attr: string;
  readonly pattern?: string;
  readonly optional: boolean;
}

/** A way to deal out the mentions: by slot, those that fill it. */
export interface Dealt {
  readonly fills: readonly (readonly Mention[])[];
  /** The weight of the mentions that fill something, and of those that do not. */
  readonly used: number;
  readonly spare: number;
  /** How many slots lack what they need. */
  readonly missing: number;
  readonly score: number;
}

export function slotsOfTopic(domain: Domain, topic: Topic): readonly Slot[] {
  if (topic.is === 'do') return slotsOfTool(domain, topic.tool);
  const { name, snake } = topic.entity;
  return [{ name: 'of', type: { kind: 'row', entity: name }, attr: snake, optional: false }];
}

/** The parameters that a user speaks of: not those that follow from a rule. */
export function slotsOfTool(domain: Domain, tool: Tool): readonly Slot[] {
  const computed = computedParams(domain, tool.name);
  return tool.params.filter(({ name }) => !computed.has(name)).map(slotOfParam);
}

function slotOfParam({ name, type, binds, pattern, optional }: Param): Slot {
  return { name, type, attr: binds, optional, ...(pattern === undefined ? {} : { pattern }) };
}

/** How much a mention that nothing explains speaks against a reading. */
const weights: Readonly<Record<MentionKind, number>> = {
  quoted: 1,
  email: 1,
  code: 1,
  time: 1,
  money: 1,
  amount: 0.9,
  name: 0.7,
  capital: 0.3,
  member: 0.35,
  count: 0.15,
};

/** What a mention weighs that asking for the thing says anyway: "can I take it with me today". */
const little = 0.1;

const beam = 64;

/** The ways to deal out the mentions of a text over the slots, the best first. */
export function dealMentions(
  domain: Domain,
  text: string,
  mentions: readonly Mention[],
  slots: readonly Slot[],
  isToldAnyway: (mention: Mention) => boolean = () => false,
): readonly Dealt[] {
  const open = new Set([...slots.keys()].filter((at) => isLeftOpen(domain, text, slots[at])));
  const labels = new Set(slots.flatMap(({ attr }) => wordsIn(attr.replaceAll('_', ' '))));
  let deals: Deal[] = [{ to: [], used: 0, spare: 0, score: 0 }];
  for (const [index, mention] of mentions.entries()) {
    const next: Deal[] = [];
    for (const deal of deals) {
      // What is part of a value that has found its place is no other.
      if (isInsideUsed(mentions, deal, mention)) {
        next.push({ ...deal, to: [...deal.to, -1] });
        continue;
      }
      const weight = weights[mention.kind];
      const loss = isToldAnyway(mention) ? little : weight;
      next.push({ ...deal, to: [...deal.to, -1], spare: deal.spare + loss, score: deal.score - loss });
      for (const [at, slot] of slots.entries()) {
        const run = open.has(at) ? null : runOf(mentions, deal, at);
        if (run === null || !fits(domain, slot, [...run, mention])) continue;
        const before = text.slice(mentions[index - 1]?.end ?? 0, mention.at);
        const around = { before, after: text.slice(mention.end) };
        const torn = isTorn(slots, deal.to.at(-1), at, before) ? tearing : 0;
        const gain = weight + bonus(domain, slot, mention, around, run) - torn;
        const used = deal.used + (isOfLine(slot, mention, around, labels) ? lineWeight : weight);
        next.push({ ...deal, to: [...deal.to, at], used, score: deal.score + gain });
      }
    }
    deals = next.sort((left, right) => right.score - left.score).slice(0, beam);
  }
  return deals
    .map(({ to, used, spare, score }): Dealt => {
      const fills = slots.map((_, at) => mentions.filter((_, index) => to[index] === at));
      const missing = slots.filter(
        (slot, at) => fills[at]?.length === 0 && !open.has(at) && isMissed(domain, slot),
      ).length;
      return { fills, used, spare, missing, score: score - 0.5 * missing };
    })
    .sort((left, right) => right.score - left.score);
}

/** What stands around a mention. */
interface Around {
  readonly before: string;
  readonly after: string;
}

/** A number with what it counts says as much as a name, and so does what stands in brackets behind one. */
const lineWeight = 0.7;

function isOfLine(
  { type }: Slot,
  mention: Mention,
  { before, after }: Around,
  labels: ReadonlySet<string>,
): boolean {
  if (type.kind !== 'list' || type.item.kind !== 'record') return false;
  const counted = countedNoun(mention, after);
  return (counted !== null && !labels.has(counted) && !isTime.test(counted)) || before.endsWith('(');
}

const isTime = /^(?:minute|hour|day|night|week|month|year)s?$/;

/** By mention, the slot that takes it, or -1. */
interface Deal {
  readonly to: readonly number[];
  readonly used: number;
  readonly spare: number;
  readonly score: number;
}

/** The run that a slot has so far, or null when another slot has taken mentions since. */
function runOf(mentions: readonly Mention[], { to }: Deal, slot: number): readonly Mention[] | null {
  const first = to.indexOf(slot);
  if (first < 0) return [];
  const since = to.slice(first);
  return since.every((other) => other === slot || other < 0)
    ? mentions.filter((_, index) => to[index] === slot)
    : null;
}

/** Whether the mention is in one that a slot has taken. */
function isInsideUsed(mentions: readonly Mention[], { to }: Deal, { at, end }: Mention): boolean {
  return mentions.some((other, index) => (to[index] ?? -1) >= 0 && other.at <= at && end <= other.end);
}

/** How little it is to be expected that "my current account 45840109" names two things. */
const tearing = 1;
const separator = /[,;]|\b(?:and|or|for|of|at|in|on|from|to|with|by|towards|about|is|are)\b/;

/** Whether a mention for one row stands beside that for another, with nothing between that parts them. */
function isTorn(slots: readonly Slot[], last = -1, at: number, before: string): boolean {
  if (last < 0 || last === at || separator.test(before)) return false;
  return slots[last]?.type.kind === 'row' && slots[at]?.type.kind === 'row';
}

const mostFacts = 5;

/** Whether the slot can take these mentions together. */
function fits(domain: Domain, slot: Slot, mentions: readonly Mention[]): boolean {
  const { type } = slot;
  if (type.kind === 'row') return mentions.length <= mostFacts && canName(domain, type.entity, mentions);
  const [first] = mentions;
  if (type.kind !== 'list') {
    return mentions.length === 1 && first !== undefined && readingsAs(first, type, slot).length > 0;
  }
  const { item } = type;
  if (item.kind === 'record') return mentions.every((one) => canStandInLine(domain, item.fields, one));
  return mentions.every((mention) =>
    item.kind === 'row'
      ? canName(domain, item.entity, [mention])
      : readingsAs(mention, item, slot).length > 0,
  );
}

/** Whether the text says that it leaves the slot open: "one of my holds", "a slot". */
export function isLeftOpen(domain: Domain, text: string, slot: Slot | undefined): boolean {
  if (slot?.type.kind !== 'row') return false;
  const { words, pluralWords } = entityOf(domain, slot.type.entity);
  return new RegExp(`\\b(?:one of (?:my|our) ${pluralWords}|an? ${words})\\b`, 'i').test(text);
}

/** Whether a slot that no mention fills is missed: a row may be the caller, or named by no value. */
function isMissed(domain: Domain, { type, optional }: Slot): boolean {
  return !optional && !(type.kind === 'row' && type.entity === domain.caller);
}

/** What a number stands before: the machines of "two machines". */
function countedNoun({ kind }: Mention, after: string): string | null {
  if (kind !== 'count' && kind !== 'amount') return null;
  const [, word] = /^ (\p{Ll}+)/u.exec(after) ?? [];
  return word === undefined || isLink.test(word) ? null : (wordsIn(word)[0] ?? null);
}

const isLink = /^(?:and|or|of|for|at|in|on|from|to|with|by|please|instead|now|as|x)$/;

/** "From Monday", "until Friday": which end of a time it is. */
function isEnd({ attr }: Slot, before: string): boolean {
  const link = /\b(from|since|starting on|to|until|till) (?:the )?$/i.exec(before)?.[1];
  if (link === undefined) return false;
  return /^(?:to|until|till)$/i.test(link)
    ? /(?:^|_)(?:ends?|until|due)$/.test(attr)
    : /^(?:starts?|from|begins?)$/.test(attr);
}

/** What looks like a code is more likely one than a number. */
const asNumber = 0.5;

/** Words before a mention that name the slot, and attributes that rows are usually named by. */
function bonus(
  domain: Domain,
  slot: Slot,
  mention: Mention,
  { before, after }: Around,
  run: readonly Mention[],
): number {
  const type = slot.type.kind === 'list' ? slot.type.item : slot.type;
  const near = wordsIn(before).slice(-5);
  const own = wordsIn(slot.attr.replaceAll('_', ' '));
  const counted = countedNoun(mention, after);
  if (type.kind !== 'row') {
    const named =
      own.some((word) => near.includes(word) || word === counted) || isEnd(slot, before) ? 0.3 : 0;
    const other = named === 0 && counted !== null && type.kind !== 'record' ? 0.4 : 0;
    const coded = mention.kind === 'code' && slot.pattern === undefined ? asNumber : 0;
    return named - other - coded + (slot.optional ? 0 : 0.3);
  }
  const names = lexiconOf(domain).names(type.entity);
  const named = knownPaths(domain, type.entity).some(
    ({ column, named }) => named && readingsAs(mention, column.type, column).length > 0,
  );
  const called = run.length === 0 && near.some((word) => names.has(word) && word.length > 2);
  const role = run.length === 0 && own.some((word) => !names.has(word) && near.includes(word));
  const apart = run.length > 0 && /\b(?:for|to|by|with|in|towards|from)\b/.test(before);
  return (named ? 0.15 : 0) + (called ? 0.2 : 0) + (role ? 0.2 : 0) - (apart ? 0.1 : 0);
}

// The values that stand in what a user says: quoted texts, codes, addresses, times, amounts, members of
// enums, and names, which are told by their capitals. Where a name ends is not always to be seen, so a
// mention can have several readings.
import type { Domain } from '../spec/model.js';
import { lexiconOf, wordsIn } from './lexicon.js';
import { countWords } from './manner.js';
import { timesIn } from './recover-times.js';

/** A `capital` may be a name: a single word that begins its sentence. */
export type MentionKind =
  | 'quoted'
  | 'code'
  | 'email'
  | 'time'
  | 'money'
  | 'amount'
  | 'count'
  | 'member'
  | 'name'
  | 'capital';

/** A value in a text, from `at` up to `end`. */
export interface Mention {
  readonly kind: MentionKind;
  readonly at: number;
  readonly end: number;
  /** What it may be, the likeliest first. Amounts and money are as written: 12.5, not cents. */
  readonly readings: readonly { readonly value: string | number; readonly end: number }[];
}

/** The mentions of a text, by where they begin. Names may overlap members of enums; nothing else overlaps. */
export function mentionsIn(text: string, domain: Domain, today: string): readonly Mention[] {
  const lexicon = lexiconOf(domain);
  const found: Mention[] = [];
  const isTaken = (at: number, end: number): boolean =>
    found.some((other) => at < other.end && other.at < end);
  const take = (kind: MentionKind, at: number, end: number, value: string | number): void => {
    if (!isTaken(at, end)) found.push({ kind, at, end, readings: [{ value, end }] });
  };
  for (const match of text.matchAll(/“([^”]*)”|"([^"]*)"/g)) {
    take('quoted', match.index, match.index + match[0].length, match[1] ?? match[2] ?? '');
  }
  for (const match of text.matchAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g)) {
    take('email', match.index, match.index + match[0].length, match[0]);
  }
  const codes = lexicon.patterns.flatMap((pattern) => codesIn(text, pattern));
  // Four digits may be a year: what is written as a time is one.
  const [numbers, others] = [codes.filter(isNumber), codes.filter((code) => !isNumber(code))];
  for (const { at, value } of others) take('code', at, at + value.length, value);
  for (const { at, end, value } of timesIn(text, today)) take('time', at, end, value);
  for (const { at, value } of numbers) take('code', at, at + value.length, value);
  for (const match of text.matchAll(numbered)) {
    const name = match[0].replace(/[.,'’&-]+$/u, '');
    const end = match.index + name.length;
    if (isTaken(match.index, end)) continue;
    const readings = [name, name.replace(/^\S+ /u, '')].map((value) => ({ value, end }));
    found.push({ kind: 'name', at: match.index, end, readings });
  }
  for (const match of text.matchAll(/(?<![\w.,-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w-]|\.\d)/g)) {
    const kind = text[match.index - 1] === '£' ? 'money' : 'amount';
    take(kind, match.index, match.index + match[0].length, Number(match[0].replaceAll(',', '')));
  }
  const labels = lexicon.labels.flatMap((words) =>
    placesOf(text, words).map((at): Part => ({ at, end: at + words.length })),
  );
  const names = namesIn(text, isTaken, isPlainWord(domain), lexicon.capitals);
  for (const [value, word] of countWords.entries()) {
    for (const at of placesOf(text, word)) {
      const after = text.slice(at + word.length);
      if (!isNoCount.test(after) && !(value === 1 && /^ of\b/.test(after)))
        take('count', at, at + word.length, value);
    }
  }
  for (const { words, member } of lexicon.members) {
    for (const at of placesOf(text, words)) {
      if (!isInside(labels, at, at + words.length)) take('member', at, at + words.length, member);
    }
  }
  // What the domain calls a member by a name is no other name.
  const isMember = ({ at, end, readings }: Mention): boolean =>
    found.some(
      (other) =>
        other.kind === 'member' &&
        other.at === at &&
        other.end === end &&
        domain.say.values[String(other.readings[0]?.value)] === readings[0]?.value,
    );
  const people = names.filter((name) => !isMember(name));
  const inOrder = [...found, ...people].sort((left, right) => left.at - right.at || right.end - left.end);
  return withAsides(text, inOrder);
}

interface Part {
  readonly at: number;
  readonly end: number;
}

function isInside(parts: readonly Part[], at: number, end: number): boolean {
  return parts.some((part) => part.at <= at && end <= part.end);
}

/** "Ann Lee's card … (the Ann Lee with phone 555-1234)": what is said aside belongs to what it repeats. */
function withAsides(text: string, mentions: readonly Mention[]): readonly Mention[] {
  let all = mentions;
  for (const { index, 0: aside } of text.matchAll(/\(the [^()]+ with [^()]+\)/g)) {
    const isAside = ({ at, end }: Mention): boolean => at >= index && end <= index + aside.length;
    const [name, ...more] = all.filter(isAside);
    const before = all.findIndex(
      (mention) => !isAside(mention) && mention.readings[0]?.value === name?.readings[0]?.value,
    );
    if (before >= 0) all = all.filter((one) => !isAside(one)).toSpliced(before + 1, 0, ...more);
  }
  return all;
}

/** What stands behind a number that counts nothing: "two things", "one of my holds", "one more". */
const isNoCount = /^ (?:things?|questions?|favours?|moment|minute|more|another|for you|in particular)\b/;

const codeForms = new Map<string, RegExp>();

interface Code {
  readonly at: number;
  readonly value: string;
}

function isNumber({ value }: Code): boolean {
  return /^\d+$/.test(value);
}

function codesIn(text: string, pattern: string): readonly Code[] {
  let form = codeForms.get(pattern);
  if (form === undefined) {
    const bare = pattern.replace(/^\^/, '').replace(/\$$/, '');
    form = new RegExp(
      String.raw`(?<![\p{L}\p{N}£-]|\d[.,])(?:${bare})(?![\p{L}\p{N}]|-\p{L}|-\p{N}|[.,]\d)`,
      'gu',
    );
    codeForms.set(pattern, form);
  }
  return [...text.matchAll(form)]
    .filter(([value]) => value !== '')
    .map((match) => ({ at: match.index, value: match[0] }));
}

/** Where words stand as words, in small or capital letters. */
function placesOf(text: string, words: string): readonly number[] {
  const lower = text.toLowerCase();
  const places: number[] = [];
  for (let at = lower.indexOf(words); at >= 0; at = lower.indexOf(words, at + 1)) {
    const around = `${lower[at - 1] ?? ' '}${lower[at + words.length] ?? ' '}`;
    if (!/[\p{L}\p{N}]/u.test(around)) places.push(at);
  }
  return places;
}

/** Words that begin a sentence with a capital and are no names. */
const beginners = new Set(
  wordsIn(
    `i a an the and or but so then next first also apart besides once after before while there here this that these those
    it is are was were be am do does did can could may might will would shall should must have has had not no yes yep nope
    sure hello hi hey good dear sir madam morning afternoon evening thanks thank please sorry oh um well right anyway ok okay
    my our your his her their we you he she they who what when where which why how if for from to on in at by with of as
    two three four five six seven eight nine ten one something nothing everything all any some until till since
    just hm er ah hang wait fine great perfect lovely certainly come really seriously say ask let make put give take tell
    good news quick quickly kindly pardon excuse forgive believe regarding about because only even still maybe perhaps
    today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday`,
  ),
);

function isPlainWord(domain: Domain): (word: string) => boolean {
  const { weight } = lexiconOf(domain);
  return (word) => wordsIn(word).every((plain) => beginners.has(plain) || weight(plain) > 0);
}

/** A word with a capital, or a part of a code: "5QW". */
const capital = String.raw`(?:\p{Lu}[\p{L}\p{N}'’.&-]*|\d+\p{Lu}[\p{Lu}\p{N}]*)`;
const particle = '(?:van|von|de|den|der|del|della|di|da|la|le|el|al|bin|of|the)';
/** "52 Canal Street": a number that belongs to the name behind it. */
const numbered = new RegExp(String.raw`(?<![\p{L}\p{N}.,-])\d{1,4}[a-z]? ${capital}(?: ${capital})*`, 'gu');
const nameForm = new RegExp(
  String.raw`(?<![\p{L}\p{N}])${capital}(?: (?:& |(?:${particle} ){1,2})?${capital})*`,
  'gu',
);
/** Words with a capital wherever they stand. */
const isMe = /^(?:I(?:['’]\w+)?|Sir|Madam)$/u;
const mostTail = 4;

function namesIn(
  text: string,
  isTaken: (at: number, end: number) => boolean,
  isPlain: (word: string) => boolean,
  capitals: ReadonlySet<string>,
): readonly Mention[] {
  return [...text.matchAll(nameForm)].flatMap((match): Mention[] => {
    const words = match[0].split(' ');
    let at = match.index;
    // The first word of a sentence has a capital whatever it is, and so has "I".
    for (let first = words[0]; first !== undefined; first = words[0]) {
      const isNone = isMe.test(first) || capitals.has(first) || (isBeginning(text, at) && isPlain(first));
      if (!isNone && /^[\p{Lu}\d]/u.test(first)) break;
      at += first.length + 1;
      words.shift();
    }
    const name = words.join(' ').replace(/[.,'’&-]+$/u, '');
    if (name === '' || isTaken(at, at + name.length)) return [];
    const isSure = /[ '’]/.test(name) || !isBeginning(text, at);
    const readings = readingsOf(text, at, name, isTaken);
    return [{ kind: isSure ? 'name' : 'capital', at, end: at + name.length, readings }];
  });
}

function isBeginning(text: string, at: number): boolean {
  return /(?:^|[.?!:]["”]?\s+|\n)$/.test(text.slice(0, at));
}

/** The name as it stands, without its possessive, and with small words behind it ("Ear cleaning solution"). */
function readingsOf(
  text: string,
  at: number,
  name: string,
  isTaken: (at: number, end: number) => boolean,
): Mention['readings'] {
  const bare = name.replace(/['’]s?$/u, '');
  const readings = [{ value: bare, end: at + name.length }];
  if (bare !== name) return readings;
  let end = at + name.length;
  for (let words = 0; words < mostTail; words++) {
    const next = /^ [\p{Ll}\p{N}-]+/u.exec(text.slice(end))?.[0];
    if (next === undefined || isTaken(end + 1, end + next.length)) break;
    end += next.length;
    readings.push({ value: text.slice(at, end), end });
  }
  return readings;
}

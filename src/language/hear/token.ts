// A message as tokens: words with their contractions undone ("can't" is "can not"), numbers, codes,
// times, quoted strings and marks. One pass; every quantifier is bounded, so the work grows with the
// length of the message and with nothing else.
import { stem } from './stem.js';

type TokenKind =
  | 'word'
  | 'part' // of a name like loan_id
  | 'number' // 1,250.00
  | 'ordinal' // 12th
  | 'code' // 555-0182, LP123456789GB
  | 'id' // LO-12345
  | 'email'
  | 'time' // 2025-06-12T14:30Z, 2025-06-12 14:30, 2025-06-12
  | 'slashed' // 12/06/2025, 12.06.2025
  | 'clock' // 14:30, 2 pm
  | 'quoted' // “Emma”
  | 'literal' // "Emma", as in JSON
  | 'mark' // any other character
  | 'break'; // the end of a line; `item` where a list item or a table's row follows

export interface Token {
  readonly kind: TokenKind;
  /** In lower case; of a quoted string what stands between the quotes, as it is. */
  readonly text: string;
  /** Of a word, what it shares with its other forms; else empty. A % is percent. */
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

/** Of a longer message no more is read. */
const longest = 6000;

const digits = String.raw`\d{1,30}`;
const kinds: readonly (readonly [TokenKind, string])[] = [
  ['break', String.raw`\n {0,12}(?:(?:[-*•·–+>]|\d{1,2}[.)]) {1,4}(?=\S)|\|)?`],
  ['part', String.raw`"[A-Za-z]\w{0,60}"(?= ?:)`], // a key in JSON
  ['literal', String.raw`"(?:[^"\\\n]|\\.){0,1000}"`],
  ['quoted', String.raw`“[^“”\n]{0,1000}”|«[^«»\n]{1,300}»|‘[^‘’\n]{1,300}’`],
  ['quoted', String.raw`(?<![\p{L}\p{N}])'[^'\n]{1,100}'(?![\p{L}\p{N}])`],
  ['time', String.raw`\d{4}[-/]\d{2}[-/]\d{2}(?:(?:T|,? |,? at )\d{2}:\d{2}(?::\d{2})?(?:Z|\b))?(?!\d)`],
  ['email', String.raw`[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}`],
  ['id', String.raw`[A-Za-z][A-Za-z0-9]{0,7}-\d{5,14}(?![\p{L}\p{N}]|-[\p{L}\p{N}])`],
  ['slashed', String.raw`\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})(?![\d/]|\.\d)`],
  [
    'clock',
    String.raw`\d{1,2}(?:[:.]\d{2})? ?(?:[ap]m\b|[ap]\.m\.|[AP]M\b|[AP]\.M\.)|\d{1,2}:\d{2}(?::\d{2})?(?!\d)`,
  ],
  ['ordinal', String.raw`\d{1,2}(?:st|nd|rd|th)(?![\p{L}\p{N}])`],
  [
    'code',
    String.raw`(?=[\p{L}-]{0,60}\d)(?!\d{1,4}-\p{Ll}|\d{1,2}-\d{1,2}(?![\d-]))[\p{L}\d]{1,20}(?:-[\p{L}\d]{1,20}){1,6}(?![\p{L}\p{N}])|\p{Lu}{1,6}\d{2,14}\p{Lu}{0,6}(?![\p{L}\p{N}])`,
  ],
  [
    'number',
    String.raw`\d{1,3}(?:\.\d{3}){1,4},\d{2}(?!\d)|\d{1,3}(?:,\d{3}){1,4}(?:\.${digits})?(?!\d)|${digits}(?:[.,]${digits})?`,
  ],
  ['part', String.raw`[A-Za-z][A-Za-z0-9]{0,30}(?:_[A-Za-z0-9]{1,30}){1,8}`],
  ['word', String.raw`\p{L}[\p{L}\p{M}]{0,40}(?:'\p{L}{1,5})?`],
  ['mark', String.raw`[^\s*\x60#_~>]`],
];
const lexer = new RegExp(kinds.map(([, pattern]) => `(${pattern})`).join('|'), 'gu');

/** A text in which each character is a plain one of its kind, at the same place. */
export function plainText(text: string): string {
  return text
    .slice(0, longest)
    .replace(/\r\n?/g, (end) => (end.length === 2 ? ' \n' : '\n'))
    .replace(/[\u00a0\u2007\u202f\t]/g, ' ')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/(?<=\p{L})[’ʼ`´](?=\p{L})/gu, "'");
}

/** The tokens of a text in plain characters; the first is the break before its first line. */
export function tokensOf(plain: string, text: string = plain): Token[] {
  const tokens: Token[] = [];
  for (const match of `\n${plain}`.matchAll(lexer)) {
    const kind = kinds[match.findIndex((group, at) => at > 0 && group !== undefined) - 1]?.[0] ?? 'mark';
    const [raw] = match;
    const start = match.index - 1;
    const end = start + raw.length;
    if (kind === 'part') pushParts(tokens, raw, start, end);
    else if (kind === 'word') pushWords(tokens, raw, start, end);
    else if (kind === 'break') tokens.push({ kind, text: lineAt(plain, raw, end), stem: '', start, end });
    else
      tokens.push({
        kind,
        text: textOf(kind, text.slice(start, end)),
        stem: raw === '%' ? percent : '',
        start,
        end,
      });
  }
  return tokens;
}

const percent = stem('percent');

/** Whether a line is a list item, a row of a table or a line of JSON. */
function lineAt(plain: string, raw: string, end: number): 'line' | 'item' {
  const isCode = /^(?:[{}]|"\w{1,40}" ?:)/.test(plain.slice(end, end + 50));
  return raw.trim() !== '' || isCode ? 'item' : 'line';
}

function textOf(kind: TokenKind, raw: string): string {
  switch (kind) {
    case 'quoted':
      return raw.slice(1, -1);
    case 'literal':
      return unquote(raw);
    case 'id':
      return raw.toUpperCase();
    case 'email':
    case 'code':
      return raw;
    default:
      return raw.toLowerCase();
  }
}

const shortened: Readonly<Record<string, readonly string[]>> = {
  cannot: ['can', 'not'],
  "can't": ['can', 'not'],
  cant: ['can', 'not'],
  "won't": ['will', 'not'],
  wont: ['will', 'not'],
  "shan't": ['shall', 'not'],
  "let's": ['let', 'us'],
  dont: ['do', 'not'],
  im: ['i', 'am'],
  ive: ['i', 'have'],
  pls: ['please'],
  plz: ['please'],
  u: ['you'],
  ur: ['your'],
  gonna: ['going', 'to'],
  qty: ['quantity'],
  acct: ['account'],
  tel: ['telephone'],
  addr: ['address'],
  appt: ['appointment'],
  amt: ['amount'],
  thx: ['thanks'],
  ref: ['reference'],
  wanna: ['want', 'to'],
};
const endings: Readonly<Record<string, string>> = {
  "'re": 'are',
  "'ve": 'have',
  "'ll": 'will',
  "'d": 'would',
  "'m": 'am',
};
const isShort = /^(?:it|that|there|what|who|where|here|how|when|this|he|she|everything|all|which)'s$/;

function pushWords(tokens: Token[], raw: string, start: number, end: number): void {
  const word = raw.toLowerCase();
  const last = tokens.at(-1);
  const before = tokens.at(-2);
  // e-mail is one word.
  if (word.startsWith('mail') && last?.text === '-' && before?.text === 'e' && last.end === start) {
    tokens.splice(-2);
    tokens.push({ kind: 'word', text: `e${word}`, stem: stem(`e${word}`), start: before.start, end });
    return;
  }
  for (const text of undone(word)) tokens.push({ kind: 'word', text, stem: stem(text), start, end });
}

/** `hold_id` as hold and id. */
function pushParts(tokens: Token[], raw: string, start: number, end: number): void {
  for (const text of raw.toLowerCase().split(/["_]/)) {
    if (text !== '') tokens.push({ kind: 'part', text, stem: stem(text), start, end });
  }
}

function undone(word: string): readonly string[] {
  const whole = shortened[word];
  if (whole !== undefined) return whole;
  const cut = word.indexOf("'");
  if (cut < 0) return [word];
  if (word.endsWith("n't")) return [word.slice(0, -3), 'not'];
  if (isShort.test(word)) return [word.slice(0, -2), 'is'];
  const ending = endings[word.slice(cut)];
  if (ending !== undefined) return [word.slice(0, cut), ending];
  return [word.slice(0, word.endsWith("'s") ? -2 : undefined)];
}

/** A JSON string, or what stands between the quotes of one that is none. */
function unquote(raw: string): string {
  if (!raw.includes('\\')) return raw.slice(1, -1);
  try {
    return String(JSON.parse(raw));
  } catch {
    return raw.slice(1, -1);
  }
}

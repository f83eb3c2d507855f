// Putting words together: lists, sentences, clauses with slots, and whose something is.
export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** `a`, `a and b`, `a, b and c`. */
export function sayList(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A phrase that was written as a sentence begins small inside another. */
export function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** A clause as a sentence: a capital in front, a question mark or a full stop behind. */
export function sentence(clause: string): string {
  const text = capitalise(clause.trim());
  return `${text}${markOf(clause)}`;
}

/** What ends the clause as a sentence; nothing where it has an end already. */
export function markOf(clause: string): string {
  const text = clause.trim();
  if (/[.?!]["”]?$/.test(text)) return '';
  const asks =
    /^(could|can|may|might|would you|will you|when|where|who|what|which|how|is|are|am i|do|does|did|has|have you|why|should|(until|till|since|by|at|to|from|for|on|in|with) (when|what|which|whom|how))\b/i;
  return asks.test(text) ? '?' : '.';
}

/** What somebody says of themselves, of somebody else: the first time by name, then as "they". */
export function inTheNameOf(name: string, text: string): string {
  let first = true;
  const named = (byName: string, then: string): string => {
    const words = first ? byName : then;
    first = false;
    return words;
  };
  return text.replace(/\bmy\b|\b(for|to) me\b|\bdo I\b|\bam I\b/g, (mine, link: string | undefined) => {
    if (mine === 'my') return named(`${name}'s`, 'their');
    if (link !== undefined) return named(`${link} ${name}`, `${link} them`);
    return mine === 'do I' ? named(`does ${name}`, 'do they') : named(`is ${name}`, 'are they');
  });
}

/** Texts between braces, in order. */
export function slotsIn(template: string): readonly string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
}

/** The template with the words in a slot, as English has it: neither "on tomorrow" nor "a owl" nor "1 days". */
export function fillSlot(template: string, slot: string, words: string): string {
  let text = template;
  if (/^(today|tomorrow|yesterday|this )/.test(words)) text = text.replaceAll(`on {${slot}}`, `{${slot}}`);
  if (/^[aeiou]/i.test(words) && !/^(?:eu|uni|use|one\b)/i.test(words))
    text = text.replaceAll(new RegExp(`\\b([Aa]) \\{${slot}\\}`, 'g'), `$1n {${slot}}`);
  if (/^(1|one|an?)$/i.test(words)) {
    text = text.replace(new RegExp(`\\{${slot}\\} ([a-z]+)s\\b`), `{${slot}} $1`);
  }
  return text.replaceAll(`{${slot}}`, () => words);
}

/** A template with the quotation marks that a speaker uses. */
export function withQuotes(template: string, quotes: 'curly' | 'straight'): string {
  return quotes === 'curly' ? template : template.replace(/[“”]/g, '"');
}

const short: readonly (readonly [RegExp, string])[] = [
  [/\bI would\b/g, "I'd"],
  [/\bI will\b/g, "I'll"],
  [/\bI am\b(?= [a-z])/g, "I'm"],
  [/\bI have (?=(?:lost|found|come|moved|been|left|got|had|had to|never|no longer)\b)/g, "I've "],
  [/\bwe are\b(?= [a-z])/g, "we're"],
  [/\b(do|does|did|is|are|was|could|would|have|has) not\b/g, "$1n't"],
  [/\bcannot\b/g, "can't"],
  [/\b(it|that|there|what) is\b(?= [a-z])/g, "$1's"],
];

/** The text as it is spoken among friends: "I'd", "don't". */
export function contract(text: string): string {
  return short.reduce((spoken, [long, contracted]) => spoken.replace(long, contracted), text);
}

// The words of a domain as a listener has them: which words go with which tool, question and entity, how
// telling each of them is, and the values that can be told by their look. Phrases of the domain come in
// as bags of words alone; how users put them together is not known here.
import { leavesOf } from '../spec/line-item.js';
import type { Column, Domain, Entity, Tool } from '../spec/model.js';
import { entityOf } from '../policy/belief/path.js';

/** What a wish can be about. */
export type Topic =
  | {
      readonly is: 'do';
      readonly tool: Tool;
      readonly phrases: readonly Bag[];
      readonly reasons: readonly Bag[];
    }
  | {
      readonly is: 'tell';
      readonly entity: Entity;
      readonly attr: string;
      readonly phrases: readonly Bag[];
      readonly reasons: readonly Bag[];
    };

export type Bag = ReadonlySet<string>;

export interface Lexicon {
  readonly topics: readonly Topic[];
  /** How telling a word is: a word that few topics use tells more; 0 for a word of none. */
  readonly weight: (word: string) => number;
  /** Whether a word is of any talk. */
  readonly isCommon: (word: string) => boolean;
  /** Words by which rows of an entity are named. */
  readonly names: (entity: string) => Bag;
  /** Words that the domain's own phrases write with a capital: PIN, VAT. */
  readonly capitals: Bag;
  /** Forms of codes and numbers that columns and parameters have. */
  readonly patterns: readonly string[];
  /** Names of attributes that have several words: "card number" tells of no card. */
  readonly labels: readonly string[];
  /** Enum members, by their names and by what else the domain calls them, the longest words first. */
  readonly members: readonly { readonly words: string; readonly member: string }[];
}

/** Words of any talk, which say little of what it is about, whatever topic happens to use them. */
const common = new Set(
  `i me my we our us you your it its this that these those a an the and or but if so as at by for from in into of off on out
  to up with about be is am are was were been do does did have has had can could may might must shall should will would
  like want need please there here what when where which who whom how why not no yes just only then now also very so
  thank thanks sorry one`
    .split(/\s+/)
    .map(stem),
);
const commonWord = 0.3;

const lexicons = new WeakMap<Domain, Lexicon>();

export function lexiconOf(domain: Domain): Lexicon {
  const known = lexicons.get(domain);
  if (known !== undefined) return known;
  const lexicon = makeLexicon(domain);
  lexicons.set(domain, lexicon);
  return lexicon;
}

function makeLexicon(domain: Domain): Lexicon {
  const topics = [...domain.tools.flatMap((tool) => toolTopic(domain, tool)), ...tellTopics(domain)];
  const names = new Map(domain.entities.map((entity) => [entity.name, namesOf(domain, entity)]));
  const uses = new Map<string, number>();
  for (const topic of topics) {
    const all = new Set(topic.phrases.flatMap((bag) => [...bag]));
    for (const word of all) uses.set(word, (uses.get(word) ?? 0) + 1);
  }
  for (const bag of names.values()) for (const word of bag) uses.set(word, uses.get(word) ?? 1);
  return {
    topics,
    weight: (word) => {
      const count = uses.get(word);
      if (count === undefined) return 0;
      return Math.log(1 + topics.length / count) * (common.has(word) ? commonWord : 1);
    },
    isCommon: (word) => common.has(word),
    names: (entity) => names.get(entity) ?? new Set(),
    capitals: capitalsOf(domain),
    patterns: patternsOf(domain),
    labels: labelsOf(domain),
    members: membersOf(domain),
  };
}

function toolTopic(domain: Domain, tool: Tool): Topic[] {
  if (tool.effect !== 'write') return [];
  const { ask = [], because = [] } = domain.say.tools[tool.name] ?? {};
  const phrases = ask.length > 0 ? ask : [tool.name.replaceAll('_', ' ')];
  return [{ is: 'do', tool, phrases: phrases.map(bagOf), reasons: because.map(bagOf) }];
}

/** What a user may ask for: what the domain has questions for, else every value that users do not know. */
function tellTopics(domain: Domain): Topic[] {
  const asked = Object.entries(domain.say.tell);
  const questions: readonly (readonly [string, readonly string[]])[] =
    asked.length > 0
      ? asked
      : domain.entities.flatMap(({ name, columns }) =>
          columns.filter(isAskable).map(({ attr }) => [`${name}.${attr}`, []] as const),
        );
  return questions.map(([key, phrases]): Topic => {
    const [name = '', ...path] = key.split('.');
    const attr = path.join('.');
    const entity = entityOf(domain, name);
    const plain = [`what is the ${attr.replaceAll('_', ' ')} of`];
    const said = phrases.length > 0 ? phrases : plain;
    return { is: 'tell', entity, attr, phrases: said.map(bagOf), reasons: [] };
  });
}

function isAskable({ role, known, type }: Column): boolean {
  return role === 'status' || (role === 'value' && !known && type.kind !== 'text');
}

function namesOf(domain: Domain, entity: Entity): Bag {
  const phrases = (domain.say.entities[entity.name] ?? []).map(({ template }) => template);
  return bagOf([entity.words, entity.pluralWords, ...phrases].join(' '));
}

function capitalsOf({ say }: Domain): Bag {
  const phrases = [
    ...Object.values(say.entities).flatMap((all) => all.map(({ template }) => template)),
    ...Object.values(say.tools).flatMap(({ ask, because }) => [...ask, ...because]),
    ...Object.values(say.tell).flat(),
  ];
  return new Set(phrases.flatMap((phrase) => phrase.match(/(?<=\S )\p{Lu}[\p{L}-]*/gu) ?? []));
}

function patternsOf(domain: Domain): readonly string[] {
  const columns = domain.entities.flatMap((entity) => entity.columns);
  const params = domain.tools.flatMap((tool) => tool.params);
  const patterns = [...columns, ...params].flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern]));
  return [...new Set(patterns)];
}

function labelsOf(domain: Domain): readonly string[] {
  const attrs = domain.entities.flatMap(({ columns }) => columns.map(({ attr }) => attr));
  return [...new Set(attrs)].filter((attr) => attr.includes('_')).map((attr) => attr.replaceAll('_', ' '));
}

function membersOf(domain: Domain): Lexicon['members'] {
  const types = [
    ...domain.entities.flatMap(({ columns }) => columns.map(({ type }) => type)),
    ...domain.tools.flatMap(({ params }) => params.flatMap(({ type }) => leavesOf(type))),
  ];
  const members = new Set(types.flatMap((type) => (type.kind === 'enum' ? type.of : [])));
  return [...members]
    .flatMap((member) => {
      const name = member.replaceAll('_', ' ');
      const words = domain.say.values[member]?.toLowerCase();
      return [name, ...(words === undefined || words === name ? [] : [words])].map((words) => ({
        member,
        words,
      }));
    })
    .sort((left, right) => right.words.length - left.words.length || (left.words < right.words ? -1 : 1));
}

/** The words of a phrase, without its slots. */
function bagOf(phrase: string): Bag {
  return new Set(wordsIn(phrase.replace(/\{[^}]*\}/g, ' ')));
}

const spelledOut: readonly (readonly [RegExp, string])[] = [
  [/\b(i|we|you)['’]d\b/g, '$1 would'],
  [/\b(i|we|you)['’]ll\b/g, '$1 will'],
  [/\bi['’]m\b/g, 'i am'],
  [/\b(i|we|you)['’]ve\b/g, '$1 have'],
  [/\b(we|you)['’]re\b/g, '$1 are'],
  [/\bcan['’]?t\b/g, 'can not'],
  [/\bcannot\b/g, 'can not'],
  [/n['’]t\b/g, ' not'],
  [/\b(it|that|there|what|who|where)['’]s\b/g, '$1 is'],
];

/** The words of a text in small letters, short forms spelled out, plurals and possessives taken off. */
export function wordsIn(text: string): string[] {
  const plain = spelledOut.reduce((sofar, [short, long]) => sofar.replace(short, long), text.toLowerCase());
  return (plain.match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu) ?? []).map(stem);
}

function stem(word: string): string {
  const bare = word.replace(/['’]s?$/, '');
  return bare.length > 3 && /[^su]s$/.test(bare) ? bare.slice(0, -1) : bare;
}

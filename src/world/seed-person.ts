// People of seed rows. Names come from many cultures, all written in Latin letters; what belongs to
// one person agrees: the e-mail address is made of the name. Hosts are those kept for examples
// (RFC 2606), which no mail reaches.
import type { Faker } from '@faker-js/faker';
import { faker as cs } from '@faker-js/faker/locale/cs_CZ';
import { faker as de } from '@faker-js/faker/locale/de';
import { faker as enGB } from '@faker-js/faker/locale/en_GB';
import { faker as enGH } from '@faker-js/faker/locale/en_GH';
import { faker as enHK } from '@faker-js/faker/locale/en_HK';
import { faker as enIN } from '@faker-js/faker/locale/en_IN';
import { faker as enNG } from '@faker-js/faker/locale/en_NG';
import { faker as en } from '@faker-js/faker/locale/en';
import { faker as es } from '@faker-js/faker/locale/es';
import { faker as fi } from '@faker-js/faker/locale/fi';
import { faker as fr } from '@faker-js/faker/locale/fr';
import { faker as frSN } from '@faker-js/faker/locale/fr_SN';
import { faker as hr } from '@faker-js/faker/locale/hr';
import { faker as id } from '@faker-js/faker/locale/id_ID';
import { faker as it } from '@faker-js/faker/locale/it';
import { faker as nl } from '@faker-js/faker/locale/nl';
import { faker as pl } from '@faker-js/faker/locale/pl';
import { faker as pt } from '@faker-js/faker/locale/pt_BR';
import { faker as sv } from '@faker-js/faker/locale/sv';
import { faker as tr } from '@faker-js/faker/locale/tr';
import { faker as vi } from '@faker-js/faker/locale/vi';
import { faker as zu } from '@faker-js/faker/locale/zu_ZA';
import type { Rng } from '../core/rng.js';
import { fakerValue } from '../spec/faker-values.js';
import type { Value } from '../spec/state.js';

const cultures: readonly Faker[] = [
  en,
  enGB,
  enIN,
  enNG,
  enHK,
  enGH,
  es,
  de,
  fr,
  pt,
  it,
  pl,
  nl,
  sv,
  tr,
  vi,
  zu,
  frSN,
  hr,
  id,
  cs,
  fi,
];
// English-speaking places are where the domains are; the rest are equally frequent.
const weights = cultures.map((culture) => (culture === en || culture === enGB ? 5 : 1));
const hosts = ['example.com', 'example.org', 'example.net', 'mail.example', 'post.example'];

interface Person {
  readonly first: string;
  readonly last: string;
}

const ofOnePerson: Readonly<Record<string, (person: Person, rng: Rng) => string>> = {
  'person.fullName': ({ first, last }) => `${first} ${last}`,
  'person.firstName': ({ first }) => first,
  'person.lastName': ({ last }) => last,
  'internet.email': address,
  'internet.exampleEmail': address,
  'internet.username': (person, rng) => localPart(person, rng).replace('.', '_'),
  'internet.displayName': ({ first, last }) => `${first} ${last.charAt(0)}.`,
};

/**
 * Values of faker paths for one row: what a person has is one person's, until a path is asked for
 * again, which begins the next person. A company without a person has its mail in its own name.
 */
export function rowFaker(): (path: string, rng: Rng) => Value {
  let person: Person | undefined;
  let company: string | undefined;
  let asked = new Set<string>();
  return (path, rng) => {
    const make = Object.hasOwn(ofOnePerson, path) ? ofOnePerson[path] : undefined;
    if (make === undefined) {
      const value = fakerValue(path, rng);
      if (path === 'company.name') company = String(value);
      return value;
    }
    if (company !== undefined && person === undefined && make === address) {
      return `${rng.pick(['info', 'office', 'hello', 'service'])}@${asciiWord(company)}.example`;
    }
    if (person === undefined || asked.has(path)) {
      person = drawPerson(rng);
      asked = new Set();
    }
    asked.add(path);
    return make(person, rng);
  };
}

function drawPerson(rng: Rng): Person {
  const culture = rng.weighted(cultures, weights);
  const sex = rng.pick(['female', 'male'] as const);
  culture.seed(rng.int(0, 0x7fffffff));
  for (let tries = 0; tries < 20; tries++) {
    const [first, last] = [culture.person.firstName(sex), culture.person.lastName(sex)];
    // Names that nobody would read out at a desk are drawn again.
    if (first.length + last.length <= 24 && localPart({ first, last }, rng).length > 4)
      return { first, last };
  }
  return { first: en.person.firstName(sex), last: en.person.lastName(sex) };
}

function address(person: Person, rng: Rng): string {
  return `${localPart(person, rng)}@${rng.pick(hosts)}`;
}

function localPart({ first, last }: Person, rng: Rng): string {
  const [given, family] = [asciiWord(first), asciiWord(last)];
  const forms = [`${given}.${family}`, `${given.charAt(0)}${family}`, `${given}${family.charAt(0)}`];
  const number = rng.chance(0.25) ? String(rng.int(2, 99)) : '';
  return rng.weighted(forms, [6, 3, 1]) + number;
}

const letters = new Map(Array.from('ıłøđðə', (letter, at) => [letter, 'ilodde'.charAt(at)] as const));

/** `Łukasz` → `lukasz`: lower case, without accents, spaces and signs. */
function asciiWord(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
  return plain.replaceAll(/[^a-z]/g, (letter) => letters.get(letter) ?? '');
}

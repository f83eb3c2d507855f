// What the forms of an English word share: renew, renews, renewed, renewing and renewal are one. Light
// on purpose: words need not come out as words, they only have to meet.

const irregular: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    pay: 'paid payable payment payments',
    send: 'sent',
    find: 'found',
    lose: 'lost loss losses losing',
    make: 'made',
    take: 'took taken',
    give: 'gave given',
    hold: 'held',
    buy: 'bought',
    sell: 'sold sale sales',
    lend: 'lent',
    tell: 'told',
    say: 'said',
    write: 'wrote written',
    begin: 'began begun',
    keep: 'kept',
    bring: 'brought',
    die: 'died dead death deaths deceased',
    choose: 'chose chosen choice',
    steal: 'stole stolen',
    leave: 'left',
    get: 'got gotten',
    do: 'did done does',
    go: 'went gone goes',
    see: 'saw seen',
    know: 'knew known',
    break: 'broke broken',
    speak: 'spoke spoken',
    spend: 'spent',
    extend: 'extension extensions',
    suspend: 'suspension suspensions',
    decide: 'decision decisions',
    register: 'registration registrations',
    identify: 'identification identity',
    verify: 'verification',
    certify: 'certificate certificates certification',
    examine: 'exam exams examination',
    insure: 'insurer insurers insurance insurances',
    refuse: 'refusal',
    apply: 'application applications',
    deliver: 'delivery deliveries',
    expire: 'expiry expiration',
    reschedule: 'rescheduling',
    bear: 'born birth',
    phone: 'telephone telephones',
    email: 'emails emailed',
    person: 'people persons',
    child: 'children',
    customer: 'customers',
    negation: 'not',
    be: 'is are was were been being am',
    have: 'has had having',
  }).flatMap(([root, forms]) => forms.split(' ').map((form) => [form, root] as const)),
);

// Each with the letters that must be left before it.
const suffixes: readonly (readonly [string, number])[] = [
  ['ations', 4],
  ['ation', 4],
  ['ments', 4],
  ['ment', 4],
  ['ances', 4],
  ['ance', 4],
  ['ences', 4],
  ['ence', 4],
  ['ions', 4],
  ['ion', 4],
  ['ings', 3],
  ['ing', 3],
  ['ied', 2],
  ['ed', 3],
  ['als', 5],
  ['al', 5],
  ['able', 4],
  ['ly', 4],
  ['ic', 5],
];

const known = new Map<string, string>();
/** Words that are remembered; beyond them the memory starts anew. */
const most = 20_000;

/** The stem of a word in lower case. */
export function stem(word: string): string {
  const found = known.get(word);
  if (found !== undefined) return found;
  if (known.size >= most) known.clear();
  const made = makeStem(word);
  known.set(word, made);
  return made;
}

function makeStem(word: string): string {
  const root = Object.hasOwn(irregular, word) ? irregular[word] : undefined;
  if (root !== undefined) return evened(root);
  if (word.length < 4) return evened(word);
  const one = singular(word);
  const other = Object.hasOwn(irregular, one) ? irregular[one] : undefined;
  if (other !== undefined) return evened(other);
  for (const [suffix, least] of suffixes) {
    if (one.endsWith(suffix) && one.length - suffix.length >= least) {
      return evened(one.slice(0, -suffix.length));
    }
  }
  return evened(one);
}

/** A noun in the singular, as far as its end shows. */
export function singular(word: string): string {
  if (/(?:ss|us|is|ous)$/.test(word) || !word.endsWith('s')) return word;
  if (/(?:sses|xes|ches|shes)$/.test(word)) return word.slice(0, -2);
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}

/** Without a doubled end and without e or y at the end: cancelled is cancel, copied is copy. */
function evened(word: string): string {
  const cut = /([^aeiou])\1$/.test(word) ? word.slice(0, -1) : word;
  return cut.length > 3 ? cut.replace(/[eyi]$/, '') : cut;
}

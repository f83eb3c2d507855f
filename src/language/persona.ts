// Who speaks: personas with their own ways to begin, to go on from one wish to the next, to give a
// reason and to end what they have to say, and with their own manner of writing values. What they say
// later in a talk is in forms.ts, by register.
import type { Rng } from '../core/rng.js';
import { dateForms, type Manner } from './manner.js';
import type { Register } from './forms.js';

export interface Persona {
  readonly name: string;
  readonly register: Register;
  /** `{daytime}` is the morning, afternoon or evening of the talk. */
  readonly greetings: readonly string[];
  /** Sentences before the first wish; the chance that one is said. */
  readonly smallTalk: readonly string[];
  readonly talks: number;
  /** What leads into the first wish within its sentence. */
  readonly leads: readonly string[];
  /** How a reason is put; the chance that one is given. */
  readonly reasons: readonly string[];
  readonly reasoned: number;
  /** Sentences after all. */
  readonly closings: readonly string[];
  readonly closes: number;
  readonly manner: Habits;
}

/** The choices that a persona's manner is drawn from. */
type Habits = { readonly [Key in Exclude<keyof Manner, 'today'>]: readonly Manner[Key][] };

const plainHabits: Habits = {
  date: dateForms,
  near: ['from today', 'no year', 'whole'],
  clock: ['24', '12'],
  money: ['cents', 'whole'],
  counts: ['words', 'digits'],
  quotes: ['curly'],
  contracts: [false],
};

export const personas: readonly Persona[] = [
  {
    name: 'plain',
    register: 'neutral',
    greetings: ['Hello.', 'Hi.', 'Good {daytime}.', ''],
    smallTalk: [],
    talks: 0,
    leads: [''],
    reasons: ['{reason}'],
    reasoned: 0.5,
    closings: [],
    closes: 0,
    manner: plainHabits,
  },
  {
    name: 'brief',
    register: 'casual',
    greetings: ['', '', 'Hi.'],
    smallTalk: [],
    talks: 0,
    leads: [''],
    reasons: ['{reason}'],
    reasoned: 0.15,
    closings: ['Thanks.'],
    closes: 0.25,
    manner: {
      ...plainHabits,
      date: ['day month', 'month day'],
      near: ['no year', 'from today'],
      money: ['whole'],
      counts: ['digits'],
      quotes: ['straight', 'curly'],
      contracts: [true],
    },
  },
  {
    name: 'polite',
    register: 'courteous',
    greetings: [
      'Good {daytime}.',
      'Good {daytime}, I hope you are well.',
      'Hello, and thank you for your time.',
    ],
    smallTalk: ['I am sorry to trouble you.', 'I hope that you can spare a minute.'],
    talks: 0.4,
    leads: [
      '',
      'I was hoping that you could help me: ',
      'There is something that I need to sort out: ',
      'I am calling about this: ',
    ],
    reasons: ['{reason}', 'It is only that {reason}', 'Let me add that {reason}'],
    reasoned: 0.6,
    closings: ['Thank you very much in advance.', 'That would be very kind.', 'I would be most grateful.'],
    closes: 0.7,
    manner: { ...plainHabits, date: ['weekday', 'ordinal', 'day month'], clock: ['24'], money: ['cents'] },
  },
  {
    name: 'chatty',
    register: 'casual',
    greetings: ['Hi there!', 'Hello, hello!', 'Hey, good {daytime}!', 'Oh, hi!'],
    smallTalk: [
      'I hope your day is going better than mine.',
      'It has been one of those days.',
      'How nice to reach somebody so quickly.',
      'My neighbour tells me that you are always so helpful.',
    ],
    talks: 0.85,
    leads: ['', 'Right, to the point: ', 'So, here is what it is: ', 'Anyway, '],
    reasons: ['You see, {reason}', 'The thing is, {reason}', '{reason}, and that is the whole story'],
    reasoned: 0.9,
    closings: ['That would be a great help.', 'You would make my day.', 'No hurry at all.'],
    closes: 0.5,
    manner: {
      ...plainHabits,
      near: ['from today', 'no year'],
      clock: ['12'],
      money: ['whole'],
      counts: ['words'],
      contracts: [true],
    },
  },
  {
    name: 'hurried',
    register: 'casual',
    greetings: ['Hi,', 'Hello,', 'Good {daytime},', ''],
    smallTalk: ['I have only got a minute.', 'I am on my way out.', 'I am between two meetings.'],
    talks: 0.5,
    leads: ['quickly: ', 'in a rush here: ', 'just quickly, ', 'as short as I can: '],
    reasons: ['{reason}', 'In short, {reason}'],
    reasoned: 0.3,
    closings: ['Thanks, I have to run.', 'As fast as you can, please.', 'Thanks!'],
    closes: 0.6,
    manner: {
      ...plainHabits,
      date: ['day month', 'month day'],
      near: ['from today', 'no year'],
      money: ['whole'],
      counts: ['digits', 'words'],
      quotes: ['straight', 'curly'],
      contracts: [true],
    },
  },
  {
    name: 'formal',
    register: 'courteous',
    greetings: ['Good {daytime}.', 'Dear Sir or Madam,', 'Good {daytime} to you.'],
    smallTalk: ['I turn to you with a request.', 'Allow me to go straight to the matter.'],
    talks: 0.4,
    leads: ['', 'my request is the following: ', 'I am calling about the following: '],
    reasons: ['This is because {reason}', 'The reason is that {reason}', 'By way of explanation: {reason}'],
    reasoned: 0.5,
    closings: ['Thank you for your attention.', 'I thank you in advance.', 'I look forward to your answer.'],
    closes: 0.6,
    manner: { ...plainHabits, near: ['whole'], clock: ['24'], money: ['cents'] },
  },
  {
    name: 'unsure',
    register: 'neutral',
    greetings: ['Hello?', 'Um, hello.', 'Hello, is somebody there?', 'Hi, sorry.'],
    smallTalk: [
      'I have never done this before.',
      'I am not sure that you are the right one to ask.',
      'Say so if I am wrong here.',
    ],
    talks: 0.6,
    leads: [
      '',
      'I am not quite sure how this works, but ',
      'I think what I need is this: ',
      'I hope that I am putting this right: ',
    ],
    reasons: ['{reason}', 'It is just that {reason}', 'I should say that {reason}'],
    reasoned: 0.6,
    closings: [
      'I hope that makes sense.',
      'Thank you for bearing with me.',
      'Just ask if anything is missing.',
    ],
    closes: 0.5,
    manner: { ...plainHabits, near: ['no year', 'whole'] },
  },
  {
    name: 'cheerful',
    register: 'casual',
    greetings: ['Hi!', 'Good {daytime}!', 'Hello there!', 'Hello from a happy customer!'],
    smallTalk: ['What a lovely {daytime}.', 'All is well here, I just need a little help.'],
    talks: 0.4,
    leads: ['', 'a small favour: ', 'here is one for you: '],
    reasons: ['{reason}', 'Why? Because {reason}', 'Believe it or not, {reason}'],
    reasoned: 0.6,
    closings: ['Thank you so much!', 'You are a star.', 'Cheers!'],
    closes: 0.5,
    manner: { ...plainHabits, near: ['from today', 'no year'], counts: ['words'], contracts: [true, false] },
  },
];

/** The persona of that name; the plain one for a name that is not known. */
export function personaNamed(name: string): Persona {
  const found = personas.find((persona) => persona.name === name) ?? personas[0];
  if (found === undefined) throw new RangeError('there are no personas');
  return found;
}

/** The manner of a talk that takes place now. */
export function pickManner({ manner }: Persona, today: string, rng: Rng): Manner {
  return {
    today,
    date: rng.pick(manner.date),
    near: rng.pick(manner.near),
    clock: rng.pick(manner.clock),
    money: rng.pick(manner.money),
    counts: rng.pick(manner.counts),
    quotes: rng.pick(manner.quotes),
    contracts: rng.pick(manner.contracts),
  };
}

// What users say in the course of a talk, by register and by what it is for. `{…}` stands for what
// the act says; a form that ends in `!` or `?` needs no other mark. No talk uses one twice while others
// are left.
export type Register = 'neutral' | 'courteous' | 'casual';

export type Purpose =
  | 'confirm'
  | 'deny'
  | 'refused' // takes a refusal
  | 'answered' // takes an answer
  | 'insist'
  | 'puzzled' // did not understand
  | 'waiting' // what was asked for is still to come
  | 'rest' // some of it is
  | 'other' // one thing of it is
  | 'satisfied'
  | 'partly satisfied' // behind a refusal, when the rest is done
  | 'unsatisfied'
  | 'gave up'
  | 'inform' // {items}: "my email address is a@b.example"
  | 'inform one' // {value}
  | 'unknown' // {slots}
  | 'specify' // {value}: an argument that was asked for
  | 'correct' // {right} and {wrong}
  | 'object' // {right}, after a no
  | 'later'; // {wish}

type Forms = Readonly<Record<Purpose, readonly string[]>>;

export const forms: Readonly<Record<Register, Forms>> = {
  neutral: {
    confirm: [
      'Yes, please go ahead.',
      'Yes, that is right.',
      'That is it, yes.',
      'Yes, please do that.',
      'Correct, yes.',
      'Yes, I agree to that.',
    ],
    deny: [
      'No, that is not what I want.',
      'No, please do not do that.',
      'No, that is not right.',
      'No, something is wrong there.',
      'No, I did not ask for that.',
    ],
    refused: ['All right.', 'I see.', 'That is a pity.', 'I understand.'],
    answered: ['Thank you.', 'Good to know.', 'Thanks, that helps.', 'I see, thank you.'],
    insist: [
      'Could you not make an exception?',
      'Is there really no way?',
      'Please, could you look at it once more?',
      'Are you sure? It matters to me.',
    ],
    puzzled: [
      'Sorry, I do not quite follow. What about my request?',
      'I did not understand that, sorry.',
      'How do you mean?',
      'Sorry, what does that mean for what I asked?',
    ],
    waiting: [
      'But what I asked for is still to be done.',
      'I am still waiting for what I asked for.',
      'Sorry, that does not settle it yet.',
      'Not quite: my request is still open.',
    ],
    rest: [
      'And what about the rest of what I asked?',
      'That leaves the rest of it.',
      'And the other things that I asked for?',
      'There was more than that.',
    ],
    other: [
      'And what about the other thing?',
      'That leaves the other thing.',
      'And the other thing that I asked for?',
      'There was something else as well.',
    ],
    satisfied: [
      'Thank you, that is all. Goodbye.',
      'Great, thanks for your help. Goodbye.',
      'Thanks, that was it. Goodbye.',
    ],
    'partly satisfied': ['Thank you for the rest, then. Goodbye.', 'Thanks for what you could do. Goodbye.'],
    unsatisfied: [
      'Then I will leave it there. Goodbye.',
      'Well, then there is nothing to be done. Goodbye.',
      'Thank you all the same. Goodbye.',
    ],
    'gave up': [
      'This is going nowhere. I will try again another time. Goodbye.',
      'I do not think that we are getting anywhere. Goodbye.',
    ],
    inform: ['{items}.', 'Sure: {items}.', 'Here you are: {items}.', 'Let me see. {items}.'],
    'inform one': ['It is {value}.', 'That is {value}.'],
    unknown: [
      'I am afraid that I do not know {slots}.',
      'I could not tell you {slots}.',
      'Sorry, I do not have {slots} at hand.',
      'Sorry, {slots} I do not know.',
    ],
    specify: [
      '{value}, please.',
      '{value}.',
      'I would say {value}.',
      'That would be {value}.',
      'Let me think: {value}.',
    ],
    correct: [
      'And I got something wrong before: it should be {right}, not {wrong}.',
      'One correction: I said {wrong}, but I meant {right}.',
      'Sorry, I have to correct myself: {right}, not {wrong}.',
    ],
    object: [
      'It should be {right}.',
      'I meant {right}.',
      'What I asked for is {right}.',
      'Please make it {right}.',
    ],
    later: ['There is one more thing: {wish}', 'While I have you: {wish}', 'There is something else: {wish}'],
  },
  courteous: {
    confirm: [
      'Yes, please do.',
      'Yes, that is correct, thank you.',
      'Certainly, please proceed.',
      'Yes, I would like you to do exactly that.',
      'Yes, kindly go ahead.',
      'That is quite right, yes.',
    ],
    deny: [
      'No, I am afraid that is not correct.',
      'No, thank you, that is not what I had in mind.',
      'No, please leave that as it is.',
      'No, there must be a misunderstanding.',
      'No, I must object to that.',
    ],
    refused: [
      'I understand.',
      'Very well.',
      'Then I have to accept that.',
      'That is disappointing, but I see the point.',
    ],
    answered: [
      'Thank you very much.',
      'That is good to know, thank you.',
      'Thank you for looking that up.',
      'Much obliged.',
    ],
    insist: [
      'May I ask you to reconsider?',
      'Would it not be possible to make an exception, just this once?',
      'I would be grateful if you could look into it again.',
      'With respect, is that really your last word?',
    ],
    puzzled: [
      'I beg your pardon? I am not sure that I follow.',
      'Forgive me, I did not understand that.',
      'Excuse me, how does that relate to my request?',
      'I am sorry, could you put that in another way?',
    ],
    waiting: [
      'If I may say so, my request has not been dealt with yet.',
      'Pardon me, but I believe that it is still outstanding.',
      'I am sorry to press you, but I am still waiting.',
      'As far as I can see, that has not been done yet.',
    ],
    rest: [
      'May I remind you of the rest of my request?',
      'And may I ask about the other matters?',
      'There were some more matters that I mentioned.',
      'That leaves the rest of my request.',
    ],
    other: [
      'May I remind you of the other part of my request?',
      'And may I ask about the other matter?',
      'There was another matter that I mentioned.',
      'That leaves one more matter.',
    ],
    satisfied: [
      'Thank you very much for your help. Goodbye.',
      'That was everything. I thank you, and goodbye.',
      'You have been most helpful. Goodbye.',
    ],
    'partly satisfied': [
      'Thank you for everything else. Goodbye.',
      'I thank you for the rest of it. Goodbye.',
    ],
    unsatisfied: [
      'Thank you for your time all the same. Goodbye.',
      'Then I shall not keep you any longer. Goodbye.',
      'I regret that, but thank you for explaining. Goodbye.',
    ],
    'gave up': [
      'I am afraid that this leads nowhere, and I have to go. Goodbye.',
      'I shall try again at a better moment. Goodbye.',
    ],
    inform: ['Of course. {items}.', 'Certainly: {items}.', 'With pleasure: {items}.', 'Gladly. {items}.'],
    'inform one': ['It is {value}.', 'Certainly, it is {value}.'],
    unknown: [
      'I am sorry, but I do not know {slots}.',
      'Unfortunately I do not have {slots} to hand.',
      'I regret that I cannot tell you {slots}.',
      'Forgive me, {slots} I do not know.',
    ],
    specify: [
      '{value}, if you please.',
      'It would be {value}.',
      'Certainly: {value}.',
      'That would be {value}, thank you.',
      '{value}, thank you.',
    ],
    correct: [
      'May I also correct what I said? It should be {right}, not {wrong}.',
      'I have to apologise for a mistake of mine: I said {wrong}, but I meant {right}.',
      'Please allow me a correction: {right} is what I meant, not {wrong}.',
    ],
    object: [
      'It ought to be {right}.',
      'What I have in mind is {right}.',
      'May I correct that to {right}?',
      'It was meant to be {right}.',
    ],
    later: [
      'If I may, there is another matter: {wish}',
      'While I have your attention: {wish}',
      'May I add another request? {wish}',
    ],
  },
  casual: {
    confirm: [
      'Yes, go ahead.',
      'Yep, do it.',
      'Yes please!',
      "That's the one, yes.",
      'Sure, yes.',
      'Yes, perfect.',
    ],
    deny: [
      "No, that's not it.",
      "No, don't do that.",
      'Nope, not that.',
      "No, that's wrong.",
      'Hang on, no.',
    ],
    refused: ['Oh well.', 'OK, too bad.', 'Fine.', 'Ah, I see.'],
    answered: ['Thanks!', 'Great, thanks.', 'Ah, good to know.', 'Perfect, thanks.'],
    insist: [
      "Come on, isn't there any way?",
      "Really? Can't you make an exception?",
      'Seriously? Could you check again?',
      'Not even just this once?',
    ],
    puzzled: [
      'Sorry, what?',
      "I don't get it. What about my request?",
      'Hm, you lost me there.',
      'Come again?',
    ],
    waiting: [
      "That's not done yet, is it?",
      "I'm still waiting, you know.",
      "Er, but it isn't done.",
      'No, I still need what I asked for.',
    ],
    rest: ['And the rest?', "That's not all of it, though.", 'What about the rest?', 'There was more.'],
    other: [
      'And the other thing?',
      'There was one thing more.',
      'What about the other one?',
      'And the second thing?',
    ],
    satisfied: ["Great, that's all. Bye!", 'Thanks, bye!', 'Lovely, that was it. Bye now!'],
    'partly satisfied': ['Thanks for the rest, though. Bye!', 'Thanks for sorting out the rest. Bye!'],
    unsatisfied: ["Then I'll leave it. Bye.", 'OK, forget it then. Bye.', 'Thanks anyway. Bye.'],
    'gave up': ["This isn't working. Bye.", "I'll try some other time. Bye."],
    inform: ['{items}.', 'Sure, {items}.', 'OK, {items}.', 'Here goes: {items}.'],
    'inform one': ["It's {value}.", "Sure, it's {value}.", "That's {value}."],
    unknown: [
      "No idea, sorry, I don't know {slots}.",
      "I don't have {slots} on me.",
      "Sorry, can't remember {slots}.",
      "I haven't got {slots}.",
    ],
    specify: ['{value}.', 'Oh, {value}.', '{value}, thanks.', "Let's say {value}.", 'Make it {value}.'],
    correct: [
      'Oh, and I mixed something up: I meant {right}, not {wrong}.',
      "Wait, I said {wrong}, but it's {right}.",
      'Oops, scratch what I said: {right}, not {wrong}.',
    ],
    object: ["It's {right}.", 'I meant {right}.', 'Make it {right}.', 'It has to be {right}.'],
    later: ['Oh, one more thing: {wish}', 'By the way: {wish}', 'And while we are at it: {wish}'],
  },
};

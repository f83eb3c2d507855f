// What tells one kind of sentence from another: the phrases with which people ask, propose, refuse,
// report and close, and those that only look like it. General English, of no single domain.
import { phrases } from './phrase.js';

/** Asks whether to go ahead with something. */
export const proposing = phrases(`
  shall|should i|we
  do you want|wish me|us to
  would you like|want|prefer me|us to
  would you like|want that i|we
  do you want that i|we
  whether i|we may|can|could|should|shall|are
  do you want|wish your|the|it|this|that|these|them|to
  do you want|wish .. ~switched|~changed|~moved|~cancelled|~renewed|~booked|~blocked|~sent|~delivered|~raised|~noted|~recorded|on|off
  would you like|prefer your|the|it|this|that|these|them|to
  want me to
  happy to
  may|can|could i|we (now|please) (go) ~proceed|ahead|continue
  may|can i|we (now|then) ~go
  can|could|would|will you (please|kindly) ~confirm
  please|kindly (do|also) ~confirm
  to ~confirm
  just ~confirming|checking
  ~confirm that|whether|if
  need|require|await|awaiting|upon|with|on|request|requesting|seek|seeking|want|for|signify|signal|indicate|express|give|send (us|me) (receipt) (of) your ~confirmation|approval|consent|agreement|assent|ok|okay|permission|blessing|leave|go|authorisation|authorization
  i|we ~propose|~suggest to
  (do|would|will|can|could) you ~authorise|~authorize|~allow|~permit|~let|~empower me|us|that
  allowed|permitted|fine that|if i|we
  once you (have) ~confirm|~agree|~approve
  whether|if you ~agree|~consent|~approve
  subject to|pending your ~confirmation|approval|consent|agreement|permission
  you sure you want
  may|can|could i|we ~do|~go
  ~reply|type|answer|say|write|respond (with) yes|y|confirm|ok
`);

/** Short questions at the end of a statement that turn it into a proposal. */
export const tagging = phrases(`
  ok|okay|alright|correct|right|yes|agreed|confirm|confirmed|deal|sure
  all right
  is|are that|this|it|these|everything|all (all) ok|okay|alright|fine|correct|right|good
  is|are that|this|it|everything all right
  (do) you ~agree|~confirm
  (are) you happy|ok|okay|fine|sure
  ok|okay|alright|fine|good with|for|by you
  ~agree with
  go ahead
  ~proceed
  yes or no
  yes no
  y n
  sounds|sound good|right|ok|okay|fine
  am i right
  shall|should|may|can i|we ~go|~proceed|continue|do
  shall|should i
`);

/** Begins another half of a sentence. */
export const starting = phrases(`
  (is|are|was) there anything|something|any
  anything|something else
  shall|should i|we
  could|can|would|will|do you
  may|can|could i|we
  please|kindly ~confirm|give|tell|provide|let|share|send|state|specify|reply|type|say|answer
  have a (nice|good|great|lovely|wonderful|pleasant) .. day|evening|weekend|week|afternoon|one
  let me|us know if|should
  i|we need|require your|the|a
`);

/** Turns a sentence to what stands against its first half. */
export const turning = phrases(`
  unfortunately
  however
  regrettably
  sadly
`);

/** An offer: nothing is asked and no call is proposed. */
export const offering = phrases(`
  would|do you like|want|wish|care to
  would you like|prefer|want
  would you rather
  do you need
  can|could|may|how|what can|may|could i|we help|assist|do
  may|can|could i|we help|assist|offer|suggest|interest
`);

/** Asks the caller to say something. */
export const asking = phrases(`
  could|can|would|will|might|may|were you .. give|tell|provide|share|confirm|state|send|supply|enter|type|specify|indicate|spell|read|verify|check|clarify|let|name|repeat|quote|pass|say|choose|pick|select|advise|remind|furnish|submit|inform|mention|hand|list|note|write|show|dictate|find|dig
  could|can|would|will|may|might i|we (please|kindly|just|also|then|quickly) have|get|take|ask|know|borrow|see|bother|trouble|grab
  please|kindly|just|then|and|or|also (please|kindly|just|also|do|to) let me|us
  please|kindly|just|then|and|or|also (please|kindly|just|also|do|to) give|tell|provide|share|confirm|state|send|supply|enter|type|specify|indicate|spell|read|verify|name|quote|pass|say|choose|pick|select|advise|inform|include|repeat|furnish|submit|mention|write|communicate|list|show|complete
  give|tell|provide|share|state|send|supply|enter|type|specify|indicate|spell|name|quote|confirm|advise|choose|select|pick|say|furnish|inform|submit|mention me|us|your|the|it|which|what|whether|either|a|by|please
  if you please|would|could|can|wouldn|might
  you are (kindly|hereby|also) requested|asked|invited|required|obliged|advised to
  would|will|might help|assist .. to|if
  take|note|have|need (down) (a) (few|some|couple) (of) (your) details|particulars|information
  let me|us (just|also|then|please) have|know
  can|could|may|might i|we (just|quickly|please|also) ~check|~confirm|~verify
  await|awaiting
  looking forward to (receiving) your
  i|we (will|would|do|am|are|still|just|also|only|shall|must|to|first|now|then) (also|still|just|only|first|be|to|have) need|require|needing|needed|requiring|missing|lack
  i|we (would|do|also) like|want|wish to know|have|ask
  i|we (will|would|do|am|are|still|just|also) (also|still|just|only|first) need
  all|what i|we (still|now|just) need|require
  needed|required|missing
  (would) you mind
  obliged|grateful|glad|appreciate .. if you
  looking|waiting for your
  do|would you (still|also|perhaps|happen|by|chance|to) have|know|remember|recall
  without your
  unless|until|before|once|if|when you|i|we (do) (not) have|give|tell|provide|share|know|get|got
  you can|may (also|just) tell|give|send|share|provide|state me|us
`);

/** Asks where a slot is named as something to be had: "we would appreciate being told the day". */
export const hinting = phrases(`
  appreciate|grateful|obliged|glad|thankful|pleased|keen .. know|learn|hear|told|have|receive|informed
  require|need|want|wish (to) (be) informed|told|advised|know|ascertain|establish|learn
  learn|ascertain|establish
  be so good|kind
`);

/** Asks in a question where a slot is named as something to be had. */
export const requesting = phrases(`
  could|can|would|will|might you
  you could|can|would|might|able|mind
  any|a chance
`);

/** The agent offers to do something. */
export const offeringHelp = phrases('shall|should i|we / like|want|wish|prefer me|us to');

/** Leaves the caller a choice. */
export const choosing = phrases('which|what|where|how');

/** Asks for what was spoken of before. */
export const repeating = phrases(`
  ~check|~verify|~confirm|~repeat|~spell|~say|~write|~supply|~provide|~give|~send|~share|~state|~quote (me|us) (that|it|them) again|it|that|them|once
`);

/** Asks only as a question. */
export const wondering = phrases('who|whom|what|which|when|where|how|whose');

/** What follows is the reason for asking, and asks for nothing. */
export const reasoning = phrases(`
  so (that) i|we
  in order to
  so as to
  for me|us to
  to ~find|~look|~pull|~locate|~check|~verify|~identify|~proceed|~get|~help|~access|~see|~open|~complete|~process|~continue|~change|~cancel|~book|~renew|~confirm|~do|~make
  because
  since i|we
  before i|we
  then i|we
  and i|we (will|can|shall)
`);

/** More is asked for, or the talk is over. */
export const closing = phrases(`
  anything|something|nothing|any|some|thing|what|how|who else
  anything further|more
  anything (that) i|we can|could|may (still) (also) (be) do|help|assist
  any|some other|further|more|additional ~question|~query|~concern|~request|~matter|~wish|~assist|~help|~issue|~support|~need
  other|further|additional ~question|~query|~concern|~request|~assist|~help|~support
  need|require|want (some|any) more|further|additional ~help|~assist|~support
  can|could|may i|we (please) ~assist|~help (you) (out) (with) (some) (any) further|more|anything|something
  can|could|may i|we further ~assist|~help
  that|this|it be all|everything
  will|is|was|would that|this|it (be) all|everything
  that|this is|was all|everything|it|done
  all (of) (that|this|it) (is|has|are|been) (now) (been) done|set|sorted|settled|completed|complete|taken|finished|arranged
  everything (is|has) (now) (been) done|set|sorted|settled|completed|complete|taken|finished|ready|arranged|good
  all done|set|sorted|complete|finished|good
  this|that concludes|completes
  i|we hope|trust .. ~settle|~resolve|~help
`);

/** Last words, at the beginning of a sentence. */
export const parting = phrases(`
  have|enjoy (yourself) a|an .. day|evening|weekend|week|afternoon|morning|one|time|trip|journey|stay|night|holiday|flight|ride|meal|read|rest
  enjoy your|the|it|reading|yourself
  ~wish|~wishing you a|an|all|the|well
  i|we ~wish you a|an|all|the|well
  goodbye|bye|farewell|cheerio|cheers
  good bye|night
  safe|happy travels|trip|reading|journey
  take care
  take it easy
  see|talk to you (again) soon|then|later|tomorrow|there|next|at
  see you
  feel free to ~ask|~reach|~contact|~call|~write|~get|~come|let
`);

/** What the agent is about to do or is doing. */
export const announcing = phrases(`
  let me|us
  allow me
  one|just|give moment|second|sec|minute|me|a (a) (moment|second|sec|minute|moment)
  bear with
  please|kindly hold|wait|stand|bear|stay
  hold|hang on
  i|we will|shall|must|should|might (now|just|also|then|quickly|first|gladly|happily|immediately|certainly|definitely|need|be) (to) (have) (a) (and) ~check|~look|~see|~find|~pull|~search|~get|~take|~verify|~review|~process|~do|~go|~proceed|~start|~try|~make|~work|~help|~assist|~arrange|~sort|~handle|~confirm|~retrieve|~open|~explain|~begin|~submit|~read|~contact|~investigate|~happy|~glad|~ask
  i|we am|are|have|need|want|would (just|now|also|then|still|be) (happy|glad|going|about|like|love|delighted|pleased) to
  i|we am|are (now|just|currently|also) ~checking|~looking|~searching|~pulling|~working|~processing|~verifying|~opening|~getting|~reading|~reviewing
  checking|looking|searching|processing|pulling that|this|it|up|into|now|your|for
`);

/** What the caller wants or has said, said again. */
export const echoing = phrases(`
  you (would|have|are|also|do|just|had|were) (also|just|now) (like|to) ~like|~want|~ask|~wish|~say|~mention|~request|~prefer
  you (have|had|just|already) told|said|mentioned|stated
  you are calling|looking|asking|trying|hoping|wondering|after
  understand|gather|hear (that) you|your
  see|note (that) you do|did|would|want|wish|need|can|are|were|could
  your request
  as you said|asked|mentioned|requested|wished
  as requested
`);

/** Yes and no as courtesy. */
export const courteous = phrases(`
  yes|yeah|yep|ok|okay|sure of course
  yes|yeah|yep certainly|sure|absolutely|definitely|please|sir|madam|ma'am|gladly|indeed
  yes i|we can|will|would|could|am|are|have|do|shall|see|understand|think
  yes let me
  yes that can|should|will|would
  yes no
  no problem|worries|worry|trouble|rush|doubt|need|matter|bother|hurry|stress
  no|nope|yes wait|sorry|scratch|hang|hold|actually
  no i|we have|will|can|could|do|did|would
`);

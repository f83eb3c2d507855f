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

/** What the caller wants is not done. */
export const refusing = phrases(`
  not possible|allowed|permitted|authorised|authorized|eligible|entitled
  not (be) able|allowed|permitted|possible|authorised|authorized|eligible|entitled|accepted
  unable|impossible|forbidden|prohibited|ineligible|disallowed|barred|excluded
  not (in) (a) position
  against|outside|beyond|violates|violate|breaks|contravenes (our|the|my|company) (own) ~policy|~rule|policies|guidelines|regulations|terms
  (our|the|a|this) ~policy|~rule|rules|regulations ~prevent|~forbid|~prohibit|~disallow|~exclude|only
  have|has|must|need|needs|had to (be) (respectfully|unfortunately|regretfully|therefore) ~decline|~refuse|~deny|~reject|say|turn
  must|should .. ~decline|~refuse|~reject
  i|we|to ~decline|~refuse|~reject
  ~request|~application|~wish .. is|was|been|are ~decline|~refuse|~reject|denied
  ~request|~application ~decline|~refuse|~reject|denied
  ~refuse|~decline|~deny|~denied :
  so no
  sorry no
  no sorry
  no can do
  not something (that) i|we
  not at liberty
  not for you|us to
  withhold|withheld
  not an option
  not in|within my|our power
  my hands are tied
  has to|have to say no
  nothing (that) (else) i|we can do
  out of the question
  no .. can|may be
  can|could|may|will|is|are|be no longer
  so no
`);

/** Regret, which makes a refusal of a rule that is only stated. */
export const regretting = phrases(`
  unfortunately
  regrettably
  sadly
  i|we am|are|is (so|very|really|truly|terribly) sorry|afraid
  sorry
  afraid
  i|we (deeply|sincerely|must|do) ~regret|apologise|apologize
  regret
  wish i|we could|can
  apologise|apologize|apologies
`);

/** Sounds like a refusal and is none: searching, thanking, not being sure. */
export const unrefusing = phrases(`
  can|could|did|am|was|is|are|were|will|would not (yet|able|to|currently|quite|be|seem|really|immediately|actually) (able|to|seem|be) (to) ~find|~locate|~see|~follow|~understand|~read|~hear|~catch|~match|~recognise|~recognize|~identify|~spot|~trace|~retrieve|~pull|~view|~open|~know|~remember|~think|~believe|~want|~need|~mean|~mind|~worry|~hesitate|~have|~figure|~reach|~access|~thank|~wait|~agree|~complain|~promise|~guarantee|~imagine
  do|does not (yet|currently|quite|seem|really|immediately|actually) (to) ~find|~see|~follow|~understand|~know|~remember|~think|~believe|~want|~need|~mean|~mind|~worry|~hesitate
  unable|able to ~find|~locate|~see|~follow|~understand|~read|~hear|~match|~identify|~trace|~retrieve|~pull|~view|~access
  not (really|quite|yet|currently|exactly) ~tell|~say (you) (exactly|yet|now) whether|if|when|how|yet|exactly|sure|certain|from|at|right|which|where|why|much|now
  not ~say for
  not ~tell you yet|now|exactly|more
  not against
  against no|any
  is|are not any|no ~problem|~issue|~rule|~policy|~reason|~charge|~fee|~cost|~objection
  not be ~charge|billed|long|any
  not take long|a
  not a problem
  not hesitate|worry|sure|certain|only
  would not you|it
  do|can|could|would|will not you
`);

/** Something is not the caller's own. */
export const foreign = phrases(`
  not .. your|yours
  ~belong to
  another|other|different ~customer|~member|~client|~person|people|account|~name|~reader|~owner|~caller
  someone|somebody|anybody|anyone else
  two different
`);

/** A hand-over to a person. */
export const handing = phrases(`
  ~transfer|~transferring|~connect|~connecting|~put|~putting|~pass|~passing|~hand|~handing|~refer|~referring|~escalate|~forward you (over|through|on|back) (to)
  ~transfer|~connect|~pass|~hand|~refer|~escalate|~forward this|it|your (call|case|request|matter|query|conversation|talk|chat) over|through|on|to|up
  ~transfer|~connect|~pass|~hand|~refer|~escalate|~forward the|your call|case|request|matter|query|conversation|talk|chat
  hand over|you
  handing over
  ~escalating|escalated
  ~speak|~talk to|with a|my|our|the human|colleague|manager|supervisor|specialist|team
  my|a|our colleague|manager|supervisor|specialist will
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

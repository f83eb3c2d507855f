// The phrases with which people refuse, regret and hand over, and those that only look like it. General
// English, of no single domain.
import { phrases } from './phrase.js';

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

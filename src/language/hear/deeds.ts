// What service desks do: the verbs of reports and refusals in any domain.
import { stem } from './stem.js';

export const deeds: ReadonlySet<string> = new Set(
  'cancel change modify amend update renew extend book schedule reserve arrange place make put set return record register pay settle waive suspend block reinstate issue create open close transfer move send refund replace order sell dispense refill reschedule collect release lend add remove delete claim submit redirect recall certify raise lower activate process complete finish do take sort handle file log lodge hand lift enrol hire rent withdraw mark apply implement execute correct fix resolve charge credit switch unblock hold approve reject dispute buy purchase secure redeliver deliver reroute assign link increase decrease reduce reset upgrade downgrade convert deduct reprint print dispatch ship post extend initiate enter note waive'
    .split(' ')
    .map(stem),
);

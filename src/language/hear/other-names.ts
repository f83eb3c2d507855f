// Other names of what forms everywhere ask for: a slot called phone is also a mobile number.
import { phrases, type Phrases } from './phrase.js';

const names: readonly (readonly [RegExp, Phrases])[] = [
  [
    /^(?:phone|phone_number|telephone|mobile)$/,
    phrases(`
      telephone|phone|mobile|cell|contact (phone) number|numbers
      telephone|phone|mobile|cellphone
      number to reach you
      number of (your|the) phone|telephone|mobile
    `),
  ],
  [/^(?:email|email_address|mail)$/, phrases('email|mail|emails (address|addresses)')],
  [/^microchip$/, phrases('chip (number)')],
  [/^name$/, phrases('called|named / full|first|last name|names / surname')],
  [
    /^(?:born|birth_date|date_of_birth|birthday)$/,
    phrases('date|day of birth / birth|birthday (date) / born / dob'),
  ],
  [/^(?:postcode|postal_code|zip|zip_code)$/, phrases('postcode|zip|zipcode / post|postal|zip code')],
  [/^(?:amount|sum)$/, phrases('amount|sum')],
  [
    /^(?:method|payment_method)$/,
    phrases('means|mode|form|way|method of payment / payment method|option|type'),
  ],
];

const times: readonly (readonly [RegExp, Phrases])[] = [
  [
    /^(?:starts?|begins?|from)(?:_|$)/,
    phrases(`
      start|starting|beginning date|day|time
      first day
      from when
      from which|what day|date
      date|day|when .. ~start|~begin|~commence|go|leave|depart|set
    `),
  ],
  [
    /^(?:ends?|until|to)(?:_|$)/,
    phrases(`
      end|ending|last|final|return date|day|time
      until|till|to when
      until|till|to which|what day|date
      date|day|when .. ~end|~finish|~return|back|home
      come|coming|get|be|return|fly back|home
    `),
  ],
  [
    /^(?:expires?|expiry|valid_until)(?:_|$)/,
    phrases(`
      expiry|expiration (date)
      date|day of expiry|expiration
      date|day|when .. ~expire|runs|run|ran
      until|till when .. valid
      how long .. valid
    `),
  ],
];

/** The other names of a slot, or null when it has none; a time called `starts` is also a start date. */
export function otherNames(slot: string, isTime: boolean): Phrases | null {
  const known = [...names, ...(isTime ? times : [])].find(([form]) => form.test(slot))?.[1];
  if (known !== undefined || !isTime) return known ?? null;
  const word = `~${slot.replaceAll('_', ' ~')}`;
  return phrases(`${word} date|day|time / date|day|time of ${word} / date|day|when .. ${word}`);
}

/** "from which account", "from your account". */
export function inRole(role: string, entity: readonly string[]): Phrases {
  return phrases(`${role} which|what|your|the (of) (your|our|the) ~${entity.join(' ~')}`);
}

// Other names of what forms everywhere ask for: a slot called phone is also a mobile number.
import { phrases, type Phrases } from './phrase.js';

const names: readonly (readonly [RegExp, Phrases])[] = [
  [
    /^(?:phone|phone_number|telephone|mobile)$/,
    phrases(`
      telephone|phone|mobile|cell|contact (phone) number|numbers
      telephone|phone|mobile|cellphone
      number to reach you
    `),
  ],
  [/^(?:email|email_address|mail)$/, phrases('email|mail|emails (address|addresses)')],
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

/** The other names of a slot, or null when it has none. */
export function otherNames(slot: string): Phrases | null {
  return names.find(([form]) => form.test(slot))?.[1] ?? null;
}

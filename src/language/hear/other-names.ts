// Other names of what forms everywhere ask for: a slot called phone is also a mobile number.
import { phraseAt, phrases, type Phrases } from './phrase.js';
import type { Token } from './token.js';

const names: readonly (readonly [RegExp, Phrases])[] = [
  [
    /^(?:phone|phone_number|telephone|mobile)$/,
    phrases('telephone|phone|mobile|cell|contact (phone) number|numbers / telephone|phone|mobile|cellphone / number to reach you'),
  ],
  [/^(?:email|email_address|mail)$/, phrases('email|mail|emails (address|addresses)')],
  [/^name$/, phrases('called|named / full|first|last name|names / surname')],
  [/^(?:born|birth_date|date_of_birth|birthday)$/, phrases('date|day of birth / birth|birthday (date) / born / dob')],
  [/^(?:postcode|postal_code|zip|zip_code)$/, phrases('postcode|zip|zipcode / post|postal|zip code')],
  [/^(?:amount|sum)$/, phrases('amount|sum')],
  [/^(?:method|payment_method)$/, phrases('means|mode|form|way|method of payment / payment method|option|type')],
];

/** The place behind another name of a slot that begins at a token, or null. */
export function otherNameAt(slot: string, tokens: readonly Token[], at: number, to: number): number | null {
  const found = names.find(([form]) => form.test(slot));
  return found === undefined ? null : phraseAt(found[1], tokens, at, to);
}

// The form in which texts that people word are compared: letters alike in upper and lower case, any
// run of spaces as one. Nothing else is let go: a.b@example.com is not a_b@example.com.

/** The text in normal form. */
export function normalForm(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
